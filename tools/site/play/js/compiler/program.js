// A program that was built for the page, as something to run: in a worker, with a limit of time.

const TRAPS = [
  [/unreachable/, "it aborted, or looked through a null pointer"],
  [/divide by zero/, "it divided by zero"],
  [/out of bounds/, "it touched memory that is not its own"],
  [/call stack|recursion/i, "its calls went too deep"],
];

const befell = (trap) => TRAPS.find(([sign]) => sign.test(trap))?.[1] ?? trap;

export class Program {
  /** `start` makes a worker that runs programs: see runner.js. */
  constructor(bytes, start) {
    this.bytes = bytes;
    this.start = start;
    this.reportAt = "/report.json";
  }

  /**
   * How it ended: {code, fell, said, report}; {late: true} if it did not within so many seconds.
   */
  async run(order, seconds) {
    if (!this.worker) {
      this.worker = this.start();
      this.worker.postMessage({ program: this.bytes });
    }
    let clock;
    const late = new Promise((done) => {
      clock = setTimeout(() => done({ late: true }), seconds * 1000);
    });
    const over = new Promise((done, fail) => {
      this.fail = fail;
      this.worker.onmessage = ({ data }) => done(data);
      this.worker.onerror = (event) =>
        fail(new Error(event.message || "the program can't be run here"));
      this.worker.postMessage(order);
    });
    const how = await Promise.race([over, late]).finally(() => clearTimeout(clock));
    if (how.late) {
      this.close();
      return how;
    }
    return { ...how, fell: how.trap === null ? "" : befell(how.trap) };
  }

  /** Ends a run that is under way; whoever waits for it hears why. */
  stop(why) {
    this.close();
    this.fail?.(new Error(why));
  }

  /** The next run begins with a new worker. */
  close() {
    this.worker?.terminate();
    this.worker = undefined;
  }
}
