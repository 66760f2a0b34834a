// A run: the directives that were played, what happened, and how things stood after each event.
//
// A position is a number of events: 0 is where the picture begins. The events of a directive that
// the picture does not show have no position of their own; what they did stands with the event
// before.

import { sentence } from "./pictures/words.js";

const ORDER = /^\s*#+\s*picture:/;
const END = /^\s*#+\s*picture:\s*end\s*$/;
const ordersOf = (source) =>
  source
    .split("\n")
    .filter((line) => ORDER.test(line))
    .map((line) => `${line}\n`)
    .join("");
const withoutEnd = (source) =>
  source
    .split("\n")
    .filter((line) => !END.test(line))
    .join("\n");

/** Directives as a scenario file that expects nothing. */
export const asFile = (sources) => sources.map((source) => `${source}----\n\n`).join("");

export class Run {
  /** `core` is an instance of the node, of which this run has the use alone. */
  constructor(core) {
    this.core = core;
    core.begin();
    // {source, cmd, said, from, to}: `to` is the number of events when it was over
    this.directives = [];
    this.moments = [start()]; // moments[p]: how things stand at position p
    this.events = [];
    this.lanes = new Map(); // id -> state when the picture began
    this.messages = new Map(); // number -> every message that was ever on its way
  }

  /** The first comment of the file. */
  get title() {
    const comments = (this.directives[0]?.source ?? "")
      .split("\n")
      .map((line) => /^\s*#+\s*(.*?)\s*$/.exec(line)?.[1]);
    return comments.find(Boolean) ?? "scene";
  }

  get length() {
    return this.events.length;
  }

  /** How things stand at the end. */
  get now() {
    return this.moments.at(-1);
  }

  /** What happens at a position. */
  words(position) {
    return position
      ? sentence(this.traceAt(position), this.events[position - 1])
      : "The beginning.";
  }

  /** What a reader who points at a row wants to see: its message, or its node. */
  subject(row) {
    const event = this.events[row - 1];
    if (event?.id) return { message: Number(event.id) };
    return event?.lane ? { node: Number(event.lane) } : null;
  }

  /** What is written on a node's card. */
  card({ id, state, term, vote, commit, ready }) {
    return {
      name: `node ${id}`,
      lines: [`${state}, term ${term}`, `${vote ? `vote for ${vote}, ` : ""}commit ${commit}`],
      more: ready ? "has a Ready" : "",
    };
  }

  /** Plays a piece of a scenario file; a complaint, or nothing. */
  play(text) {
    const { directives, complaint } = this.core.play(text);
    for (const d of directives) if (!(complaint && d === directives.at(-1))) this.#keep(d);
    return complaint.replace(/^scene:\d+: /, "");
  }

  #keep({ source, cmd, said, items }) {
    let from = this.length;
    for (const item of items) {
      if (item.clear) {
        this.events = [];
        this.moments = [this.now];
        for (const d of this.directives) d.from = d.to = 0;
        this.lanes = new Map([...this.moments[0].nodes].map(([id, node]) => [id, node.state]));
        from = 0;
      } else if (item.event) {
        this.events.push(item.event);
        this.moments.push(this.now);
      } else {
        this.moments[this.moments.length - 1] = after(this.now, item);
        if (item.sent) this.messages.set(item.sent.number, item.sent);
        if (item.node && !this.lanes.has(item.node.id))
          this.lanes.set(item.node.id, item.node.state);
      }
    }
    this.directives.push({ source, cmd, said, from, to: this.length });
  }

  /** The trace up to a position, for a picture. At the end, everybody's log is shown. */
  traceAt(position) {
    const events = this.events.slice(0, position);
    if (position === this.length) {
      for (const [id, node] of this.now.nodes) {
        if (!node.entries.length) continue;
        events.push({
          seq: events.length + 1,
          kind: "log",
          lane: String(id),
          log: node.entries.map((e) => e.term),
          first: node.first,
          commit: node.commit,
        });
      }
    }
    const word = this.lanes.size > 3 ? "n" : "node ";
    const lanes = [...this.lanes].map(([id, state]) => ({
      id: String(id),
      label: word + id,
      kind: "node",
      state,
    }));
    return { title: this.title, lanes, channels: [], events };
  }

  /**
   * The directives after which things stand as they do at a position, for whoever wants to go on
   * from there; `orders`: comments that the next one needs, so that the picture begins where it
   * did.
   */
  until(position) {
    if (position === this.length)
      return { sources: this.directives.map((d) => withoutEnd(d.source)), orders: "" };
    const sources = [];
    for (const d of this.directives) {
      // What draws nothing belongs to the event before.
      if (position > 0 && d.from >= position && d.to > position) break;
      const begins = d.from === 0 && ordersOf(d.source) !== "";
      if (position === 0 && (begins || d.to > 0)) return { sources, orders: ordersOf(d.source) };
      if (d.to > position && d.cmd === "stabilize" && !d.source.includes("log-level=")) {
        return { sources: [...sources, ...this.#stepsOf(d, sources, position)], orders: "" };
      }
      sources.push(d.source);
      if (position > 0 && d.to > position) break;
    }
    return { sources, orders: "" };
  }

  /**
   * A stabilize, one step after the other, as far as a position: Readies, then messages, and again.
   */
  #stepsOf(d, before, position) {
    const lines = d.source.trimEnd().split("\n");
    const named = lines.pop().trim().split(/\s+/).slice(1).map(Number);
    const comments = lines.map((line) => `${line}\n`).join("");
    const replay = this.fresh();
    replay.play(asFile(before));
    const ids = named.length ? named : [...replay.now.nodes.keys()];
    const steps = [];
    const takes = (words) => {
      steps.push(`${steps.length ? "" : comments}${words}\n`);
      replay.play(asFile(steps.slice(-1)));
      return replay.length >= position;
    };
    for (let any = true; any;) {
      any = false;
      for (const id of ids) {
        if (!replay.now.nodes.get(id).ready) continue;
        any = true;
        if (takes(`process-ready ${id}`)) return steps;
      }
      for (const id of ids) {
        if (![...replay.now.flight.values()].some((m) => m.to === id)) continue;
        any = true;
        if (takes(`deliver-msgs ${id}`)) return steps;
      }
    }
    return steps;
  }

  /** A run on a cluster without nodes. Ours can't go on after it. */
  fresh() {
    return new Run(this.core);
  }
}

const start = () => ({ nodes: new Map(), flight: new Map() });

/** How things stand after one more thing happened. Moments share what did not change. */
function after(moment, item) {
  if (item.node) return { ...moment, nodes: new Map(moment.nodes).set(item.node.id, item.node) };
  const flight = new Map(moment.flight);
  if (item.sent) flight.set(item.sent.number, item.sent);
  else flight.delete(item.gone);
  return { ...moment, flight };
}
