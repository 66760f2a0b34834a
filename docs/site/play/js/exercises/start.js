// On pages with exercises that can be judged here, and only there. The node is fetched when the reader
// goes into the editor or presses Check; without it there is the brief, and the terminal's command.

import { Bench } from "./bench.js";
import { Referee } from "./referee.js";

class RaftExercise extends HTMLElement {
  connectedCallback() {
    if (!globalThis.Worker || !globalThis.WebAssembly) return;
    const exercise = JSON.parse(this.querySelector("script").textContent);
    const worker = () => new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    new Bench(this, exercise, new Referee(worker));
    this.classList.add("alive");
  }
}

customElements.define("raft-exercise", RaftExercise);
