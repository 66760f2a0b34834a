// The player of one scene: its parts, put together.

import { Panel, messageActions, nodeActions } from "./actions.js";
import { showCluster } from "./cluster.js";
import { Controls } from "./controls.js";
import { load } from "./core.js";
import { messageDetails, nodeDetails } from "./details.js";
import { make } from "./dom.js";
import { compare, gate } from "./gate.js";
import { copy, download } from "./give.js";
import { Session } from "./session.js";
import { fragment } from "./share.js";
import { View } from "./view.js";
import { sentence } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let node; // the module, once for a page

async function fetched(path, read) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response[read]();
}

/** Puts a player into a <raft-scene>, in the place of its picture, which stays until somebody plays. */
export async function enliven(scene) {
  node ??= fetched("core.wasm", "arrayBuffer").then(load);
  const [makeNode, text] = await Promise.all([node, fetched(`scenes/${scene.getAttribute("name")}.txt`, "text")]);
  const player = new Player(scene, new Session(makeNode, text));
  scene.prepend(player.gate);
  scene.classList.add("alive");
  return player;
}

class Player {
  constructor(scene, session) {
    this.scene = scene;
    this.name = scene.getAttribute("name");
    this.figure = scene.closest("figure");
    this.session = session;
    this.gate = gate(this.figure.querySelector(".scene-question"), (answer) => {
      this.answer = answer;
      this.begin(0);
      this.controls.start();
      this.controls.play.focus();
    });
  }

  get run() { return this.session.run; }

  /** The first Play: the picture makes room for the run. */
  begin(position) {
    if (!this.controls) this.build();
    this.panel.show(this.session);
    this.controls.set(position, this.run.length);
  }

  build() {
    const box = this.scene.querySelector(".scene-view");
    this.figure.querySelector(".row-words")?.remove();
    this.now = make("p", { class: "play-now", "aria-live": "polite" });
    this.cluster = make("div", { class: "play-cluster" });
    this.details = make("div", { class: "play-details", hidden: true, role: "group", "aria-label": "Details", tabindex: "-1" });
    this.controls = new Controls((position) => this.show(position), (position) => this.words(position));
    this.panel = new Panel({
      act: (lines) => this.act(lines), undo: () => this.change(() => this.session.undo()), restart: () => this.change(() => this.session.restart()),
      share: () => this.share(), save: () => this.save(),
    });
    this.view = new View(box, this.figure.id, (row) => this.readRow(row));
    this.view.fit(this.run.traceAt(this.run.length));
    this.gate.replaceWith(this.controls.bar);
    box.before(this.now, this.cluster);
    box.after(this.details, this.panel.box);
  }

  show(position) {
    const moment = this.run.moments[position];
    this.now.textContent = `${position} of ${this.run.length}. ${this.words(position)}`;
    this.view.show(this.run.traceAt(position), position);
    showCluster(this.cluster, moment, this.run.moments[position - 1], {
      chosen: this.chosen?.node, choose: (id) => this.choose({ node: id }), read: (message) => this.choose({ message }),
    });
    this.showDetails();
    if (position === this.run.length && !this.session.own) compare(this.figure, this.answer);
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

  /** A node or a message is looked at; a node that is chosen again is not. */
  choose(what) {
    this.chosen = what.node && this.chosen?.node === what.node ? null : what;
    const held = document.activeElement?.dataset;
    this.show(this.controls.position);
    if (held?.node) this.cluster.querySelector(`[data-node="${held.node}"]`)?.focus();
    if (held?.message) this.cluster.querySelector(`[data-message="${held.message}"]`)?.focus();
  }

  showDetails() {
    const moment = this.run.moments[this.controls.position];
    const seen = this.chosen?.node && moment.nodes.get(this.chosen.node);
    const message = this.chosen?.message && this.run.messages.get(this.chosen.message);
    const act = (lines) => this.act(lines);
    let words = [];
    if (seen) words = [...nodeDetails(seen), nodeActions(seen, act)];
    if (message) {
      words = messageDetails(message, this.fate(message));
      if (moment.flight.has(message.number)) words.push(messageActions(message, act));
    }
    const held = this.details.contains(document.activeElement) && document.activeElement.textContent;
    this.details.replaceChildren(...words);
    this.details.hidden = !words.length;
    if (held !== false) this.refocus(held);
  }

  /** Who acted by keyboard stays where they were, or as near as there is something. */
  refocus(words) {
    const same = [...this.details.querySelectorAll("button:enabled")].find((each) => each.textContent === words);
    (same ?? (this.details.hidden ? this.controls.play : this.details)).focus({ preventScroll: true });
  }

  /** What became of a message by now. */
  fate({ number }) {
    if (this.run.moments[this.controls.position].flight.has(number)) return ", under way";
    const last = this.run.events.slice(0, this.controls.position).findLast((event) => event.id === String(number));
    return { arrive: ", arrived", drop: ", lost" }[last?.kind] ?? "";
  }

  /** The reader does something, after the event that is shown. False: it was refused. */
  act(lines) {
    const complaint = this.session.act(this.controls.position, lines);
    this.panel.box.open = true;
    if (complaint) {
      this.panel.show(this.session, complaint);
      return false;
    }
    const start = this.session.lengthBefore(lines.length);
    this.panel.show(this.session, this.session.said.trimEnd());
    this.controls.pause();
    this.controls.set(calm.matches ? this.run.length : start, this.run.length);
    if (start < this.run.length && !calm.matches) this.controls.start();
    return true;
  }

  change(how) {
    how();
    this.controls.pause();
    this.panel.show(this.session);
    this.controls.set(this.run.length, this.run.length);
  }

  /** What a link asks for. */
  restore({ at, lines }) {
    const complaint = this.session.restore(at, lines);
    this.begin(Math.min(at, this.run.length));
    this.panel.show(this.session, complaint && `This link can't be played: ${complaint}`);
    this.panel.box.open = Boolean(lines.length || complaint);
  }

  share() {
    const { own, at, lines } = this.session;
    const address = new URL(fragment({ scene: this.name, at: own ? at : this.controls.position, lines }), location.href);
    history.replaceState(null, "", address);
    copy(address.href).then((done) => this.panel.show(this.session, done ? "The link is copied." : "The link is in the address bar now."));
  }

  save() {
    const file = `${this.name}-${this.session.own ? "mine" : "scene"}.txt`;
    download(file, this.session.file());
    this.panel.show(this.session, `Saved. In the terminal: ./book scenario ${file}`);
  }
}
