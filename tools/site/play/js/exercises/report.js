// What stands below an editor: what is under way, the verdict, where things are wrong, what was
// said.

import { button, make } from "../dom.js";

const GREEN = /^✓/;
const RED = /^✗/;
const LARGE = 100000; // from here on, numbers are bytes that a reader waits for

export class Report {
  /** goTo(file, line, column) leads into the editor. */
  constructor(exercise, goTo) {
    const { title, pack, files, reads = {} } = exercise;
    const said = pack ? "What the program printed" : "What the nodes said";
    Object.assign(this, { goTo, known: Object.keys({ ...files, ...reads }) });
    this.outcome = make("p", { class: "ex-outcome", role: "status" });
    this.bar = make("progress", { "aria-label": title, max: 1 });
    this.amount = make("span", { class: "ex-small", "aria-hidden": "true" });
    this.busy = make("div", { class: "ex-busy", hidden: true }, this.bar, this.amount);
    this.lines = make("pre", {
      class: "ex-lines",
      role: "region",
      "aria-label": `Verdict: ${title}`,
      tabindex: "0",
      hidden: true,
    });
    this.said = make("pre", { role: "region", "aria-label": `${said}: ${title}`, tabindex: "0" });
    this.heard = make(
      "details",
      { class: "ex-said", hidden: true },
      make("summary", {}, said),
      this.said,
    );
    this.parts = [
      make("div", { class: "ex-now" }, this.outcome, this.busy),
      this.lines,
      this.heard,
    ];
  }

  /**
   * A step of what is under way; its words are told when they change, the amounts are only shown.
   */
  step({ step, done, total } = {}) {
    if (this.outcome.textContent !== `${step} …`) this.show(`${step} …`);
    this.busy.hidden = false;
    if (total > 0) this.bar.value = Math.min(done / total, 1);
    else this.bar.removeAttribute("value");
    this.amount.textContent = total >= LARGE ? `${megabytes(done)} of ${megabytes(total)} MB` : "";
  }

  show(outcome, { lines = [], said = "", diagnostics = [] } = {}) {
    this.busy.hidden = true;
    this.outcome.textContent = outcome;
    const all = [...lines, ...unnamed(diagnostics, lines)];
    this.lines.hidden = all.length === 0;
    this.lines.replaceChildren(
      ...all.map((text) =>
        make(
          "span",
          { class: GREEN.test(text) ? "ex-good" : RED.test(text) ? "ex-bad" : null },
          ...this.#linked(text),
          "\n",
        ),
      ),
    );
    this.heard.hidden = said === "";
    this.said.textContent = said;
  }

  /** A line's text, with places in the reader's files as buttons that lead there. */
  #linked(text) {
    const pieces = text.split(/([\w./-]+:\d+(?::\d+)?)/);
    return pieces.map((piece, i) => {
      const [file, line, column = "1"] = i % 2 ? piece.split(":") : [];
      if (!this.known.includes(file)) return piece;
      return button(piece, () => this.goTo(file, Number(line), Number(column)), {
        class: "ex-place",
        title: "Go to that line",
      });
    });
  }
}

const megabytes = (bytes) => Math.round(bytes / 1e6);

/** Places that no line of the verdict names. */
function unnamed(diagnostics, lines) {
  const places = new Set(lines.flatMap((text) => text.match(/[\w./-]+:\d+/g) ?? []));
  return diagnostics
    .filter(({ file, line }) => !places.has(`${file}:${line}`))
    .map(
      ({ file, line, column, severity, message }) =>
        `    ${file}:${line}:${column}: ${severity}: ${message}`,
    );
}
