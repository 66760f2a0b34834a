// Who gives verdicts, when no compiler is needed. Each answers verdict(files) with a promise of
// {passed, lines}, and what else there is to show; it fails where the verdict can't be given.

import { predict } from "../verdicts/predict.js";
import { FILE, part, verdict } from "../verdicts/verdict.js";

export const LARGEST = 64 * 1024; // letters that a page plays
const PATIENCE = 10; // seconds, once the node is there

const refused = (name, why) => ({ ...verdict([part(name, false, [why])]), said: "" });
const tooLong = (files, name) =>
  files[FILE].length > LARGEST &&
  refused(name, `answer.txt has ${files[FILE].length} letters; a page reads ${LARGEST} at most`);

/** Of predictions, at once. */
export class Reader {
  constructor(exercise) {
    this.exercise = exercise;
  }

  async prepare() {}

  async verdict(files) {
    return tooLong(files, "your prediction") || predict(this.exercise, files);
  }
}

/** Of compositions: asks the worker, and does not wait for ever. */
export class Player {
  /** `start` makes a worker. */
  constructor(exercise, start, patience = PATIENCE) {
    Object.assign(this, { exercise, start, patience });
  }

  /** Has the node fetched, once; it fails where it can't be. */
  prepare() {
    this.coming ??= this.#ask({}).catch((error) => {
      this.stop();
      throw error;
    });
    return this.coming;
  }

  async verdict(files) {
    const name = "your scenario";
    const long = tooLong(files, name);
    if (long) return long;
    await this.prepare();
    let clock;
    const late = new Promise((done) => {
      clock = setTimeout(done, this.patience * 1000);
    });
    const given = await Promise.race([this.#ask({ exercise: this.exercise, files }), late]).finally(
      () => clearTimeout(clock),
    );
    if (given) return given;
    this.stop();
    return refused(name, `the scenario did not finish in ${this.patience} s`);
  }

  /** The next question begins with a new worker. */
  stop() {
    this.worker?.terminate();
    this.worker = this.coming = undefined;
  }

  #ask(message) {
    this.worker ??= this.start();
    return new Promise((done, fail) => {
      this.worker.onmessage = ({ data }) =>
        data.failure ? fail(new Error(data.failure)) : done(data);
      this.worker.onerror = (event) => {
        event.preventDefault?.();
        fail(new Error(event.message || "the worker did not start"));
      };
      this.worker.postMessage(message);
    });
  }
}

/**
 * Of plays that a program judges, which came with the site; its scripts come when somebody plays.
 */
export class Audience {
  constructor(exercise) {
    this.exercise = exercise;
  }

  async prepare() {
    this.performer ??= new (await import("../compiler/performer.js")).Performer(this.exercise);
    await this.performer.prepare();
  }

  async verdict(files) {
    await this.prepare();
    return tooLong(files, "your play") || this.performer.verdict(files);
  }

  cancel() {
    this.performer?.cancel();
  }
}
