// A recording: what a program's trace tells, as the player wants it from a run. Nothing in it can
// be changed, and nothing is known but what the trace says.
//
// The words for each event are those of the page, which has told the same trace as text.

/** How a lane stands: what the last events said of it. */
const standing = ({ id, label, state = "" }) => ({
  id,
  label,
  state,
  term: 0,
  entries: [],
  first: 1,
  commit: 0,
  logged: false,
});

export class Recording {
  /** `words`: a sentence for each event. */
  constructor({ title, lanes, events }, words) {
    if (!Array.isArray(lanes) || !Array.isArray(events))
      throw new Error("its trace has no lanes or no events");
    if (events.length !== words.length)
      throw new Error(`its trace has ${events.length} events, its picture ${words.length}`);
    this.title = title;
    this.lanes = new Map(lanes.map((lane) => [lane.id, lane]));
    this.events = events;
    this.sentences = words;
    this.messages = new Map(); // number -> every message that was ever on its way
    this.#pair();
    this.#follow();
  }

  get length() {
    return this.events.length;
  }

  words(position) {
    return position ? this.sentences[position - 1] : "The beginning.";
  }

  /** What a reader who points at a row wants to read: the row. */
  subject(row) {
    return this.events[row - 1] ? { row } : null;
  }

  /** What is written on a node's card. */
  card({ label, state, term, commit, logged }) {
    return {
      name: label,
      lines: [
        [state, term && `term ${term}`].filter(Boolean).join(", "),
        logged ? `commit ${commit}` : "",
      ],
      more: null,
    };
  }

  /** Every arrival and loss gets the number of its message; a trace need not name them. */
  #pair() {
    const under = new Map();
    this.numbers = this.events.map((event, i) => {
      if (event.kind === "send") {
        const from = this.lanes.get(event.lane).label;
        this.messages.set(i + 1, {
          number: i + 1,
          from,
          to: this.lanes.get(event.to).label,
          label: event.text,
          lane: event.to,
          id: event.id,
          sent: i + 1,
        });
        under.set(i + 1, this.messages.get(i + 1));
        return i + 1;
      }
      if (event.kind !== "arrive" && event.kind !== "drop") return 0;
      const mine = [...under.values()].find((m) =>
        event.id ? m.id === event.id : m.lane === event.lane,
      );
      if (mine) under.delete(mine.number);
      return mine?.number ?? 0;
    });
  }

  /** How things stand after each event. Moments share what did not change. */
  #follow() {
    const shown = [...this.lanes.values()].filter(
      ({ id, state }) => state || this.events.some((e) => e.lane === id && e.kind === "log"),
    );
    let moment = {
      nodes: new Map(shown.map((lane) => [lane.id, standing(lane)])),
      flight: new Map(),
    };
    this.moments = [moment];
    this.events.forEach((event, i) => {
      const node = moment.nodes.get(event.lane);
      const now = node && changed(node, event);
      if (now)
        moment = { ...moment, nodes: new Map(moment.nodes).set(node.id, { ...node, ...now }) };
      const number = this.numbers[i];
      if (number) {
        const flight = new Map(moment.flight);
        if (event.kind === "send") flight.set(number, this.messages.get(number));
        else flight.delete(number);
        moment = { ...moment, flight };
      }
      this.moments.push(moment);
    });
  }
}

/** What an event changes in how its node stands, or nothing. */
function changed({ state }, { kind, state: becomes, term, log, first = 1, commit = 0 }) {
  if (kind === "state") return { state: becomes, ...(term ? { term } : {}) };
  if (kind === "log")
    return {
      entries: log.map((t, i) => ({ term: t, text: `${first + i}/t${t}` })),
      first,
      commit,
      logged: true,
    };
  if (kind === "crash") return { state: "down" };
  if (kind === "restart" && state === "down") return { state: "follower" };
  return null;
}
