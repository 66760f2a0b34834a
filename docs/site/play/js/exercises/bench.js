// An exercise on the page: the editor, the buttons below it, the verdict.

import { button, make } from "../dom.js";
import { askFirst, oneByOne } from "./folds.js";
import { Marks, WORDS } from "./marks.js";

const GREEN = /^✓/;
const RED = /^✗/;

export class Bench {
  constructor(place, exercise, referee) {
    Object.assign(this, { place, exercise, referee, marks: new Marks(exercise.id), article: place.closest("article.exercise") });
    this.mark = make("span", { class: "ex-mark" });
    this.article.querySelector(".exercise-meta").append(this.mark);
    place.append(...this.#editor(), ...this.#verdict());
    this.#folds();
    this.#showMark();
  }

  #editor() {
    const id = `answer-${this.exercise.id.replace("/", "-")}`;
    this.text = make("textarea", {
      id, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-describedby": `${id}-keys`,
      onfocus: () => this.referee.ready().catch(() => {}), // whoever presses Check hears of it
      oninput: () => this.marks.note({ answer: this.text.value, state: this.marks.entry.state || "started" }),
      onkeydown: (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        this.check();
      },
    });
    this.text.value = this.marks.entry.answer ?? this.exercise.starter;
    this.text.setSelectionRange(0, 0);
    const check = button("Check", () => this.check(), { class: "ex-main" });
    const reset = button("Start again", () => this.#reset(), { class: "ex-quiet" });
    this.lead = button("Go to that line", () => this.#goThere(), { hidden: true });
    this.back = button("Put my text back", () => this.#putBack(), { class: "ex-quiet", hidden: true });
    return [
      make("div", { class: "ex-head" }, make("label", { for: id }, "answer.txt"),
        make("span", { id: `${id}-keys`, class: "ex-small" }, "Ctrl+Enter checks, Tab leaves the editor.")),
      this.text,
      make("div", { class: "ex-does" }, check, this.lead, reset, this.back),
    ];
  }

  #verdict() {
    this.outcome = make("p", { class: "ex-outcome", role: "status" });
    this.lines = make("pre", { class: "ex-lines", role: "region", "aria-label": `Verdict: ${this.exercise.title}`, tabindex: "0", hidden: true });
    this.said = make("pre", { role: "region", "aria-label": `What the nodes said: ${this.exercise.title}`, tabindex: "0" });
    this.heard = make("details", { class: "ex-said", hidden: true }, make("summary", {}, "What the nodes said"), this.said);
    return [this.outcome, this.lines, this.heard];
  }

  #folds() {
    oneByOne([...this.article.querySelectorAll("details.hint")], this.marks.entry.hints, (number) => {
      this.marks.note({ hints: Math.max(number, this.marks.entry.hints) });
    });
    const seen = () => ["passed", "shown"].includes(this.marks.entry.state);
    askFirst(this.article.querySelector("details.solution"), "Show the solution? The exercise's mark will say so.", seen, () => {
      this.marks.note({ state: "shown" });
      this.#showMark();
    });
  }

  async check() {
    if (this.busy) return;
    this.busy = true;
    this.#show("Checking …");
    const answer = this.text.value;
    try {
      this.#tell(await this.referee.verdict(this.exercise, answer), answer);
    } catch (error) {
      this.#show(`The node can't run here (${error.message}). In the terminal: ./book check ${this.exercise.id}`);
    }
    this.busy = false;
  }

  #tell({ passed, lines, said, at }, answer) {
    this.marks.tried(passed);
    this.#showMark();
    const untouched = answer === this.exercise.starter ? ` This is the starter as it came. ${this.exercise.why}` : "";
    const solved = this.marks.entry.state === "shown" ? "That is the solution's way." : `Solved: ${this.exercise.title}.`;
    this.#show(passed ? solved : `Not yet.${untouched}`, lines, said, at);
  }

  #show(outcome, lines = [], said = "", at = undefined) {
    this.at = at;
    this.lead.hidden = at === undefined;
    this.outcome.textContent = outcome;
    this.lines.hidden = lines.length === 0;
    this.lines.replaceChildren(...lines.map((text) => make("span", { class: GREEN.test(text) ? "ex-good" : RED.test(text) ? "ex-bad" : null }, `${text}\n`)));
    this.heard.hidden = said === "";
    this.said.textContent = said;
  }

  /** Marks the first wrong line in the editor. */
  #goThere() {
    const lines = this.text.value.split("\n");
    const from = lines.slice(0, this.at).join("\n").length + (this.at ? 1 : 0);
    this.text.focus();
    this.text.setSelectionRange(from, from + (lines[this.at] ?? "").length);
    const high = Number.parseFloat(getComputedStyle(this.text).lineHeight);
    this.text.scrollTop = (this.at - 3) * high; // with some lines above it
  }

  /** Nothing that the reader wrote is lost. */
  #reset() {
    if (this.text.value !== this.exercise.starter) this.kept = this.text.value;
    this.#put(this.exercise.starter);
    this.marks.note({ state: "started", hints: 0 });
    this.#showMark();
    this.back.hidden = this.kept === undefined;
    this.#show("");
  }

  #putBack() {
    this.#put(this.kept);
    this.kept = undefined;
    this.text.focus(); // the button goes
    this.back.hidden = true;
  }

  #put(text) {
    this.text.value = text;
    this.marks.note({ answer: text });
  }

  #showMark() { this.mark.textContent = WORDS[this.marks.entry.state] ?? ""; }
}
