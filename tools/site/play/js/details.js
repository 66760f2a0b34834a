// What a reader asked to see: one node, or one message.

import { make } from "./dom.js";
import { messageMeaning, rowMeaning } from "./glossary.js";

const line = (term, value) => make("div", {}, make("dt", {}, term), make("dd", {}, value));
const who = (id) => (id ? `node ${id}` : "nobody");

export function nodeDetails(node) {
  const down = node.state === "down";
  const log = node.entries.length
    ? make("pre", { tabindex: "0" }, node.entries.map((entry) => entry.text).join("\n"))
    : "empty";
  const progress = node.progress.length
    ? make("pre", { tabindex: "0" }, node.progress.map((p) => `${p.id}: ${p.text}`).join("\n"))
    : null;
  return [
    make("p", { class: "play-title" }, `Node ${node.id}`),
    make(
      "dl",
      {},
      line(
        "State",
        down
          ? "down: its memory is lost, and this is on its disk"
          : `${node.state} in term ${node.term}`,
      ),
      down ? line("Term", String(node.term)) : null,
      line("Voted for", who(node.vote)),
      down ? null : line("Leader, as it knows", who(node.lead)),
      line("Committed, applied", `${node.commit}, ${node.applied}`),
      line("Log on disk, from entry " + node.first, log),
      progress ? line("Progress of each", progress) : null,
    ),
  ];
}

export function messageDetails(message, fate) {
  return [
    make(
      "p",
      { class: "play-title" },
      `${message.type}, node ${message.from} to node ${message.to}${fate}`,
    ),
    make("pre", { tabindex: "0" }, message.text),
    make("p", {}, messageMeaning(message.type)),
  ];
}

/** The same for a recording, of which only the trace is known. */
export function recordedNode({ label, state, term, entries, commit, logged }) {
  const log = entries.length
    ? make("pre", { tabindex: "0" }, entries.map((entry) => entry.text).join("\n"))
    : logged
      ? "empty"
      : "not told yet";
  return [
    make("p", { class: "play-title" }, label),
    make(
      "dl",
      {},
      state ? line("State", [state, term && `in term ${term}`].filter(Boolean).join(" ")) : null,
      line("Committed", logged ? String(commit) : "not told yet"),
      line("Log, as index/term", log),
    ),
  ];
}

export function recordedMessage({ label, from, to }, fate) {
  return [
    make("p", { class: "play-title" }, `${label}, ${from} to ${to}${fate}`),
    make("p", {}, messageMeaning(label.split(/[ ,]/)[0])),
  ];
}

export function recordedRow(row, words, { kind, text = "" }) {
  const type = ["send", "arrive", "drop"].includes(kind)
    ? messageMeaning(text.split(/[ ,]/)[0])
    : "";
  const more = type || rowMeaning(kind);
  return [
    make("p", { class: "play-title" }, `${row}. ${words}`),
    ...(more ? [make("p", {}, more)] : []),
  ];
}
