// Gives verdicts on a Compose that a program judges: the program came with the site, and reads the answer.

import { part, verdict } from "../exercises/told.js";
import { unpack } from "./archive.js";
import { changing } from "./downloads.js";
import { Program } from "./program.js";

const LIMIT = 20; // seconds
const MOST = 20; // lines of what it says
const ANSWER = "answer.txt";

export class Performer {
  /** `start` makes a worker that runs programs: see runner.js. */
  constructor(exercise, start = () => new Worker(new URL("runner.js", import.meta.url), { type: "module" })) {
    Object.assign(this, { exercise, start });
  }

  /** Has the program fetched, once. */
  async prepare() {
    this.program ??= new Program(unpack(await changing.fresh(new URL(`../${this.exercise.pack}`, import.meta.url).href)).files.get("program.wasm"), this.start);
  }

  /** {passed, lines}. */
  async verdict(files) {
    await this.prepare();
    return performed(this.program, files[ANSWER]);
  }

  cancel() { this.program?.stop("stopped"); }
}

export async function performed(program, answer) {
  const done = await program.run({ args: [ANSWER], files: { [ANSWER]: answer }, env: [`BOOK_ANSWER=${ANSWER}`] }, LIMIT);
  program.close();
  if (done.late) return verdict([part("your play", false, [`did not finish in ${LIMIT} s: probably waiting for ever`])]);
  const said = done.said.split("\n").filter((line) => line.trim());
  return verdict([part("your play", done.code === 0, ["", ...said.slice(-MOST)])]);
}
