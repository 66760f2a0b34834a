// The node of the terminal, for compositions: the native program `scenario`, as core.js is the
// page's.

import { Stopped } from "../js/core.js";
import { FILE } from "../js/verdicts/verdict.js";

const PATIENCE = 20; // seconds

export class NativeNode {
  constructor(program) {
    this.program = program;
  }

  /** The file with what the nodes say now, {text}, or what is wrong with it, {complaint}. */
  async rewrite(text) {
    const { late, code, said, left } = await this.program.run(
      { args: ["--rewrite", FILE], files: { [FILE]: text } },
      PATIENCE,
    );
    if (late) return { complaint: `the scenario did not finish in ${PATIENCE} s` };
    const stopped = /broken invariant: (.*)/.exec(said);
    if (stopped) throw new Stopped(stopped[1]);
    return code === 0
      ? { text: left[FILE] }
      : { complaint: said.trim() || `the scenario ended with exit code ${code}` };
  }
}
