// Play, pause, step, back, scrub, speed.

import { button, make } from "./dom.js";

const SPEEDS = [
  ["0.5", "half speed"],
  ["1", "normal speed"],
  ["2", "twice as fast"],
  ["5", "five times as fast"],
];
const PACE = 1000; // milliseconds for one event

export class Controls {
  /** `go(position)` is asked to show a position; `words(position)` says what happens there. */
  constructor(go, words) {
    this.go = go;
    this.words = words;
    this.position = 0;
    this.length = 0;
    this.timer = 0;
    this.play = button("Play", () => (this.timer ? this.pause() : this.start()), {
      class: "play-main",
    });
    this.back = button("Back", () => this.to(this.position - 1));
    this.step = button("Step", () => this.to(this.position + 1));
    this.scrub = make("input", {
      type: "range",
      min: "0",
      value: "0",
      "aria-label": "Position in the run",
      oninput: () => this.to(Number(this.scrub.value)),
    });
    this.speed = make(
      "select",
      {
        "aria-label": "Speed",
        onchange: () => {
          if (this.timer) this.start();
        },
      },
      ...SPEEDS.map(([value, name]) => make("option", { value }, name)),
    );
    this.speed.value = "1";
    this.bar = make(
      "div",
      { class: "play-bar", role: "group", "aria-label": "Player" },
      this.play,
      this.back,
      this.step,
      this.scrub,
      this.speed,
    );
  }

  /** By hand: what plays, pauses. */
  to(position) {
    this.pause();
    this.#show(position);
  }

  start() {
    clearInterval(this.timer);
    if (this.position === this.length) this.#show(0);
    this.timer = setInterval(() => this.#next(), PACE / Number(this.speed.value));
    this.play.textContent = "Pause";
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = "Play";
  }

  /** The run has so many events now, and this is where we stand. */
  set(position, length) {
    this.length = length;
    this.scrub.max = String(length);
    this.#show(position);
  }

  #next() {
    if (this.position >= this.length) this.pause();
    else this.#show(this.position + 1);
  }

  #show(position) {
    this.position = Math.max(0, Math.min(this.length, position));
    this.scrub.value = String(this.position);
    this.scrub.setAttribute("aria-valuetext", this.words(this.position));
    this.back.disabled = this.position === 0;
    this.step.disabled = this.position === this.length;
    this.go(this.position);
  }
}
