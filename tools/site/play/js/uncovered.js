// The picture of a recording: the page's own, uncovered from above as far as the recording has
// come. Time runs down in it, so what lies above a row is what had happened by then.

import { View, phone } from "./view.js";

const EDGE = 6; // words may hang over the end of their row by so much

/** One layout of the picture, and where it is cut. */
class Sheet {
  constructor(svg) {
    this.svg = svg;
    this.rows = [...svg.querySelectorAll(".ev[data-seq]")];
    [this.width, this.height] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
    const areas = this.rows.map((row) => row.querySelector(".hit"));
    this.cuts = [Number(areas[0].getAttribute("y"))];
    for (const area of areas) {
      const end = Number(area.getAttribute("y")) + Number(area.getAttribute("height")) + EDGE;
      this.cuts.push(Math.max(this.cuts.at(-1), end)); // rows may share one moment
    }
    this.cuts[this.rows.length] = this.height;
  }

  cut(position) {
    const height = this.cuts[position];
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("height", height);
    this.rows.forEach((row, i) => row.classList.toggle("later", i >= position));
    return this.rows.slice(0, position);
  }
}

export class Uncovered extends View {
  constructor(box, read) {
    super(box, read);
    // Copies, because the page's script listens to the pictures as they were.
    for (const svg of box.querySelectorAll("svg")) svg.replaceWith(svg.cloneNode(true));
    [this.wide, this.narrow] = ["wide", "narrow"].map(
      (name) => new Sheet(box.querySelector(`.st-${name}`)),
    );
    this.fit(this.sheet.height);
  }

  get sheet() {
    return phone.matches ? this.narrow : this.wide;
  }

  show(position) {
    const held = this.box.contains(document.activeElement)
      ? document.activeElement.dataset.seq
      : "";
    const rows = this.sheet.cut(position);
    this.mark(rows, position);
    if (held && !rows[held - 1]) (rows.at(-1) ?? this.box).focus({ preventScroll: true });
  }
}
