// A scene that plays on the node: its reader can go on from any event.

import { Panel, messageActions, nodeActions } from "./actions.js";
import { load } from "./core.js";
import { messageDetails, nodeDetails } from "./details.js";
import { Drawn } from "./drawn.js";
import { fetched } from "./fetched.js";
import { copy, download } from "./save.js";
import { Player } from "./player.js";
import { Session } from "./session.js";
import { fragment } from "./share.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let node; // the module, once for a page

/**
 * Puts a player into a <raft-scene>, in the place of its picture, which stays until somebody plays.
 */
export async function enliven(scene) {
  node ??= fetched("core.wasm", "arrayBuffer").then(load);
  const [makeNode, text] = await Promise.all([
    node,
    fetched(`scenes/${scene.getAttribute("name")}.txt`, "text"),
  ]);
  const player = new Live(scene, new Session(makeNode, text));
  if (scene.hasAttribute("open")) player.open();
  return player;
}

class Live extends Player {
  constructor(scene, session) {
    super(scene, "On the real node, in this page.");
    this.session = session;
  }

  get run() {
    return this.session.run;
  }

  isWhole() {
    return !this.session.own;
  }

  begin(position) {
    super.begin(position);
    this.panel.show(this.session);
  }

  /** A cluster without a story is the reader's at once. */
  open() {
    this.begin(this.run.length);
    this.panel.box.open = true;
  }

  view(box, read) {
    return new Drawn(box, this.figure.id, () => this.run, read);
  }

  below() {
    this.panel = new Panel({
      act: (lines) => this.act(lines),
      undo: () => this.change(() => this.session.undo()),
      restart: () => this.change(() => this.session.restart()),
      share: () => this.share(),
      save: () => this.save(),
    });
    return [this.panel.box];
  }

  about(chosen, position) {
    const moment = this.run.moments[position];
    const seen = chosen.node && moment.nodes.get(chosen.node);
    const message = chosen.message && this.run.messages.get(chosen.message);
    const act = (lines) => this.act(lines);
    if (message) {
      const does = moment.flight.has(message.number) ? [messageActions(message, act)] : [];
      return [...messageDetails(message, this.fate(message)), ...does];
    }
    return seen ? [...nodeDetails(seen), nodeActions(seen, act)] : [];
  }

  /**
   * The reader does something, after the event that is shown; while their own part plays, after all
   * of it: who presses two buttons wants both. False: it was refused.
   */
  act(lines) {
    const before = this.session.lines;
    const complaint = this.session.act(
      this.session.own && this.controls.timer ? this.run.length : this.controls.position,
      lines,
    );
    this.panel.box.open = true;
    if (complaint) {
      this.panel.show(this.session, complaint);
      return false;
    }
    const start = this.session.lengthBefore(lines.length);
    const gone = before.slice(this.session.lines.length - lines.length);
    this.panel.show(
      this.session,
      (gone.length ? `No more, for it came after this event: ${gone.join(", ")}\n` : "") +
        this.session.said.trimEnd(),
    );
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
    this.begin(lines.length ? this.run.length : Math.min(at, this.run.length));
    this.panel.show(this.session, complaint && `This link can't be played: ${complaint}`);
    this.panel.box.open = Boolean(lines.length || complaint) || this.scene.hasAttribute("open");
  }

  share() {
    const { own, at, lines } = this.session;
    const address = new URL(
      fragment({ scene: this.name, at: own ? at : this.controls.position, lines }),
      location.href,
    );
    history.replaceState(null, "", address);
    copy(address.href).then((done) =>
      this.panel.show(
        this.session,
        done ? "The link is copied." : "The link is in the address bar now.",
      ),
    );
  }

  save() {
    const file = `${this.name}-${this.session.own ? "mine" : "scene"}.txt`;
    download(file, this.session.file());
    this.panel.show(this.session, `Saved. In the terminal: ./book scenario ${file}`);
  }
}
