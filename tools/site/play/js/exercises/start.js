// On pages with exercises that can be judged here, and only there. What judges them is fetched when
// the reader goes into an editor, or asks for one; without it there is the brief, and the
// terminal's command.

import { Panel } from "./panel.js";
import { Card } from "./card.js";
import { Offer } from "./offer.js";
import { Audience, Player, Reader } from "./referee.js";
import { TextEditor } from "./text_editor.js";

const worker = () => new Worker(new URL("worker.js", import.meta.url), { type: "module" });
const REFEREES = {
  predict: (exercise) => new Reader(exercise),
  compose: (exercise) => (exercise.pack ? new Audience(exercise) : new Player(exercise, worker)),
};

/** The editor and the compiler for C++. */
async function compilerPanel(place, card) {
  const [{ CodeEditor }, { CompilerReferee }] = await Promise.all([
    import("./code_editor.js"),
    import("../compiler/referee.js"),
  ]);
  const panel = new Panel(place, card, new CompilerReferee(card.exercise), CodeEditor);
  panel.prepare();
  panel.editor.focus();
}

class RaftExercise extends HTMLElement {
  connectedCallback() {
    const exercise = JSON.parse(this.querySelector("script").textContent);
    if (exercise.kind !== "predict" && !(globalThis.Worker && globalThis.WebAssembly))
      return this.classList.add("still");
    const card = new Card(this.closest("article.exercise"), exercise);
    if (exercise.kind in REFEREES)
      new Panel(this, card, REFEREES[exercise.kind](exercise), TextEditor);
    else new Offer(this, card, () => compilerPanel(this, card));
    this.classList.add("alive");
  }
}

customElements.define("raft-exercise", RaftExercise);
