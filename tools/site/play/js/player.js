// The player of one scene: its parts, put together.
//
// It shows positions of a run. A run, be it of the node (run.js) or recorded (recording.js), has a
// length, `events`, `moments` (how nodes and messages stand at each position), `messages`,
// `words(position)`, `card(node)` and `subject(row)`. What else there is to a scene, live.js and
// recorded.js add: they say who draws (`view`), what stands below the picture (`below`), what is
// told of what a reader chose (`about`).

import { showCluster } from "./cluster.js";
import { Controls } from "./controls.js";
import { make } from "./dom.js";
import { ask, showBoth } from "./question.js";

export class Player {
  /** `what`: said beside the button of a scene that asks nothing. */
  constructor(scene, what) {
    this.scene = scene;
    this.name = scene.getAttribute("name");
    this.figure = scene.closest("figure");
    this.question = ask(this.figure.querySelector(".scene-question"), what, (answer) => {
      this.answer = answer;
      this.begin(0);
      this.controls.start();
      this.controls.play.focus();
    });
    scene.prepend(this.question);
    scene.classList.add("alive");
  }

  /** The first Play: the picture makes room for the run. */
  begin(position) {
    if (!this.controls) this.build();
    this.controls.set(position, this.run.length);
  }

  build() {
    const box = this.scene.querySelector(".scene-view");
    this.figure.querySelector(".row-words")?.remove();
    this.now = make("p", { class: "play-now", "aria-live": "polite" });
    this.cluster = make("div", { class: "play-cluster" });
    this.details = make("div", {
      class: "play-details",
      hidden: true,
      role: "group",
      "aria-label": "Details",
      tabindex: "-1",
    });
    this.controls = new Controls(
      (position) => this.show(position),
      (position) => this.run.words(position),
    );
    this.picture = this.view(box, (row) => this.read(row));
    this.question.replaceWith(this.controls.bar);
    box.before(this.now, this.cluster);
    box.after(this.details, ...this.below());
  }

  show(position) {
    const { run } = this;
    this.now.textContent = `${position} of ${run.length}. ${run.words(position)}`;
    this.picture.show(position);
    this.showNodes(position);
    this.showDetails();
    if (position === run.length && this.isWhole()) showBoth(this.figure, this.answer);
  }

  /** Is this the scene as it is in the book? */
  isWhole() {
    return true;
  }

  showNodes(position) {
    const { run } = this;
    showCluster(
      this.cluster,
      run.moments[position],
      run.moments[position - 1],
      (node) => run.card(node),
      {
        chosen: this.chosen?.node,
        choose: (id) => this.choose({ node: id }),
        read: (message) => this.choose({ message }),
      },
    );
  }

  read(row) {
    const what = this.run.subject(row);
    if (what) this.choose(what);
  }

  /** A node, a message or a row is looked at; a node that is chosen again is not. */
  choose(what) {
    this.chosen = what.node && this.chosen?.node === what.node ? null : what;
    const held = document.activeElement?.dataset;
    this.showNodes(this.controls.position);
    this.showDetails();
    if (held?.node) this.cluster.querySelector(`[data-node="${held.node}"]`)?.focus();
    if (held?.message) this.cluster.querySelector(`[data-message="${held.message}"]`)?.focus();
  }

  showDetails() {
    const words = this.chosen ? this.about(this.chosen, this.controls.position) : [];
    const held =
      this.details.contains(document.activeElement) && document.activeElement.textContent;
    this.details.replaceChildren(...words);
    this.details.hidden = !words.length;
    if (held !== false) this.refocus(held);
  }

  /** Who acted by keyboard stays where they were, or as near as there is something. */
  refocus(words) {
    const same = [...this.details.querySelectorAll("button:enabled")].find(
      (each) => each.textContent === words,
    );
    (same ?? (this.details.hidden ? this.controls.play : this.details)).focus({
      preventScroll: true,
    });
  }

  /** What became of a message by now. */
  fate({ number }) {
    const { position } = this.controls;
    if (this.run.moments[position].flight.has(number)) return ", under way";
    const last = this.run.events
      .slice(0, position)
      .findLast((event) => event.id === String(number));
    return { arrive: ", arrived", drop: ", lost" }[last?.kind] ?? "";
  }
}
