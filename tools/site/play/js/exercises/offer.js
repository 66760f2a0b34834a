// What an exercise in C++ shows before the reader wants to solve it here: a button, and what it
// costs. Nothing is fetched for it; the editor and the compiler come when the button is pressed.

import { button, make } from "../dom.js";

export class Offer {
  /** accepted() is called once, and may fail. */
  constructor(place, card, accepted) {
    Object.assign(this, { place, card, accepted });
    const { compiler, pack } = card.exercise.sizes;
    const file =
      card.exercise.kind === "hunt" ? " The page opens the file that the bug is in." : "";
    this.cost = `Downloads the compiler once, ${Math.round((compiler + pack) / 1e6)} MB; kept for all exercises.${file}`;
    this.here = `The compiler is here already.${file}`;
    this.words = make("span", { class: "ex-small", role: "status" }, this.cost);
    this.take = button(card.begun ? "Go on here" : "Solve it here", () => this.#taken(), {
      class: "ex-main",
    });
    this.box = make("div", { class: "ex-offer" }, this.take, this.words);
    place.append(this.box);
    for (const event of ["online", "offline"]) addEventListener(event, () => this.#showCost());
    this.#showCost();
  }

  async #showCost() {
    const kept = await isKept();
    if (kept) this.words.textContent = this.here;
    else
      this.words.textContent = navigator.onLine
        ? this.cost
        : "You are offline, and the compiler is not here yet.";
  }

  async #taken() {
    this.take.disabled = true;
    this.words.textContent = "Fetching the editor …";
    try {
      await this.accepted();
      this.box.remove();
    } catch (error) {
      this.take.disabled = false;
      this.words.textContent = `The editor can't be fetched (${error.message}). In the terminal: ./book check ${this.card.exercise.id}`;
    }
  }
}

/** Has the compiler been fetched on an earlier day? Where nothing is kept, no. */
async function isKept() {
  try {
    return Boolean(
      await caches.match(new URL("../compiler/llvm.wasm", import.meta.url), { ignoreSearch: true }),
    );
  } catch {
    return false;
  }
}
