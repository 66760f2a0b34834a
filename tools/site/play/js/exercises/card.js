// What an exercise has on the page, whoever judges it: its mark, hints one by one, a solution after
// a question.

import { make } from "../dom.js";
import { askFirst, oneByOne } from "./folds.js";
import { Marks, WORDS } from "./marks.js";

export class Card {
  constructor(article, exercise) {
    Object.assign(this, { article, exercise, marks: new Marks(exercise.id) });
    this.mark = make("span", { class: "ex-mark" });
    article.querySelector(".exercise-meta").append(this.mark);
    this.#folds();
    this.show();
  }

  /** What the reader wrote, or the starter. */
  get files() {
    return this.marks.filesLike(this.exercise.files);
  }

  get begun() {
    return this.marks.entry.files !== undefined;
  }

  wrote(files) {
    this.note({ files, state: this.marks.entry.state || "started" });
  }

  tried(passed) {
    this.marks.tried(passed);
    this.show();
  }

  note(changes) {
    this.marks.note(changes);
    this.show();
  }

  show() {
    this.mark.textContent = WORDS[this.marks.entry.state] ?? "";
  }

  #folds() {
    oneByOne(
      [...this.article.querySelectorAll("details.hint")],
      this.marks.entry.hints,
      (number) => {
        this.marks.note({ hints: Math.max(number, this.marks.entry.hints) });
      },
    );
    const seen = () => ["passed", "shown"].includes(this.marks.entry.state);
    askFirst(
      this.article.querySelector("details.solution"),
      "Show the solution? The exercise's mark will say so.",
      seen,
      () => this.note({ state: "shown" }),
    );
  }
}
