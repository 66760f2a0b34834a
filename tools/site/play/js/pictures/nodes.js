// How events of nodes are drawn: states, logs, messages that take time, crashes.

import { badge, el, logStrip, num, text } from "./shapes.js";
import { cross, lostValue } from "./threads.js";

export const NODES = {
  state(picture, event) {
    const { layout } = picture;
    const term = event.term ? `term ${event.term}` : "";
    let words = event.state + (term && `, ${term}`) + (event.text ? `: ${event.text}` : "");
    // the shape alone says the state
    if (term && layout.letters(layout.side(event.lane)[1]) <= event.state.length) words = term;
    const [y, body] = picture.beside(event, words);
    return [y, badge(event.state, layout.x.get(event.lane), y, 8) + body];
  },

  /** A strip on the lane, within the half of each gap that is the lane's own. */
  log(picture, event) {
    const {
      layout,
      layout: { xs },
    } = picture;
    const here = layout.x.get(event.lane);
    const half = xs.length > 1 ? (xs[1] - xs[0]) / 2 : layout.width / 2;
    const left = Math.max(layout.gutter, here - half + 4);
    const right = Math.min(layout.width - 2, here + half - 4);
    const { length } = event.log;
    const box = Math.min(17, (right - left) / Math.max(1, length));
    const x = Math.min(Math.max(left, here - (box * length) / 2), right - box * length);
    const y = picture.y + 6;
    picture.y += 35;
    return [y + 8.5, logStrip(x, y, event.log, event.first, event.commit, box)];
  },

  send(picture, event) {
    const y = picture.y + 8;
    picture.flying.set(event.id || `${event.lane}>${event.to}`, { lane: event.lane, y, event });
    picture.y += 20;
    return [
      y,
      el("circle", "", { cx: picture.layout.x.get(event.lane), cy: y, r: 3, class: "dot" }),
    ];
  },

  arrive: (picture, event) => land(picture, event, false),

  drop: (picture, event) =>
    picture.flying.has(event.id) ? land(picture, event, true) : lostValue(picture, event),

  crash(picture, event) {
    const [y, body] = picture.beside(event, `crashes${event.text ? `: ${event.text}` : ""}`);
    picture.down.set(event.lane, y);
    return [y, badge("down", picture.layout.x.get(event.lane), y, 8) + body];
  },

  restart(picture, event) {
    up(picture, event.lane, picture.y + 6);
    const [y, body] = picture.beside(event, `restarts${event.text ? `: ${event.text}` : ""}`);
    return [
      y,
      el("circle", "", { cx: picture.layout.x.get(event.lane), cy: y, r: 4, class: "dot open" }) +
        body,
    ];
  },
};

/**
 * A message's end. One that the trace does not name is the first that is under way to this lane.
 */
function land(picture, event, lost) {
  const {
    flying,
    layout: { x },
  } = picture;
  const key = flying.has(event.id)
    ? event.id
    : [...flying].find(([, flight]) => flight.event.to === event.lane)?.[0];
  if (key === undefined) return said(picture, event);
  const flight = flying.get(key);
  flying.delete(key);
  const start = x.get(flight.lane);
  const target = flight.event.to;
  let end = x.get(target);
  let y = picture.y + 12;
  picture.y += 24;
  const row = y;
  if (lost) {
    end += (start - end) * 0.12;
    y = flight.y + (y - flight.y) * 0.88;
  }
  picture.back.push(
    el("path", "", {
      // behind the words of the rows that it crosses
      d: `M${num(start)} ${num(flight.y)}L${num(lost ? end : picture.edge(target, start))} ${num(y)}`,
      class: `arrow${lost ? " lost" : ""}`,
      "marker-end": lost ? null : `url(#${picture.uid}-go)`,
    }),
  );
  return [
    row,
    (lost ? cross(end, y) : "") + flightWords(picture, flight.event.text, end, y, end < start),
  ];
}

/** An arrival of what nobody sent in this picture: its words. */
function said(picture, event) {
  const [y, body] = picture.beside(event, event.text);
  return [
    y,
    el("circle", "", { cx: picture.layout.x.get(event.lane), cy: y, r: 3.5, class: "dot" }) + body,
  ];
}

/**
 * Below the arrow, beside its tip: the line comes from above, so it can't run through the words.
 */
function flightWords({ layout, said: known }, words, end, y, leftwards) {
  const length = layout.lengthOf(words);
  const x = leftwards
    ? Math.min(end + 14, layout.width - 2 - length)
    : Math.max(end - 14, 2 + length);
  known.push(leftwards ? { left: x, right: x + length, y } : { left: x - length, right: x, y });
  return text(x, y + layout.font * 0.8, words, "say halo", leftwards ? "start" : "end");
}

/** A message that has not arrived when the picture ends: its arrow fades away. */
export function underWay(picture, { lane, y: top, event }) {
  const { layout } = picture;
  const start = layout.x.get(lane);
  const end = layout.x.get(event.to);
  const tip = start + (end - start) * 0.3;
  const y = top + 14;
  picture.y = Math.max(picture.y, y + 4);
  const line = el("path", "", {
    d: `M${num(start)} ${num(top)}L${num(tip)} ${num(y)}`,
    class: "arrow lost",
  });
  const words = text(
    tip,
    y + layout.font * 0.9,
    event.text,
    "say halo",
    end > start ? "start" : "end",
  );
  const length = layout.lengthOf(event.text);
  const room = hasRoom(picture, end > start ? tip : tip - length, length, y);
  return el("g", line + (room ? words : ""), { class: "ev ev-under-way" });
}

/** Are there no words on an arrow yet where these would stand? From now on there are. */
function hasRoom({ layout, said: known }, left, length, y) {
  const free = known.every(
    (other) =>
      left > other.right || left + length < other.left || Math.abs(y - other.y) > layout.line,
  );
  if (free) known.push({ left, right: left + length, y });
  return free;
}

/** A crash breaks the column until the restart. */
export function up(picture, lane, y) {
  const top = picture.down.get(lane);
  if (top === undefined) return;
  picture.down.delete(lane);
  picture.back.push(
    el("rect", "", {
      x: picture.layout.x.get(lane) - 3,
      y: top,
      width: 6,
      height: y - top,
      class: "broken",
    }),
  );
}
