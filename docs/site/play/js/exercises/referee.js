// Asks the worker for verdicts, and does not wait for ever.

export const LARGEST = 64 * 1024; // letters that a page plays
const PATIENCE = 10; // seconds, once the node is there

const refused = (name, why) => ({ passed: false, lines: [`✗ ${name}   ${why}`], said: "" });

export class Referee {
  /** `start` makes a worker. */
  constructor(start, patience = PATIENCE) {
    this.start = start;
    this.patience = patience;
  }

  /** Has the node fetched, once; it fails where it can't be. */
  ready() {
    this.coming ??= this.#ask({}).catch((error) => {
      this.stop();
      throw error;
    });
    return this.coming;
  }

  /** {passed, lines, said}; fails where there is no node. */
  async verdict(exercise, answer) {
    const whose = exercise.kind === "predict" ? "your prediction" : "your scenario";
    if (answer.length > LARGEST) return refused(whose, `answer.txt has ${answer.length} letters; a page plays ${LARGEST} at most`);
    await this.ready();
    let clock;
    const late = new Promise((done) => { clock = setTimeout(done, this.patience * 1000); });
    const verdict = await Promise.race([this.#ask({ exercise, answer }), late]).finally(() => clearTimeout(clock));
    if (verdict) return verdict;
    this.stop();
    return refused(whose, `the scenario did not finish in ${this.patience} s`);
  }

  /** The next question begins with a new worker. */
  stop() {
    this.worker?.terminate();
    this.worker = this.coming = undefined;
  }

  #ask(message) {
    this.worker ??= this.start();
    return new Promise((done, fail) => {
      this.worker.onmessage = ({ data }) => (data.failure ? fail(new Error(data.failure)) : done(data));
      this.worker.onerror = (event) => {
        event.preventDefault?.();
        fail(new Error(event.message || "the worker did not start"));
      };
      this.worker.postMessage(message);
    });
  }
}
