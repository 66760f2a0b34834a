// The question that is answered before a scene plays. What the reader wrote is kept for the end.

import { button, make } from "./dom.js";

/**
 * What stands in the place of the controls until the run begins: begin(answer) starts it. `what`:
 * said where nothing is asked.
 */
export function ask(asks, what, begin) {
  if (!asks)
    return make(
      "div",
      { class: "play-question" },
      button("Play", () => begin(""), { class: "play-main" }),
      make("span", { class: "play-small" }, what),
    );
  const field = make("input", {
    type: "text",
    class: "play-answer",
    autocomplete: "off",
    maxlength: "300",
  });
  const form = make(
    "form",
    { class: "play-question" },
    make("label", {}, make("span", { class: "play-small" }, "Your answer, before it plays"), field),
    make("button", { type: "submit", class: "play-main" }, "Play"),
    button("Play without one", () => begin(""), { class: "play-quiet" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = field.value.trim();
    if (answer) begin(answer);
    else field.focus();
  });
  return form;
}

/** At the end: both answers, side by side. */
export function showBoth(figure, answer) {
  const fold = figure.querySelector("details.answer");
  if (!fold || fold.open) return;
  if (answer)
    fold.querySelector(".folded").prepend(make("p", { class: "play-said" }, `You said: ${answer}`));
  fold.open = true;
}
