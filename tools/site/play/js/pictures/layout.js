// Where things stand in a picture of one width: columns, the words above them, the room beside
// them.

import { wrap } from "./shapes.js";

export const WIDE = 720;
export const NARROW = 350;
export const BAR = 5.5; // half the width of a blocked stretch
export const MARK = 9; // from a lane's middle to where its labels begin

export class Layout {
  constructor(lanes, width) {
    this.lanes = lanes;
    this.small = width <= NARROW;
    // Few lanes need no more than this to be read easily.
    this.width = this.small ? width : Math.min(width, 185 + 290 * (lanes.length - 1));
    this.font = this.small ? 12.5 : 14;
    this.line = this.font * 1.22;
    this.gutter = this.small ? 22 : 34;
    const limit = this.small ? 11 : 18;
    this.headers = new Map(
      lanes.map((lane) => {
        const lines = wrap(lane.label, limit);
        return [lane.id, lines.length ? lines : [lane.id]];
      }),
    );
    this.x = this.#columns();
    this.xs = [...this.x.values()].sort((a, b) => a - b);
  }

  /** Where the lanes begin, below their names. */
  get head() {
    return Math.max(...[...this.headers.values()].map((lines) => lines.length)) * this.line + 12;
  }

  headerWidth(lane) {
    const letters = Math.max(...this.headers.get(lane.id).map((line) => [...line].length));
    return letters * this.font * 0.56 + 20 + (lane.state ? 20 : 0);
  }

  #columns() {
    const { lanes } = this;
    const left = this.gutter + this.headerWidth(lanes[0]) / 2;
    const right = this.width - 2 - this.headerWidth(lanes.at(-1)) / 2;
    if (lanes.length === 1) return new Map([[lanes[0].id, Math.max(left, this.gutter + 40)]]);
    const step = (right - left) / (lanes.length - 1);
    return new Map(lanes.map((lane, i) => [lane.id, left + i * step]));
  }

  /** How many letters so many pixels hold. */
  letters(pixels, mono = false) {
    return Math.max(6, Math.trunc(pixels / (this.font * (mono ? 0.6 : 0.475))));
  }

  lengthOf(words) {
    return [...words].length * this.font * 0.5;
  }

  /** Which side of a lane its labels stand on, and how much room is there. */
  side(lane) {
    const { xs } = this;
    const i = xs.indexOf(this.x.get(lane));
    if (i < xs.length - 1 || xs.length === 1) {
      const end = i < xs.length - 1 ? xs[i + 1] - MARK : this.width;
      return [1, end - xs[i] - MARK - 10];
    }
    return [-1, xs[i] - xs[i - 1] - 2 * MARK - 10];
  }

  /** The stretch beside the sender that has no lane in it: there an arrow's words stand. */
  gap(start, end) {
    const between = [...this.x.values()].filter(
      (x) => Math.min(start, end) + 12 < x && x < Math.max(start, end) - 12,
    );
    return [start, between.length ? nearest(between, start) : end];
  }

  /** The lane beside this one, or where it would be. */
  beside(x) {
    const i = this.xs.indexOf(x);
    return this.xs[i + 1] ?? this.xs[i - 1] ?? x + 120;
  }

  farthest(x) {
    return [...this.x.values()].reduce((far, other) =>
      Math.abs(other - x) > Math.abs(far - x) ? other : far,
    );
  }
}

const nearest = (all, x) =>
  all.reduce((near, other) => (Math.abs(other - x) < Math.abs(near - x) ? other : near));
