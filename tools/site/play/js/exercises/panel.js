// An exercise that is solved on the page: an editor, the buttons below it, the verdict.
//
// The editor is one of text_editor.js or code_editor.js. A referee has prepare(progress),
// verdict(files, progress) and, if it can be stopped, cancel().

import { button, make } from "../dom.js";
import { keep } from "../offline.js";
import { Report } from "./report.js";
import { FILE } from "../verdicts/verdict.js";

const WHERE = { compose: "The node can't run here", predict: "This can't be judged here" };

export class Panel {
  /** Editor is a class. */
  constructor(place, card, referee, Editor) {
    Object.assign(this, { card, referee, exercise: card.exercise });
    this.editor = new Editor(this.exercise, card.files, {
      changed: () => card.wrote(this.editor.files),
      check: () => this.check(),
      used: () => this.#prepared().catch(() => {}), // whoever presses Check hears of it
    });
    this.report = new Report(this.exercise, (...spot) => this.editor.goTo(...spot));
    place.append(...this.editor.parts, this.#buttons(), ...this.report.parts);
  }

  #buttons() {
    this.go = button("Check", () => this.check(), { class: "ex-main" });
    this.halt = button("Cancel", () => this.cancel(), { hidden: true });
    this.lead = button("Go to that line", () => this.editor.goTo(...this.spot), { hidden: true });
    this.again = button("Start again", () => this.#reset(), { class: "ex-quiet" });
    this.back = button("Put my text back", () => this.#putBack(), {
      class: "ex-quiet",
      hidden: true,
    });
    return make("div", { class: "ex-does" }, this.go, this.halt, this.lead, this.again, this.back);
  }

  /** Fetches what the referee needs, once, and shows how far that is. */
  prepare() {
    return this.#underWay(async (progress, stopped) => {
      await this.#prepared(progress);
      if (!stopped()) this.report.show("Ready when you are.");
    });
  }

  /** If something is being fetched still, then after that. */
  check() {
    if (this.current && !this.checking) this.next = () => this.check();
    return this.#underWay(async (progress, stopped) => {
      this.checking = true;
      progress({ step: "Checking" });
      await this.#prepared(progress);
      const files = this.editor.files;
      const verdict = await this.referee.verdict(files, progress);
      if (!stopped()) this.#tell(verdict, files);
    });
  }

  cancel() {
    if (!this.current) return;
    this.preparing = this.next = undefined;
    this.referee.cancel();
    this.#idle();
    this.report.show("Stopped.");
  }

  #prepared(progress = () => {}) {
    this.preparing ??= keep()
      .then(() => this.referee.prepare(progress))
      .catch((error) => {
        this.preparing = undefined;
        throw error;
      });
    return this.preparing;
  }

  /** One thing at a time. What was cancelled has nothing more to say. */
  async #underWay(does) {
    if (this.current) return;
    const mine = {};
    this.current = mine;
    const stopped = () => this.current !== mine;
    this.halt.hidden = !this.referee.cancel;
    this.lead.hidden = true;
    try {
      await does((step) => {
        if (!stopped()) this.report.step(step);
      }, stopped);
    } catch (error) {
      if (!stopped()) this.report.show(this.#cannot(error));
    }
    if (!stopped()) this.#idle();
  }

  #cannot({ message }) {
    const terminal = `In the terminal: ./book check ${this.exercise.id}`;
    if (!navigator.onLine)
      return `You are offline, and not all that judges this exercise is here yet (${message}). ${terminal}`;
    return `${WHERE[this.exercise.kind] ?? "The compiler can't run here"} (${message}). ${terminal}`;
  }

  #idle() {
    this.current = undefined;
    this.checking = false;
    const inHand = document.activeElement === this.halt;
    this.halt.hidden = true;
    if (inHand) this.go.focus(); // the button goes
    const { next } = this;
    this.next = undefined;
    next?.();
  }

  #tell(verdict, files) {
    const { passed, at, diagnostics = [] } = verdict;
    this.card.tried(passed);
    const untouched = same(files, this.exercise.files)
      ? ` This is the starter as it came.${this.exercise.why && ` ${this.exercise.why}`}`
      : "";
    const solved =
      this.card.marks.entry.state === "shown"
        ? "That is the solution's way."
        : `Solved: ${this.exercise.title}.`;
    this.report.show(passed ? solved : `Not yet.${untouched}`, verdict);
    this.editor.mark(diagnostics);
    const [first = at === undefined ? undefined : { file: FILE, line: at + 1 }] = diagnostics;
    this.spot = first && [first.file, first.line, first.column];
    this.lead.hidden = !first;
  }

  /** Nothing that the reader wrote is lost. */
  #reset() {
    const files = this.editor.files;
    if (!same(files, this.exercise.files)) this.kept = files;
    this.#put(this.exercise.files);
    this.card.note({ state: "started", hints: 0 });
    this.back.hidden = this.kept === undefined;
    this.lead.hidden = true;
    if (!this.current) this.report.show("");
  }

  #putBack() {
    this.#put(this.kept);
    this.kept = undefined;
    this.editor.focus(); // the button goes
    this.back.hidden = true;
  }

  #put(files) {
    this.editor.put(files);
    this.editor.mark([]);
    this.card.note({ files });
  }
}

const same = (files, others) =>
  Object.entries(files).every(([path, text]) => others[path] === text);
