// The picture of a run of the node: it is drawn anew as it grows, because the reader's own run has
// no other picture, and because messages are under way.

import { NARROW, WIDE, svg } from "./pictures/picture.js";
import { View, phone } from "./view.js";

export class Drawn extends View {
  /** `run()` is the run that is shown now. */
  constructor(box, uid, run, read) {
    super(box, read);
    this.uid = uid;
    this.run = run;
    this.fit(/height="([\d.]+)"/.exec(this.#draw(run().length))[1]);
  }

  show(position) {
    const held = this.box.contains(document.activeElement)
      ? document.activeElement.dataset.seq
      : "";
    this.box.innerHTML = this.#draw(position);
    const rows = [...this.box.querySelectorAll(".ev[data-seq]")];
    this.mark(rows, position);
    if (held) rows[held - 1]?.focus({ preventScroll: true });
  }

  #draw(position) {
    const trace = this.run().traceAt(position);
    return svg(
      trace,
      phone.matches ? NARROW : WIDE,
      this.uid,
      `${trace.events.length} events so far.`,
    );
  }
}
