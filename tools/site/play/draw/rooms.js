// The node and its rooms: a client, the doors that are channels, the loop, the core, and what
// they stand on.

import { el, escape, num, text } from "../js/pictures/shapes.js";

const DOORS = ["propc", "recvc", "tickc", "status", "stop"]; // into the loop
const OUT = ["readyc", "advancec"]; // between the loop and the application
const SAY = {
  base: "checks, errors",
  csp: "channels, select",
  raftpb: "messages, entries",
  raft: "the core",
  rafttest: "conversations",
  node: "doors and loop",
};
const FOUNDATIONS = Object.keys(SAY);
const [WIDTH, HEIGHT] = [700, 372];

function box(x, y, width, height, label, cls = "", small = "") {
  const lines =
    text(x + width / 2, y + height / 2 + (small ? -1 : 5), label, "room-name") +
    (small ? text(x + width / 2, y + height / 2 + 15, small, "room-say") : "");
  return el("g", el("rect", "", { x, y, width, height, rx: 6 }) + lines, {
    class: `room ${cls}`.trim(),
  });
}

/** A line with its head drawn, so that no marker's name is needed. */
function arrow(x1, y1, x2, y2) {
  const flat = Math.abs(y2 - y1) < 1;
  const sign = (flat ? x2 > x1 : y2 > y1) ? 1 : -1;
  const head = flat
    ? `M${num(x2 - 7 * sign)} ${num(y2 - 4)}L${num(x2)} ${num(y2)}L${num(x2 - 7 * sign)} ${num(y2 + 4)}z`
    : `M${num(x2 - 4)} ${num(y2 - 7 * sign)}L${num(x2)} ${num(y2)}L${num(x2 + 4)} ${num(y2 - 7 * sign)}z`;
  return (
    el("path", "", { d: `M${num(x1)} ${num(y1)}L${num(x2)} ${num(y2)}`, class: "way" }) +
    el("path", "", { d: head, class: "way-head" })
  );
}

function door(x, y, width, name, state) {
  return el(
    "g",
    el("rect", "", { x, y, width, height: 26, rx: 13 }) +
      text(x + width / 2, y + 17.5, name, "door-name"),
    { class: `door ${state}`.trim() },
  );
}

function wide(states) {
  const { node, raft } = states;
  const ways = DOORS.flatMap((name, i) => {
    const y = 46 + i * 37;
    return [
      el("path", "", { d: `M108 134C114 134 112 ${y + 13} 119 ${y + 13}`, class: "way" }),
      door(120, y, 84, name, node),
      arrow(204, y + 13, 246, y + 13),
    ];
  });
  const width = (WIDTH - 16 - (FOUNDATIONS.length - 1) * 8) / FOUNDATIONS.length;
  return [
    el("rect", "", {
      x: 162,
      y: 12,
      width: 372,
      height: 228,
      rx: 10,
      class: `house ${node}`.trim(),
    }),
    text(176, 33, "Node", "house-name", "start"),
    box(8, 90, 100, 88, "callers", "outside", "any thread"),
    ...ways,
    box(247, 46, 104, 178, "loop", node, "one thread"),
    arrow(351, 124, 392, 124),
    arrow(392, 146, 351, 146),
    box(393, 92, 124, 86, "RawNode", raft, "pure core"),
    arrow(351, 59, 486, 59),
    door(487, 46, 94, OUT[0], node),
    arrow(581, 59, 603, 59),
    arrow(486, 211, 351, 211),
    door(487, 198, 94, OUT[1], node),
    arrow(603, 211, 581, 211),
    box(604, 46, 90, 178, "application", "outside", "one thread"),
    text(8, 276, "rooms of code/, each standing on those to its left", "room-say", "start"),
    ...FOUNDATIONS.map((room, i) =>
      box(8 + i * (width + 8), 290, width, 66, room, `floor ${states[room]}`, SAY[room]),
    ),
  ];
}

function narrow(states) {
  const { node, raft } = states;
  const ways = DOORS.flatMap((name, i) => {
    const x = 8 + i * 68;
    return [
      arrow(x + 31, 52, x + 31, 70),
      door(x, 71, 63, name, node),
      arrow(x + 31, 97, x + 31, 125),
    ];
  });
  return [
    el("rect", "", { x: 4, y: 84, width: 342, height: 226, rx: 10, class: `house ${node}`.trim() }),
    text(334, 298, "Node", "house-name", "end"),
    box(4, 4, 342, 48, "callers", "outside", "any thread"),
    ...ways,
    box(14, 126, 322, 56, "loop", node, "one thread"),
    arrow(244, 182, 244, 213),
    arrow(276, 213, 276, 182),
    box(184, 214, 152, 60, "RawNode", raft, "pure core"),
    arrow(50, 182, 50, 296),
    door(8, 297, 84, OUT[0], node),
    arrow(50, 323, 50, 351),
    arrow(138, 296, 138, 182),
    door(96, 297, 84, OUT[1], node),
    arrow(138, 351, 138, 323),
    box(4, 352, 342, 48, "application", "outside", "one thread"),
    text(4, 436, "rooms of code/, each standing on those before it", "room-say", "start"),
    ...FOUNDATIONS.map((room, i) =>
      box(4 + (i % 3) * 116, 448 + Math.floor(i / 3) * 56, 110, 48, room, `floor ${states[room]}`),
    ),
  ];
}

const drawing = (parts, width, height, description, ident, cls) =>
  el("svg", el("title", escape(description), { id: `${ident}-alt` }) + parts.join(""), {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    class: `rooms ${cls}`,
    role: "img",
    "aria-labelledby": `${ident}-alt`,
  });

/** The map, laid out twice; the style sheet shows one. `states` has a class for each room. */
export const rooms = ({ states, description, ident }) =>
  `<div class="rooms-view">${drawing(
    wide(states),
    WIDTH,
    HEIGHT,
    description,
    `${ident}-w`,
    "rooms-wide",
  )}${drawing(narrow(states), 350, 560, description, `${ident}-n`, "rooms-narrow")}</div>`;
