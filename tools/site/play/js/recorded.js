// A scene that is played from its recording: a program that a page can't run has played it before.

import { recordedMessage, recordedNode, recordedRow } from "./details.js";
import { button, make } from "./dom.js";
import { fetched } from "./fetched.js";
import { copy } from "./save.js";
import { Player } from "./player.js";
import { Recording } from "./recording.js";
import { fragment } from "./share.js";
import { Uncovered } from "./uncovered.js";

/** A sentence for each event, as the page has them, without their numbers. */
const sentences = (scene) =>
  [...scene.querySelectorAll(".st-wide .ev[data-seq]")].map((row) =>
    row.getAttribute("aria-label").replace(/^\d+: /, ""),
  );

/** Puts a player into a <raft-scene>; it plays the picture that is there. */
export async function enliven(scene) {
  const trace = await fetched(`scenes/${scene.getAttribute("name")}.json`, "json");
  return new Recorded(scene, new Recording(trace, sentences(scene)));
}

class Recorded extends Player {
  constructor(scene, recording) {
    super(scene, "A recording.");
    this.run = recording;
  }

  /** Threads have no cards. */
  showNodes(position) {
    if (this.run.moments[0].nodes.size || this.run.messages.size) super.showNodes(position);
  }

  view(box, read) {
    return new Uncovered(box, read);
  }

  below() {
    this.said = make("span", { role: "status" });
    const command = make("code", {}, this.scene.getAttribute("command"));
    return [
      make(
        "div",
        { class: "play-does" },
        button("Copy a link to this", () => this.share()),
        this.said,
      ),
      make(
        "p",
        { class: "play-small" },
        `${this.scene.getAttribute("recorded")} To run it: `,
        command,
      ),
    ];
  }

  about({ node, message, row }, position) {
    const { run } = this;
    if (node) return recordedNode(run.moments[position].nodes.get(node));
    if (message)
      return recordedMessage(run.messages.get(message), this.fate(run.messages.get(message)));
    return recordedRow(row, run.words(row), run.events[row - 1]);
  }

  /** What a link asks for. What its reader did, a recording can't do. */
  restore({ at, lines }) {
    this.begin(Math.min(at, this.run.length));
    this.said.textContent = lines.length
      ? "This is a recording: what the link's reader did can't be done here."
      : "";
  }

  share() {
    const address = new URL(
      fragment({ scene: this.name, at: this.controls.position, lines: [] }),
      location.href,
    );
    history.replaceState(null, "", address);
    copy(address.href).then((done) => {
      this.said.textContent = done ? "The link is copied." : "The link is in the address bar now.";
    });
  }
}
