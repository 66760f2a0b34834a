// A scene and what its reader did with it: the run as it is now, as a link's parts, as a file.
//
// The reader goes on from some position of the scene. What the scene did after that is gone from
// the run, and comes back with `restart`. Every change plays everything again, from a cluster
// without nodes.

import { Stopped } from "./core.js";
import { Run, asFile } from "./run.js";

/** Scenes silence their nodes; whoever goes on wants to hear them. */
function loud(sources) {
  const level = sources
    .map((source) => /^log-level\s+(\w+)\s*$/m.exec(source)?.[1])
    .findLast(Boolean);
  return level?.toLowerCase() === "none" ? [...sources, "log-level info\n"] : sources;
}

/** Drawn across the picture, and kept in the file. */
const MARK = "# From here on it is your run.\n";

/** A line that is one directive, or why it is none. */
function refusal(line) {
  const directive =
    /^[a-z_][a-z-]*(\s.*)?$/.test(line) && !line.startsWith("subtest") && !line.endsWith("\\");
  return directive ? "" : "write one directive, as in: campaign 2";
}

export class Session {
  /** `make` gives a node, `file` is the scene's scenario file. */
  constructor(make, file) {
    this.make = make;
    this.core = make();
    this.scene = new Run(this.core);
    this.scene.play(file);
    this.restart();
  }

  /** The scene as it is in the book. */
  restart() {
    this.run = this.scene;
    this.at = this.scene.length;
    this.lines = [];
    this.sources = this.scene.directives.map((d) => d.source);
    this.kept = this.sources.length;
    this.begins = this.at; // the position at which the reader's own part begins
  }

  get own() {
    return this.lines.length > 0;
  }

  /** Does some directives after a position. A complaint changes nothing. */
  act(position, lines) {
    const wrong = lines.map(refusal).find(Boolean);
    if (wrong) return wrong;
    if (!this.own || position < this.begins)
      return this.restore(Math.min(position, this.at), lines);
    const mine = this.run
      .until(position)
      .sources.slice(this.kept)
      .map((source) => source.trim().split("\n").at(-1));
    return this.restore(this.at, [...mine, ...lines]);
  }

  /** Takes back the reader's last directive. */
  undo() {
    if (this.lines.length > 1) this.restore(this.at, this.lines.slice(0, -1));
    else this.restart();
  }

  /** The scene up to a position, then these directives: what a link says. */
  restore(at, lines) {
    const wrong = lines.map(refusal).find(Boolean);
    if (wrong) return wrong;
    if (at > this.scene.length)
      return `the scene has ${this.scene.length} events; there is no ${at}`;
    if (lines.length === 0) {
      this.restart();
      return "";
    }
    try {
      const { sources: before, orders } = this.scene.until(at);
      const sources = loud(before);
      const own = lines.map((line, i) => `${i ? "" : orders + MARK}${line}\n`);
      const run = new Run(this.core);
      run.play(asFile(sources));
      const begins = orders ? 0 : run.length;
      const complaint = run.play(asFile(own));
      if (complaint) return complaint;
      if (run.directives.at(-1).said.trim() === "unknown command")
        return `${lines.at(-1)}: unknown command; the book's chapter on the language lists what there is`;
      Object.assign(this, {
        run,
        at,
        lines,
        begins,
        sources: [...sources, ...own],
        kept: sources.length,
      });
      return "";
    } catch (stop) {
      if (!(stop instanceof Stopped)) throw stop;
      this.core = this.make();
      this.scene.core = this.run.core = this.core;
      return `the node stopped: ${stop.message}`;
    }
  }

  /** How many events there were before the last so many directives. */
  lengthBefore(count) {
    return this.run.directives.at(-count).from;
  }

  /** What the last directive said, as the terminal would print it. */
  get said() {
    return this.run.directives.at(-1)?.said ?? "";
  }

  /** The run as a scenario file, with what the nodes answer. */
  file() {
    return this.core.rewrite(asFile(this.sources)).text;
  }
}
