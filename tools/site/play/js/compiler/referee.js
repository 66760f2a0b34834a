// Gives verdicts on exercises in C++: has the reader's files compiled in one worker, shared by all
// exercises of a page, and the programs run in another, which is ended when it takes too long.

import { judge } from "../verdicts/code.js";
import { Program } from "./program.js";

const SCENARIO = "scenario.txt";
const LIMITS = { test: 10, impatient: 3, wrong: 10 }; // seconds, as PATIENT of verdicts/tests.js

const starts = {
  compiler: () => new Worker(new URL("worker.js", import.meta.url), { type: "module" }),
  runner: () => new Worker(new URL("runner.js", import.meta.url), { type: "module" }),
};

/** The worker with the compiler: asked by number, one for a page. */
export class Compiler {
  constructor(start) {
    this.start = start;
    this.waiting = new Map();
    this.number = 0;
  }

  /** `owner` is who asks, and may stop it. */
  ask(question, onProgress, owner) {
    this.number += 1;
    return new Promise((done, fail) =>
      this.#post(this.number, { question, done, fail, onProgress, owner }),
    );
  }

  #post(id, asker) {
    this.worker ??= this.#begin();
    this.waiting.set(id, asker);
    this.worker.postMessage({ id, ...asker.question });
  }

  #begin() {
    const worker = this.start();
    worker.onmessage = ({ data: { id, progress, done, failure } }) => {
      const asker = this.waiting.get(id);
      if (progress) asker?.onProgress(progress);
      else this.waiting.delete(id);
      if (done) asker?.done(done);
      if (failure) asker?.fail(new Error(failure));
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fell(`the compiler can't run here${event.message ? `: ${event.message}` : ""}`);
    };
    return worker;
  }

  /** Everybody who waits hears why; the next question begins with a new worker. */
  #fell(why) {
    for (const { fail } of this.#end()) fail(new Error(why));
  }

  /**
   * What an owner asked is stopped. A compiler can only be stopped as a whole, so others are asked
   * for again.
   */
  stop(owner) {
    const before = this.#end();
    for (const asker of before.filter((one) => one.owner === owner))
      asker.fail(new Error("stopped"));
    for (const asker of before.filter((one) => one.owner !== owner))
      this.#post((this.number += 1), asker);
  }

  /** Ends the worker; who was waiting for it. */
  #end() {
    this.worker?.terminate();
    this.worker = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    return all;
  }
}

let shared;

export class CompilerReferee {
  /** `exercise` is what tools/book/exercises/page.py says of it. */
  constructor(exercise, { compiler = starts.compiler, runner = starts.runner } = {}) {
    this.exercise = exercise;
    this.compiler = shared ??= new Compiler(compiler);
    this.runner = runner;
    this.programs = new Set();
  }

  /** Has everything there that a verdict needs; onProgress({step, done, total}), in bytes. */
  async prepare(onProgress = () => {}) {
    await this.compiler.ask(
      { what: "ready", pch: this.exercise.kind === "kill" ? "tests" : "std" },
      onProgress,
      this,
    );
  }

  /** {passed, lines, diagnostics, said} on files, by name. */
  async verdict(files, onProgress = () => {}) {
    const tell = (step, done, total) => onProgress({ step, done, total });
    const { pack, ...built } = await this.compiler.ask(
      { what: "build", pack: this.exercise.pack, files },
      onProgress,
      this,
    );
    return judged(pack, built, files, { tell, program: (bytes) => this.#program(bytes) }).finally(
      () => this.programs.clear(),
    );
  }

  #program(bytes) {
    const program = new Program(bytes, this.runner);
    this.programs.add(program);
    return program;
  }

  /** Stops whatever is under way. */
  cancel() {
    this.compiler.stop(this);
    for (const program of this.programs) program.stop("stopped");
    this.programs.clear();
  }
}

/** The verdict on files that were built: `pack` is the exercise's, `program` makes a Program. */
export function judged(
  { manifest, files: packed },
  { said, programs = [] },
  files,
  { tell, program },
) {
  const bytesOf = new Map(programs.map(({ name, bytes }) => [name, bytes]));
  const scenario = packed.has(SCENARIO) ? new TextDecoder().decode(packed.get(SCENARIO)) : "";
  const wrong = manifest.programs.map(({ name }) => name).filter(Boolean);
  const build = async (name) => ({
    said,
    program: bytesOf.has(name) ? program(bytesOf.get(name)) : null,
  });
  return judge({ ...manifest, scenario, wrong }, files, { build, names: {}, limits: LIMITS, tell });
}
