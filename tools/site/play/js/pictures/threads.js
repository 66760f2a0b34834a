// How events of threads and channels are drawn: calls, waiting, values that move, buffers,
// closing.

import { BAR, MARK } from "./layout.js";
import { el, num, text, wrap } from "./shapes.js";

const CODE = { cls: "code", mono: true, gap: 7 };
const WAIT = { cls: "wait", gap: 7 };
const STEP = 15; // from a value in a buffer to the next

const tail = (event) => (event.text ? `: ${event.text}` : "");

export const THREADS = {
  call(picture, event) {
    const [y, body, side] = picture.beside(event, event.text, CODE);
    const point = picture.layout.x.get(event.lane) + side * 2;
    const d = `M${num(point + side * 8)} ${num(y - 5)}L${num(point)} ${num(y)}L${num(point + side * 8)} ${num(y + 5)}z`;
    return [y, el("path", "", { d, class: "mark" }) + body];
  },

  return(picture, event) {
    unpark(picture, event, picture.y + 4);
    const [y, body, side] = picture.beside(event, event.text || "returns", CODE);
    const x = picture.layout.x.get(event.lane) + side * 2;
    return [
      y,
      el("path", "", {
        d: `M${num(x)} ${num(y - 5)}L${num(x + side * 8)} ${num(y)}L${num(x)} ${num(y + 5)}z`,
        class: "mark hollow",
      }) + body,
    ];
  },

  park(picture, event) {
    const on = event.channels.join(", ");
    const top = picture.y + 6;
    const [y, body] = picture.beside(event, (on ? `waits on ${on}` : "waits") + tail(event), WAIT);
    picture.parked.set(event.lane, { top, channels: event.channels });
    return [y, body];
  },

  wake(picture, event) {
    const why = event.channels.length ? `wakes with ${event.channels.join(", ")}` : "wakes";
    const [y, body] = picture.beside(event, event.text || why, WAIT);
    unpark(picture, event, y);
    return [
      y,
      el("circle", "", { cx: picture.layout.x.get(event.lane), cy: y, r: 4, class: "dot open" }) +
        body,
    ];
  },

  handoff(picture, event) {
    const { x } = picture.layout;
    const [start, end] = [x.get(event.lane), x.get(event.to)];
    const [y, words] = arrowWords(picture, start, end, event);
    const from = start + (picture.parked.has(event.lane) ? BAR + 1 : 0) * (end > start ? 1 : -1);
    return [
      y,
      arrow(picture, from, picture.edge(event.to, start), y) +
        el("circle", "", { cx: from, cy: y, r: 3, class: "dot" }) +
        words,
    ];
  },

  buffer(picture, event) {
    const start = picture.layout.x.get(event.lane);
    const queue = queueOf(picture, event.channel);
    while (queue.length >= capacity(picture.trace, event.channel)) {
      // a full buffer takes nothing: this is a new channel of that name
      const { x, y } = queue.shift();
      picture.back.push(el("path", "", { d: `M${num(x)} ${num(y + 8)}v14`, class: "track" }));
    }
    const x = slotX(picture, event) + STEP * queue.length;
    const [y, words] = arrowWords(picture, start, x, event);
    queue.push({ x, y });
    return [y, arrow(picture, start, x > start ? x - 8 : x + 8, y) + slot(x, y, true) + words];
  },

  take(picture, event) {
    const value = queueOf(picture, event.channel).shift();
    const x = value?.x ?? slotX(picture, event);
    const end = picture.edge(event.lane, x);
    const [y, words] = arrowWords(picture, x, picture.layout.x.get(event.lane), event);
    if (value)
      picture.back.push(
        el("path", "", { d: `M${num(x)} ${num(value.y + 8)}V${num(y - 8)}`, class: "track" }),
      );
    return [y, arrow(picture, x + (end > x ? 8 : -8), end, y) + slot(x, y, false) + words];
  },

  close(picture, event) {
    const waiting = [...picture.parked].filter(([, { channels }]) =>
      channels.some((name) => event.channels.includes(name)),
    );
    let [y, body] = picture.beside(event, `closes ${event.channel}${tail(event)}`, {
      ...CODE,
      gap: 9,
    });
    if (waiting.length) [y, body] = closesAbove(picture, event, y);
    const x = picture.layout.x.get(event.lane);
    const rays = waiting.map(([lane]) =>
      el("path", "", {
        d: `M${num(x)} ${num(y)}H${num(picture.edge(lane, x))}`,
        class: "ray",
        "marker-end": `url(#${picture.uid}-far)`,
      }),
    );
    return [
      y,
      rays.join("") +
        el("path", "", {
          d: `M${num(x - 8)} ${num(y - 2.5)}h16M${num(x - 8)} ${num(y + 2.5)}h16`,
          class: "shut",
        }) +
        body,
    ];
  },
};

/** The end of a blocked stretch that is blocked still when the picture ends. */
export const zigzag = (x, y) => `M${num(x - 9)} ${num(y)}l4.5 -4l4.5 8l4.5 -8l4.5 4`;

/** A value that nobody takes: its arrow stops before the other lane. */
export function lostValue(picture, event) {
  const { layout } = picture;
  const start = layout.x.get(event.lane);
  let target = event.to ? layout.x.get(event.to) : layout.farthest(start);
  if (target === start) target = start + 120;
  const room = layout.gap(start, target)[1] - start;
  const end = start + room * 0.78;
  const [y, words] = arrowWords(picture, start, start + room * 0.7, event);
  return [
    y,
    el("path", "", { d: `M${num(start)} ${num(y)}H${num(end)}`, class: "arrow lost" }) +
      cross(end, y) +
      words,
  ];
}

export const cross = (x, y) =>
  el("path", "", { d: `M${num(x - 5)} ${num(y - 5)}l10 10m0 -10l-10 10`, class: "cross" });

function unpark(picture, event, y) {
  const waits = picture.parked.get(event.lane);
  if (!waits) return;
  picture.parked.delete(event.lane);
  picture.bar(event.lane, waits.top, y);
}

/** A close that wakes others is drawn as rays: its words stand above them. */
function closesAbove(picture, event, y) {
  const { layout } = picture;
  const [side] = layout.side(event.lane);
  const line = y + layout.line * 0.65;
  picture.y += layout.line * 0.65;
  const x = layout.x.get(event.lane) + side * (MARK + 5);
  return [
    line,
    text(x, line - 6, `closes ${event.channel}`, "code halo", side > 0 ? "start" : "end"),
  ];
}

/** The channel above an arrow that does not exist yet, the value below: [y of the arrow, marks]. */
function arrowWords(picture, start, end, event) {
  const { layout } = picture;
  const [a, b] = layout.gap(start, end);
  const room = Math.abs(b - a) - 16;
  const middle = (a + b) / 2;
  const over = wrap(event.channel, layout.letters(room, true));
  const under = wrap(event.text, layout.letters(room));
  const top = picture.y + 4;
  const y = top + over.length * layout.line + 5;
  const body = [
    ...over.map((line, i) => text(middle, top + layout.line * (i + 0.78), line, "chan")),
    ...under.map((line, i) => text(middle, y + 3 + layout.line * (i + 0.85), line, "say")),
  ];
  picture.y = y + Math.max(under.length * layout.line + 9, 12);
  return [y, body.join("")];
}

function arrow(picture, start, end, y) {
  const token = el("circle", "", {
    cx: start,
    cy: y,
    r: 4.5,
    class: "token",
    style: `--dx:${num(end - start)}px`,
  });
  return (
    el("path", "", {
      d: `M${num(start)} ${num(y)}H${num(end)}`,
      class: "arrow",
      "marker-end": `url(#${picture.uid}-go)`,
    }) + token
  );
}

// Buffers
// ---------------------------------------------------------------------------------------------

function queueOf(picture, channel) {
  if (!picture.slots.has(channel)) picture.slots.set(channel, []);
  return picture.slots.get(channel);
}

function slot(x, y, full) {
  const box = el("rect", "", { x: x - 8, y: y - 8, width: 16, height: 16, rx: 2, class: "slot" });
  return (
    box +
    (full ? el("rect", "", { x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: "value" }) : "")
  );
}

/** A buffered value lies midway between who put it there and who will take it. */
function slotX({ layout, trace }, event) {
  const taker = event.to || takerOf(trace, event);
  const here = layout.x.get(event.lane);
  const [a, b] =
    taker && taker !== event.lane
      ? layout.gap(here, layout.x.get(taker))
      : [here, layout.beside(here)];
  return (a + b) / 2;
}

function capacity({ channels = [] }, name) {
  const known = channels.find((channel) => channel.name === name);
  return known ? Math.max(1, known.capacity) : Infinity;
}

/** Who takes the value that this event puts into a buffer: first in, first out, if anybody does. */
function takerOf(trace, event) {
  const waiting = [];
  for (const other of trace.events.filter(({ channels }) => channels.includes(event.channel))) {
    if (other.kind === "buffer") {
      waiting.push(other.seq);
      if (waiting.length > capacity(trace, event.channel)) waiting.shift();
    } else if (other.kind === "take" && waiting.length && waiting.shift() === event.seq)
      return other.lane;
  }
  return "";
}
