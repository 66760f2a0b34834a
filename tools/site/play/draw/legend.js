// The one legend: every mark of the book's pictures, drawn by the same functions, with its
// meaning.

import { hatch } from "../js/pictures/picture.js";
import { badge, el, logStrip } from "../js/pictures/shapes.js";

const path = (d, cls) => el("path", "", { d, class: cls });
const rect = (x, y, width, height, more) => el("rect", "", { x, y, width, height, ...more });

const PARTS = [
  [
    "Threads and channels",
    [
      [
        path("M34 9L44 14L34 19L36.5 14z", "head") + path("M6 14H36", "arrow"),
        "Hand-off",
        "A value goes from one thread to another at one moment. Above the arrow the channel, below it the value.",
      ],
      [
        el("defs", hatch("legend-hatch")) +
          rect(20, 2, 11, 24, { rx: 2, class: "bar", fill: "url(#legend-hatch)" }),
        "Waiting",
        "The thread is blocked. The words beside the bar name the channels it waits on; a torn end says that it still waits when the picture ends.",
      ],
      [
        rect(6, 6, 16, 16, { rx: 2, class: "slot" }) +
          rect(9.5, 9.5, 9, 9, { class: "value" }) +
          path("M25 14H45", "track"),
        "Buffer",
        "A value lies in a channel's buffer until somebody takes it.",
      ],
      [
        path("M17 11.5h16M17 16.5h16", "shut") + path("M34 14H48", "ray"),
        "Close",
        "A channel is closed. Dotted rays go to every thread in the picture that was waiting on it.",
      ],
      [path("M28 9L20 14L28 19z", "mark"), "Call", "A thread calls a function."],
      [path("M20 9L28 14L20 19z", "mark hollow"), "Return", "The function returns."],
      [
        path("M4 14H34", "arrow lost") + path("M29 9l10 10m0 -10l-10 10", "cross"),
        "Drop",
        "The value or message is lost.",
      ],
    ],
  ],
  [
    "Nodes and logs",
    [
      [badge("leader", 26, 14, 9), "Leader", "A hexagon."],
      [
        badge("candidate", 26, 14, 9),
        "Candidate",
        "A diamond; hollow while it only asks whether it could win (PreVote).",
      ],
      [badge("follower", 26, 14, 9), "Follower", "A disc."],
      [badge("learner", 26, 14, 9), "Learner", "A hollow triangle: it receives, it does not vote."],
      [badge("down", 26, 14, 9), "Down", "A cross; the column breaks off until the restart."],
      [
        logStrip(1, 3, [1, 1, 2], 1, 2),
        "Log",
        "One box an entry, tinted by term, the term written in it. The line below reaches to the last committed entry.",
      ],
      [
        path("M42 17L47 25L38 23.5L40.5 20.5z", "head") + path("M6 4L41 20.5", "arrow"),
        "Message",
        "It leaves in one row and arrives in a later one. The words below its tip are its type and what it is about. Two numbers with a stroke between " +
          "them, 1/11, are the term and the index of an entry, as etcd writes them; +2 says that two entries follow it, t2 that the message is of term 2.",
      ],
    ],
  ],
];

function row([mark, name, meaning]) {
  const drawn = el("svg", mark, {
    class: "legend-mark",
    viewBox: "0 0 54 28",
    width: "54",
    height: "28",
    "aria-hidden": "true",
  });
  return `<div><dt>${drawn}<span>${name}</span></dt><dd>${meaning}</dd></div>`;
}

/** Two definition lists with drawn terms. */
export const legend = () =>
  PARTS.map(
    ([title, rows]) =>
      `<p class="legend-title">${title}</p><dl class="legend">${rows.map(row).join("")}</dl>`,
  ).join("");
