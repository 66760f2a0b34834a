// The player of one scene: its parts, put together.

import { showCluster } from "./cluster.js";
import { Controls } from "./controls.js";
import { load } from "./core.js";
import { messageDetails, nodeDetails } from "./details.js";
import { make } from "./dom.js";
import { compare, gate } from "./gate.js";
import { Run } from "./run.js";
import { View } from "./view.js";
import { sentence } from "./words.js";

const here = (path) => new URL(path, import.meta.url);
let node; // the module, once for a page

async function fetched(path, read) {
  const response = await fetch(here(path));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response[read]();
}

/** Puts a player into a <raft-scene>, in the place of its picture, which stays until somebody plays. */
export async function enliven(scene) {
  node ??= fetched("core.wasm", "arrayBuffer").then(load);
  const [core, text] = await Promise.all([node, fetched(`scenes/${scene.getAttribute("name")}.txt`, "text")]);
  const player = new Player(scene, core, text);
  scene.prepend(player.gate);
  scene.classList.add("alive");
}

class Player {
  constructor(scene, core, text) {
    this.scene = scene;
    this.figure = scene.closest("figure");
    this.file = text;
    this.run = new Run(core());
    this.run.play(text);
    this.gate = gate(this.figure.querySelector(".scene-question"), (answer) => this.begin(answer));
  }

  /** The first Play: the picture makes room for the run. */
  begin(answer) {
    this.answer = answer;
    this.build();
    this.controls.set(0, this.run.length);
    this.controls.start();
    this.controls.play.focus();
  }

  build() {
    const box = this.scene.querySelector(".scene-view");
    this.figure.querySelector(".row-words")?.remove();
    this.now = make("p", { class: "play-now", "aria-live": "polite" });
    this.cluster = make("div", { class: "play-cluster" });
    this.details = make("div", { class: "play-details", hidden: true, role: "group", "aria-label": "Details" });
    this.controls = new Controls((position) => this.show(position), (position) => this.words(position));
    this.view = new View(box, this.figure.id, (row) => this.readRow(row));
    this.view.fit(this.run.traceAt(this.run.length));
    this.gate.replaceWith(this.controls.bar);
    box.before(this.now, this.cluster);
    box.after(this.details);
  }

  show(position) {
    const moment = this.run.moments[position];
    this.now.textContent = `${position} of ${this.run.length}. ${this.words(position)}`;
    this.view.show(this.run.traceAt(position), position);
    showCluster(this.cluster, moment, this.run.moments[position - 1], {
      chosen: this.chosen?.node, choose: (id) => this.choose({ node: id }), read: (message) => this.choose({ message }),
    });
    this.showDetails();
    if (position === this.run.length) compare(this.figure, this.answer);
  }

  words(position) {
    if (position === 0) return "The beginning.";
    return sentence(this.run.traceAt(position), this.run.events[position - 1]);
  }

  readRow(row) {
    const event = this.run.events[row - 1];
    if (event?.id) this.choose({ message: Number(event.id) });
    else if (event?.lane) this.choose({ node: Number(event.lane) });
  }

  /** A node or a message is looked at; the same one again is not. */
  choose(what) {
    const same = this.chosen && JSON.stringify(this.chosen) === JSON.stringify(what);
    this.chosen = same && what.node ? null : what;
    const held = document.activeElement?.dataset;
    this.show(this.controls.position);
    if (held?.node) this.cluster.querySelector(`[data-node="${held.node}"]`)?.focus();
    if (held?.message) this.cluster.querySelector(`[data-message="${held.message}"]`)?.focus();
  }

  showDetails() {
    const moment = this.run.moments[this.controls.position];
    const seen = this.chosen?.node && moment.nodes.get(this.chosen.node);
    const message = this.chosen?.message && this.run.messages.get(this.chosen.message);
    const words = seen ? nodeDetails(seen) : message ? messageDetails(message, this.fate(message)) : [];
    this.details.replaceChildren(...words);
    this.details.hidden = !words.length;
  }

  /** What became of a message by now. */
  fate({ number }) {
    if (this.run.moments[this.controls.position].flight.has(number)) return ", under way";
    const last = this.run.events.slice(0, this.controls.position).findLast((event) => event.id === String(number));
    return { arrive: ", arrived", drop: ", lost" }[last?.kind] ?? "";
  }
}
