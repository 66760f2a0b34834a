// Gives verdicts on a Compose that a program judges: the program came with the site, and reads the
// answer.

import { performed } from "../verdicts/compose.js";
import { unpack } from "./archive.js";
import { changing } from "./downloads.js";
import { Program } from "./program.js";

export class Performer {
  /** `start` makes a worker that runs programs: see runner.js. */
  constructor(
    exercise,
    start = () => new Worker(new URL("runner.js", import.meta.url), { type: "module" }),
  ) {
    Object.assign(this, { exercise, start });
  }

  /** Has the program fetched, once. */
  async prepare() {
    this.program ??= new Program(
      unpack(
        await changing.fresh(new URL(`../${this.exercise.pack}`, import.meta.url).href),
      ).files.get("program.wasm"),
      this.start,
    );
  }

  /** {passed, lines}. */
  async verdict(files) {
    await this.prepare();
    return performed(this.program, files);
  }

  cancel() {
    this.program?.stop("stopped");
  }
}
