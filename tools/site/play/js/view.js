// The picture as far as it has come, in a box of its own: rows are read by mouse and by keyboard.
// Where the picture comes from, drawn.js and uncovered.js say, each in a `show(position)`.

export const phone = matchMedia("(max-width: 46em)");

export class View {
  /** `read` is told the number of the row that somebody looks at. */
  constructor(box, read) {
    this.box = box;
    this.read = read;
    box.classList.add("play-view");
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "The picture so far");
    box.addEventListener("click", (event) => this.#chosen(event.target));
    box.addEventListener("keydown", (event) => this.#key(event));
    phone.addEventListener("change", () => this.show(this.position));
  }

  /** The box keeps one height while the picture grows in it. */
  fit(height) {
    this.box.style.height = `min(${Math.ceil(height) + 8}px, max(20rem, 46vh))`;
  }

  /** These rows are in the picture now, and this is the last: it is lit, and in sight. */
  mark(rows, position) {
    this.rows = rows;
    this.position = position;
    rows.forEach((row, i) => {
      row.setAttribute("tabindex", i === Math.max(0, position - 1) ? "0" : "-1");
      row.classList.toggle("now", i === position - 1);
    });
    this.box.scrollTop = this.box.scrollHeight;
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
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.rows.length - 1 }[
      event.key
    ];
    if (to === undefined || !this.rows[to]) return;
    event.preventDefault();
    this.rows[to].focus();
  }
}
