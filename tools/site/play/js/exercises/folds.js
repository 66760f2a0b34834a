// The folds that the page has anyway: hints come one by one, the solution after a question.

import { button, make } from "../dom.js";

/** Hints beyond the first wait until the one before was opened. opened(n) hears of each. */
export function oneByOne(hints, given, opened) {
  hints.forEach((hint, i) => {
    hint.hidden = i > given;
    hint.querySelector("summary").addEventListener("click", () => {
      if (hints[i + 1]) hints[i + 1].hidden = false;
      opened(i + 1);
    });
  });
}

/** The fold opens when the reader says so; free() tells that nothing needs to be asked. */
export function askFirst(fold, question, free, opened) {
  const summary = fold.querySelector("summary");
  summary.addEventListener("click", (event) => {
    if (fold.open || free()) return;
    event.preventDefault();
    if (fold.previousElementSibling?.classList.contains("ex-sure")) return;
    const away = () => {
      box.remove();
      summary.focus();
    };
    const yes = () => {
      away();
      fold.open = true;
      opened();
    };
    const box = make(
      "div",
      { class: "ex-sure", role: "group", "aria-label": question },
      make("span", {}, question),
      button("Show it", yes),
      button("Not yet", away, { class: "ex-quiet" }),
    );
    box.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") away();
    });
    fold.before(box);
    box.querySelector("button").focus();
  });
}
