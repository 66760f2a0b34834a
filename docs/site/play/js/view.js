// The picture as far as it has come, in a box of its own: rows are read by mouse and by keyboard.

import { NARROW, WIDE, svg } from "./picture.js";

const phone = matchMedia("(max-width: 46em)");

export class View {
  /** `read` is told the number of the row that somebody looks at. */
  constructor(box, uid, read) {
    this.box = box;
    this.uid = uid;
    this.read = read;
    box.classList.add("play-view");
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "The picture so far");
    box.addEventListener("click", (event) => this.#chosen(event.target));
    box.addEventListener("keydown", (event) => this.#key(event));
    phone.addEventListener("change", () => this.again?.());
  }

  /** The box keeps one height while the picture grows in it. */
  fit(trace) {
    const height = /height="([\d.]+)"/.exec(this.#draw(trace))[1];
    this.box.style.height = `min(${Math.ceil(height) + 8}px, max(20rem, 46vh))`;
  }

  show(trace, position) {
    this.again = () => this.show(trace, position);
    const held = this.box.contains(document.activeElement) ? document.activeElement.dataset.seq : "";
    this.box.innerHTML = this.#draw(trace);
    this.rows = [...this.box.querySelectorAll(".ev[data-seq]")];
    for (const row of this.rows) row.setAttribute("tabindex", "-1");
    (this.rows[position - 1] ?? this.rows.at(-1))?.setAttribute("tabindex", "0");
    this.rows[position - 1]?.classList.add("now");
    if (held) this.rows[held - 1]?.focus({ preventScroll: true });
    this.box.scrollTop = this.box.scrollHeight;
  }

  #draw(trace) {
    return svg(trace, phone.matches ? NARROW : WIDE, this.uid, `${trace.events.length} events so far.`);
  }

  #chosen(target) {
    const row = target.closest(".ev[data-seq]");
    if (row) this.read(Number(row.dataset.seq));
  }

  #key(event) {
    const at = this.rows.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#chosen(document.activeElement);
      return;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.rows.length - 1 }[event.key];
    if (to === undefined || !this.rows[to]) return;
    event.preventDefault();
    this.rows[to].focus();
  }
}
