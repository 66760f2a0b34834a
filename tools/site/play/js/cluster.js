// The cluster beside the picture: a card for each node, and what is on its way between them.

import { button, drawing, make } from "./dom.js";
import { badge, el, logStrip } from "./pictures/shapes.js";

const BOXES = 9; // so many entries fit on a card; the newest are the ones that matter

const svg = (width, height, body, cls) =>
  drawing(
    el("svg", body, {
      xmlns: "http://www.w3.org/2000/svg",
      class: cls,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "aria-hidden": "true",
    }),
  );

function strip(node) {
  const skipped = Math.max(0, node.entries.length - BOXES);
  const terms = node.entries.slice(skipped).map((entry) => entry.term);
  const first = node.first + skipped;
  const width = Math.max(17, terms.length * 17) + 2;
  return make(
    "span",
    { class: "play-log" },
    make("span", { class: "play-first" }, terms.length ? String(first) : "empty log"),
    terms.length
      ? svg(width, 24, logStrip(1, 1, terms, first, node.commit), "st play-strip")
      : null,
  );
}

/** One node as a button: what it is, in which term, its log, how far it has committed. */
function card(node, { name, lines, more }, { chosen, changed, choose }) {
  return button("", () => choose(node.id), {
    class: `play-node${chosen ? " chosen" : ""}${changed ? " changed" : ""}`,
    "aria-pressed": String(chosen),
    "data-node": node.id,
  }).appendChild(
    make(
      "span",
      { class: "play-card" },
      make(
        "span",
        { class: "play-name" },
        node.state ? svg(20, 20, badge(node.state, 10, 10, 7), "st") : null,
        name,
      ),
      ...lines.map((words) => make("span", {}, words)),
      strip(node),
      more === null ? null : make("span", { class: "play-ready" }, more),
    ),
  ).parentElement;
}

/** Fills `box` with the cluster as it stands; `words(node)` says what is written on a card. */
export function showCluster(box, moment, before, words, { chosen, choose, read }) {
  const cards = [...moment.nodes.values()].map((node) =>
    card(node, words(node), {
      chosen: chosen === node.id,
      changed: before?.nodes.get(node.id) !== node,
      choose,
    }),
  );
  const flight = [...moment.flight.values()].map((m) =>
    make(
      "li",
      {},
      button(`${m.from}→${m.to} ${m.label}`, () => read(m.number), { "data-message": m.number }),
    ),
  );
  box.replaceChildren(
    make("div", { class: "play-nodes" }, ...cards),
    make(
      "div",
      { class: "play-under-way" },
      make("span", { class: "play-small" }, flight.length ? "Under way:" : "Nothing is under way."),
      flight.length
        ? make(
            "ul",
            { class: "play-flight", "aria-label": "Messages under way, oldest first" },
            ...flight,
          )
        : null,
    ),
  );
}
