// Draws the trace of a cluster as a space-time picture: nodes are columns, time runs down.
//
// The part of tools/site/ext/bookext/spacetime.py that clusters need, to the byte: a test draws with both
// and compares. A trace may end anywhere: what has not arrived by then is drawn under way.

import { badge, el, escape, logStrip, num, text, wrap } from "./shapes.js";
import { sentence } from "./words.js";

export const WIDE = 720;
export const NARROW = 350;
const MARK = 9; // from a lane's middle to where its labels begin

class Picture {
  constructor(trace, width, uid) {
    this.small = width <= NARROW;
    // Few lanes need no more than this to be read easily.
    this.width = this.small ? width : Math.min(width, 185 + 290 * (trace.lanes.length - 1));
    this.trace = trace;
    this.uid = uid;
    this.font = this.small ? 12.5 : 14;
    this.line = this.font * 1.22;
    this.gutter = this.small ? 22 : 34;
    const limit = this.small ? 11 : 18;
    this.headers = new Map(trace.lanes.map((lane) => {
      const lines = wrap(lane.label, limit);
      return [lane.id, lines.length ? lines : [lane.id]];
    }));
    this.x = this.columns();
    this.flying = new Map(); // id -> {lane, y, event} of messages under way
    this.down = new Map(); // lane -> y where it crashed
    this.back = [];
    this.y = 0;
    this.said = []; // {left, right, y} of words on arrows
  }

  headerWidth(lane) {
    const letters = Math.max(...this.headers.get(lane.id).map((line) => [...line].length));
    return letters * this.font * 0.56 + 20 + (lane.state ? 20 : 0);
  }

  columns() {
    const { lanes } = this.trace;
    const left = this.gutter + this.headerWidth(lanes[0]) / 2;
    const right = this.width - 2 - this.headerWidth(lanes.at(-1)) / 2;
    if (lanes.length === 1) return new Map([[lanes[0].id, Math.max(left, this.gutter + 40)]]);
    const step = (right - left) / (lanes.length - 1);
    return new Map(lanes.map((lane, i) => [lane.id, left + i * step]));
  }

  get xs() { return [...this.x.values()].sort((a, b) => a - b); }

  letters(pixels, mono = false) { return Math.max(6, Math.trunc(pixels / (this.font * (mono ? 0.6 : 0.475)))); }

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

  svg(description) {
    const { lanes, events, title } = this.trace;
    const head = Math.max(...[...this.headers.values()].map((lines) => lines.length)) * this.line + 12;
    this.y = head + 16;
    for (const lane of lanes) if (lane.state === "down") this.down.set(lane.id, head);
    const rows = [];
    let before = null;
    let top = this.y;
    for (const event of events) {
      const same = before !== null && together(before, event);
      if (same) this.y = top;
      top = this.y;
      rows.push(this.row(event, !same));
      before = event;
    }
    for (const flight of this.flying.values()) rows.push(this.underWay(flight));
    const bottom = this.y + 10;
    for (const lane of this.down.keys()) this.up(lane, bottom);
    const columns = lanes.map((lane) => el("path", "", { d: `M${num(this.x.get(lane.id))} ${num(head)}V${num(bottom)}`, class: "lane" }));
    const ids = [`${this.uid}-t`, `${this.uid}-d`];
    return el("svg", el("title", escape(title), { id: ids[0] }) + el("desc", escape(description), { id: ids[1] })
      + this.defs() + columns.join("") + this.back.join("") + this.drawHeaders(head) + rows.join(""), {
      xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${num(this.width)} ${num(bottom + 2)}`,
      width: num(this.width), height: num(bottom + 2), role: "group",
      "aria-labelledby": ids[0], "aria-describedby": ids[1],
      class: `st ${this.small ? "st-narrow" : "st-wide"}`, style: `--font:${num(this.font)}px`,
    });
  }

  defs() {
    const hatch = el("pattern", el("rect", "", { width: "6", height: "6", class: "hatch-bg" }) + el("path", "", { d: "M0 0V6", class: "hatch" }),
      { id: `${this.uid}-hatch`, width: "6", height: "6", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    const heads = ["go", "far"].map((name) => el("marker", el("path", "", { d: "M0 0L10 5L0 10L2.5 5z", class: `head ${name}` }), {
      id: `${this.uid}-${name}`, viewBox: "0 0 10 10", refX: "9.4", refY: "5", markerWidth: "8", markerHeight: "8",
      orient: "auto-start-reverse", markerUnits: "userSpaceOnUse",
    }));
    return el("defs", hatch + heads.join(""));
  }

  drawHeaders(head) {
    const parts = [];
    for (const lane of this.trace.lanes) {
      const width = this.headerWidth(lane);
      const x = this.x.get(lane.id);
      parts.push(el("rect", "", { x: x - width / 2, y: 1, width, height: head - 2, rx: 3, class: `header k-${lane.kind}` }));
      if (lane.state) parts.push(badge(lane.state, x - width / 2 + 15, head / 2, 7));
      const lines = this.headers.get(lane.id);
      const top = head / 2 - ((lines.length - 1) * this.line) / 2 + this.font * 0.34;
      lines.forEach((line, i) => parts.push(text(x + (lane.state ? 10 : 0), top + i * this.line, line, "label")));
    }
    return el("g", parts.join(""), { class: "headers" });
  }

  /** One event: its number, what it draws, and the words that a keyboard or a screen reader gets. */
  row(event, numbered) {
    const top = this.y;
    const [y, body] = this[event.kind](event);
    const number = numbered ? text(this.gutter - 10, y + this.font * 0.32, String(event.seq), "seq", "end") : "";
    const area = el("rect", "", { x: 0, y: top, width: this.width, height: this.y - top, class: "hit" });
    return el("g", area + number + body, {
      class: `ev ev-${event.kind}`, tabindex: "0", role: "img", "aria-label": `${event.seq}: ${sentence(this.trace, event)}`, "data-seq": event.seq,
    });
  }

  /** Wrapped words at the lane's free side, centred on the row; moves time on. */
  beside(event, words, gap) {
    const [side, room] = this.side(event.lane);
    const wrapped = wrap(words, this.letters(room));
    const lines = wrapped.length ? wrapped : [""];
    const height = lines.length * this.line;
    const y = this.y + gap + height / 2;
    const x = this.x.get(event.lane) + side * (MARK + 5);
    const body = lines.map((line, i) => text(x, y - height / 2 + this.line * (i + 0.75), line, "say", side > 0 ? "start" : "end"));
    this.y += height + 2 * gap;
    return [y, body.join("")];
  }

  note(event) {
    if (event.lane) {
      const [y, body] = this.beside(event, event.text ?? "", 9);
      return [y, el("circle", "", { cx: this.x.get(event.lane), cy: y, r: 3.5, class: "dot" }) + body];
    }
    const lines = wrap(event.text, this.letters(this.width - 2 * this.gutter - 12));
    const height = lines.length * this.line;
    const box = el("rect", "", { x: this.gutter, y: this.y + 5, width: this.width - this.gutter - 2, height: height + 10, rx: 4, class: "note" });
    const middle = (this.gutter + this.width) / 2;
    const body = lines.map((line, i) => text(middle, this.y + 10 + this.line * (i + 0.76), line, "say"));
    const y = this.y + 10 + height / 2;
    this.y += height + 20;
    return [y, box + body.join("")];
  }

  state(event) {
    const term = event.term ? `term ${event.term}` : "";
    let words = event.state + (term && `, ${term}`) + (event.text ? `: ${event.text}` : "");
    if (term && this.letters(this.side(event.lane)[1]) <= event.state.length) words = term; // the shape alone says the state
    const [y, body] = this.beside(event, words, 9);
    return [y, badge(event.state, this.x.get(event.lane), y, 8) + body];
  }

  /** A strip on the lane, within the half of each gap that is the lane's own. */
  log(event) {
    const { xs } = this;
    const here = this.x.get(event.lane);
    const half = xs.length > 1 ? (xs[1] - xs[0]) / 2 : this.width / 2;
    const left = Math.max(this.gutter, here - half + 4);
    const right = Math.min(this.width - 2, here + half - 4);
    const terms = event.log ?? [];
    const box = Math.min(17, (right - left) / Math.max(1, terms.length));
    const x = Math.min(Math.max(left, here - (box * terms.length) / 2), right - box * terms.length);
    const y = this.y + 6;
    this.y += 35;
    return [y + 8.5, logStrip(x, y, terms, event.first, event.commit, box)];
  }

  send(event) {
    const y = this.y + 8;
    this.flying.set(event.id, { lane: event.lane, y, event });
    this.y += 20;
    return [y, el("circle", "", { cx: this.x.get(event.lane), cy: y, r: 3, class: "dot" })];
  }

  arrive(event) { return this.land(event, false); }

  drop(event) { return this.flying.has(event.id) ? this.land(event, true) : this.note(event); }

  land(event, lost) {
    const flight = this.flying.get(event.id);
    if (!flight) return this.note(event);
    this.flying.delete(event.id);
    const start = this.x.get(flight.lane);
    const target = flight.event.to;
    let end = this.x.get(target);
    let y = this.y + 12;
    this.y += 24;
    const row = y;
    if (lost) {
      end += (start - end) * 0.12;
      y = flight.y + (y - flight.y) * 0.88;
    }
    const tip = lost ? end : this.x.get(target) + (start < this.x.get(target) ? -1.5 : 1.5);
    this.back.push(el("path", "", { // behind the words of the rows that it crosses
      d: `M${num(start)} ${num(flight.y)}L${num(tip)} ${num(y)}`, class: `arrow${lost ? " lost" : ""}`,
      "marker-end": lost ? null : `url(#${this.uid}-go)`,
    }));
    return [row, (lost ? cross(end, y) : "") + this.flightWords(flight.event.text ?? "", end, y, end < start)];
  }

  /** Below the arrow, beside its tip: the line comes from above, so it can't run through the words. */
  flightWords(words, end, y, leftwards) {
    const length = [...words].length * this.font * 0.5;
    const x = leftwards ? Math.min(end + 14, this.width - 2 - length) : Math.max(end - 14, 2 + length);
    this.said.push(leftwards ? { left: x, right: x + length, y } : { left: x - length, right: x, y });
    return text(x, y + this.font * 0.8, words, "say halo", leftwards ? "start" : "end");
  }

  /** Are there no words on an arrow yet where these would stand? From now on there are. */
  hasRoom(left, length, y) {
    const free = this.said.every((other) => left > other.right || left + length < other.left || Math.abs(y - other.y) > this.line);
    if (free) this.said.push({ left, right: left + length, y });
    return free;
  }

  /** A message that has not arrived when the picture ends: its arrow fades away. */
  underWay({ lane, y: top, event }) {
    const start = this.x.get(lane);
    const end = this.x.get(event.to);
    const tip = start + (end - start) * 0.3;
    const y = top + 14;
    this.y = Math.max(this.y, y + 4);
    const line = el("path", "", { d: `M${num(start)} ${num(top)}L${num(tip)} ${num(y)}`, class: "arrow lost" });
    const words = text(tip, y + this.font * 0.9, event.text ?? "", "say halo", end > start ? "start" : "end");
    const length = [...(event.text ?? "")].length * this.font * 0.5;
    const room = this.hasRoom(end > start ? tip : tip - length, length, y);
    return el("g", line + (room ? words : ""), { class: "ev ev-under-way" });
  }

  crash(event) {
    const [y, body] = this.beside(event, "crashes", 9);
    this.down.set(event.lane, y);
    return [y, badge("down", this.x.get(event.lane), y, 8) + body];
  }

  restart(event) {
    this.up(event.lane, this.y + 6);
    const [y, body] = this.beside(event, `restarts${event.text ? `: ${event.text}` : ""}`, 9);
    return [y, el("circle", "", { cx: this.x.get(event.lane), cy: y, r: 4, class: "dot open" }) + body];
  }

  /** A crash breaks the column until the restart. */
  up(lane, y) {
    const top = this.down.get(lane);
    if (top === undefined) return;
    this.down.delete(lane);
    this.back.push(el("rect", "", { x: this.x.get(lane) - 3, y: top, width: 6, height: y - top, class: "broken" }));
  }
}

const cross = (x, y) => el("path", "", { d: `M${num(x - 5)} ${num(y - 5)}l10 10m0 -10l-10 10`, class: "cross" });

/** What one Ready sends leaves at one moment; logs that are shown together share a row. */
function together(before, event) {
  if (event.kind !== before.kind) return false;
  if (event.kind === "send") return event.lane === before.lane;
  return event.kind === "log" && event.lane > before.lane;
}

/** The picture of a trace at one width. */
export function svg(trace, width, uid, description) {
  return new Picture(trace, width, uid).svg(description);
}
