// Draws a trace as a space-time picture: lanes are columns, time runs down, a hand-off is an
// arrow.
//
// One row an event, numbered like the transcript. A page gets the picture twice, laid out for a
// wide column and for a phone, and shows one of them: text never shrinks below what can be read.
// A trace may end anywhere: what waits then is torn, what has not arrived is drawn under way.

import { BAR, Layout, MARK } from "./layout.js";
import { NODES, underWay, up } from "./nodes.js";
import { badge, el, escape, num, text, wrap } from "./shapes.js";
import { THREADS, zigzag } from "./threads.js";
import { complete } from "./trace.js";
import { sentence } from "./words.js";

export { NARROW, WIDE } from "./layout.js";

/** How each kind of event is drawn at the height `picture.y`: [the row's middle, its marks]. */
const DRAW = { note, ...THREADS, ...NODES };

class Picture {
  constructor(trace, width, uid) {
    this.trace = { ...trace, events: trace.events.map(complete) };
    this.layout = new Layout(trace.lanes, width);
    this.uid = uid;
    this.y = 0;
    this.back = []; // marks behind the words of all rows
    this.parked = new Map(); // lane -> {top, channels} while it is blocked
    this.slots = new Map(); // channel -> [{x, y}] of values that lie in its buffer
    this.down = new Map(); // lane -> y where it crashed
    this.flying = new Map(); // id -> {lane, y, event} of messages under way
    this.said = []; // {left, right, y} of words on arrows
  }

  svg(description) {
    const {
      layout,
      trace: { lanes, events, title },
    } = this;
    const { head } = layout;
    this.y = head + 16;
    for (const lane of lanes) if (lane.state === "down") this.down.set(lane.id, head);
    const rows = this.#rows(events);
    for (const flight of this.flying.values()) rows.push(underWay(this, flight));
    const bottom = this.y + 10;
    for (const [lane, { top }] of this.parked) {
      this.bar(lane, top, bottom - 2);
      this.back.push(el("path", "", { d: zigzag(layout.x.get(lane), bottom - 2), class: "torn" }));
    }
    for (const lane of [...this.down.keys()]) up(this, lane, bottom);
    const columns = lanes.map((lane) =>
      el("path", "", {
        d: `M${num(layout.x.get(lane.id))} ${num(head)}V${num(bottom)}`,
        class: "lane",
      }),
    );
    const ids = [`${this.uid}-t`, `${this.uid}-d`];
    // A group, not an image: its arrows can be focused one by one, each with its own words.
    return el(
      "svg",
      el("title", escape(title), { id: ids[0] }) +
        el("desc", escape(description), { id: ids[1] }) +
        this.#defs() +
        columns.join("") +
        this.back.join("") +
        this.#headers(head) +
        rows.join(""),
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${num(layout.width)} ${num(bottom + 2)}`,
        width: num(layout.width),
        height: num(bottom + 2),
        role: "group",
        "aria-labelledby": ids[0],
        "aria-describedby": ids[1],
        class: `st ${layout.small ? "st-narrow" : "st-wide"}`,
        style: `--font:${num(layout.font)}px`,
      },
    );
  }

  #rows(events) {
    let top = this.y;
    return events.map((event, i) => {
      const same = i > 0 && together(events[i - 1], event);
      if (same) this.y = top;
      top = this.y;
      return this.#row(event, !same);
    });
  }

  /**
   * One event: its number, what it draws, and the words that a keyboard or a screen reader gets.
   */
  #row(event, numbered) {
    const { layout } = this;
    const top = this.y;
    const [y, body] = DRAW[event.kind](this, event);
    const number = numbered
      ? text(layout.gutter - 10, y + layout.font * 0.32, String(event.seq), "seq", "end")
      : "";
    const area = el("rect", "", {
      x: 0,
      y: top,
      width: layout.width,
      height: this.y - top,
      class: "hit",
    });
    return el("g", area + number + body, {
      class: `ev ev-${event.kind}`,
      tabindex: "0",
      role: "img",
      "aria-label": `${event.seq}: ${sentence(this.trace, event)}`,
      "data-seq": event.seq,
    });
  }

  #defs() {
    const heads = ["go", "far"].map((name) =>
      el("marker", el("path", "", { d: "M0 0L10 5L0 10L2.5 5z", class: `head ${name}` }), {
        id: `${this.uid}-${name}`,
        viewBox: "0 0 10 10",
        refX: "9.4",
        refY: "5",
        markerWidth: "8",
        markerHeight: "8",
        orient: "auto-start-reverse",
        markerUnits: "userSpaceOnUse",
      }),
    );
    return el("defs", hatch(`${this.uid}-hatch`) + heads.join(""));
  }

  #headers(head) {
    const { layout } = this;
    const parts = [];
    for (const lane of this.trace.lanes) {
      const width = layout.headerWidth(lane);
      const x = layout.x.get(lane.id);
      const round = lane.kind === "thread" ? (head - 2) / 2 : 3;
      parts.push(
        el("rect", "", {
          x: x - width / 2,
          y: 1,
          width,
          height: head - 2,
          rx: round,
          class: `header k-${lane.kind}`,
        }),
      );
      if (lane.state) parts.push(badge(lane.state, x - width / 2 + 15, head / 2, 7));
      const lines = layout.headers.get(lane.id);
      const top = head / 2 - ((lines.length - 1) * layout.line) / 2 + layout.font * 0.34;
      lines.forEach((line, i) =>
        parts.push(text(x + (lane.state ? 10 : 0), top + i * layout.line, line, "label")),
      );
    }
    return el("g", parts.join(""), { class: "headers" });
  }

  // What several kinds of events draw
  // -----------------------------------------------------------------

  /** Wrapped words at the lane's free side, centred on the row; moves time on: [y, marks, side]. */
  beside(event, words, { cls = "say", mono = false, gap = 9 } = {}) {
    const { layout } = this;
    const [side, room] = layout.side(event.lane);
    const wrapped = wrap(words, layout.letters(room, mono));
    const lines = wrapped.length ? wrapped : [""];
    const height = lines.length * layout.line;
    const y = this.y + gap + height / 2;
    const x = layout.x.get(event.lane) + side * (MARK + 5);
    const body = lines.map((line, i) =>
      text(x, y - height / 2 + layout.line * (i + 0.75), line, cls, side > 0 ? "start" : "end"),
    );
    this.y += height + 2 * gap;
    return [y, body.join(""), side];
  }

  /** Where an arrow from `origin` meets a lane: at the edge of its bar while it is blocked. */
  edge(lane, origin) {
    const off = this.parked.has(lane) ? BAR + 1 : 1.5;
    const x = this.layout.x.get(lane);
    return origin < x ? x - off : x + off;
  }

  /** A blocked stretch of a lane. */
  bar(lane, top, bottom) {
    this.back.push(
      el("rect", "", {
        x: this.layout.x.get(lane) - BAR,
        y: top,
        width: 2 * BAR,
        height: Math.max(2, bottom - top),
        rx: 2,
        class: "bar",
        fill: `url(#${this.uid}-hatch)`,
      }),
    );
  }
}

/** The pattern of what is blocked. */
export function hatch(id) {
  return el(
    "pattern",
    el("rect", "", { width: "6", height: "6", class: "hatch-bg" }) +
      el("path", "", { d: "M0 0V6", class: "hatch" }),
    { id, width: "6", height: "6", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  );
}

function note(picture, event) {
  const { layout } = picture;
  if (event.lane) {
    const [y, body] = picture.beside(event, event.text);
    return [
      y,
      el("circle", "", { cx: layout.x.get(event.lane), cy: y, r: 3.5, class: "dot" }) + body,
    ];
  }
  const lines = wrap(event.text, layout.letters(layout.width - 2 * layout.gutter - 12));
  const height = lines.length * layout.line;
  const box = el("rect", "", {
    x: layout.gutter,
    y: picture.y + 5,
    width: layout.width - layout.gutter - 2,
    height: height + 10,
    rx: 4,
    class: "note",
  });
  const middle = (layout.gutter + layout.width) / 2;
  const body = lines.map((line, i) =>
    text(middle, picture.y + 10 + layout.line * (i + 0.76), line, "say"),
  );
  const y = picture.y + 10 + height / 2;
  picture.y += height + 20;
  return [y, box + body.join("")];
}

/** What one Ready sends leaves at one moment; logs that are shown together share a row. */
function together(before, event) {
  if (event.kind !== before.kind) return false;
  if (event.kind === "send") return event.lane === before.lane;
  return event.kind === "log" && event.lane > before.lane;
}

/** The picture of a trace at one width, for a page that has the book's style sheet. */
export function svg(trace, width, uid, description) {
  return new Picture(trace, width, uid).svg(description);
}
