// A native program as something to run, with limits of time and output. It runs in a directory of
// its own and in a process group of its own, and nothing of either is left when it is over.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// bytes of output that are kept; a program that prints for ever must not fill the memory
const MOST = 10_000_000;
const SIGNALS = {
  SIGABRT: "it aborted",
  SIGFPE: "it divided by zero",
  SIGKILL: "it was killed",
  SIGSEGV: "it touched memory that is not its own",
};

const running = new Set();

/** Ends whatever runs still. */
export function endAll() {
  for (const child of running) end(child);
}

export class Program {
  /** `first` are arguments that stand before all others. */
  constructor(path, first = []) {
    this.path = path;
    this.first = first;
    this.reportAt = "report.json";
  }

  /**
   * How it ended: {code, fell, said, report, left}; `left` is what became of its files. {late:
   * true} if it did not.
   */
  async run({ args, files = {}, env = {} }, seconds) {
    const room = mkdtempSync(join(tmpdir(), "book-"));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(room, name), text);
      const done = await finished(
        spawn(this.path, [...this.first, ...args], {
          cwd: room,
          env: { ...process.env, LC_ALL: "C.UTF-8", LANG: "C.UTF-8", ...env },
          stdio: ["ignore", "pipe", "pipe"],
          detached: true,
        }),
        seconds,
      );
      const left = Object.fromEntries(
        Object.keys(files).map((name) => [name, contents(join(room, name))]),
      );
      return { ...done, left, report: contents(join(room, this.reportAt)) };
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  }

  close() {} // nothing of it is left between two runs
}

function contents(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // it was not written
  }
}

function finished(child, seconds) {
  running.add(child);
  const heard = new Heard();
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => heard.add(bytes));
  return new Promise((done) => {
    const over = (how) => {
      clearTimeout(clock);
      running.delete(child);
      end(child);
      done({ ...how, said: heard.text });
    };
    const clock = setTimeout(() => over({ late: true }), seconds * 1000);
    child.on("error", (error) => over({ code: 127, fell: error.message }));
    child.on("close", (code, signal) =>
      over({ code, fell: signal ? (SIGNALS[signal] ?? `it was ended by ${signal}`) : "" }),
    );
  });
}

/** The whole group, whatever the program started. */
function end(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    /* nobody is left */
  }
}

/** The beginning of what a program says; the rest is counted. */
class Heard {
  constructor() {
    Object.assign(this, { parts: [], size: 0 });
  }

  add(bytes) {
    this.size += bytes.length;
    if (this.size <= MOST) this.parts.push(bytes);
  }

  get text() {
    const kept = Buffer.concat(this.parts).toString("utf8");
    return this.size > MOST
      ? `${kept}\n… ${this.size - MOST} more bytes of output are left out`
      : kept;
  }
}
