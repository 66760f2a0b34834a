// A scene's trace: reading it, refusing a bad one in one line.
//
// A trace is the JSON that a scene program prints: lanes (threads or nodes), channels, events in
// order.

const KINDS = [
  "arrive",
  "buffer",
  "call",
  "close",
  "crash",
  "drop",
  "handoff",
  "log",
  "note",
  "park",
  "restart",
  "return",
  "send",
  "state",
  "take",
  "wake",
];
const NEEDS_TO = ["handoff", "send"];
const LANE_KINDS = ["client", "node", "thread"];
const STATES = ["leader", "candidate", "precandidate", "follower", "learner", "down"];

/** A trace that can't be drawn. The message is one line and says how to mend it. */
export class TraceError extends Error {}

/** An event with everything that an event may say; `channels` begins with `channel`. */
export function complete(event) {
  const { lane, to, channel, channels, text, state, term, log, first, commit, id } = event;
  const names = channel
    ? [channel, ...(channels ?? []).filter((name) => name !== channel)]
    : [...(channels ?? [])];
  return {
    seq: event.seq,
    kind: event.kind,
    lane: lane ?? "",
    to: to ?? "",
    channel: names[0] ?? "",
    channels: names,
    text: String(text ?? ""),
    state: state ?? "",
    term: term ?? 0,
    log: log ?? [],
    first: first ?? 1,
    commit: commit ?? 0,
    id: String(id ?? ""),
  };
}

/** The trace in a text; `where` is its name in complaints. */
export function read(text, where) {
  const wrong = (what, mend) => {
    throw new TraceError(`${where}: ${what} — ${mend}`);
  };
  const data = parsed(text, wrong);
  if (!isObject(data)) wrong("is not an object", "it needs title, lanes, channels and events");
  for (const key of ["title", "lanes", "events"])
    if (!data[key] || data[key].length === 0) wrong(`has no ${key}`, "add it to the scene");
  const lanes = data.lanes.map((item) => laneOf(item, wrong));
  const names = lanes.map(({ id }) => id);
  if (new Set(names).size !== names.length)
    wrong("two lanes have the same id", "give each lane its own");
  const channels = (data.channels ?? []).map((item) => channelOf(item, wrong));
  const events = data.events.map((item) => eventOf(item, names, wrong));
  events.slice(1).forEach(({ seq }, i) => {
    if (seq <= events[i].seq)
      wrong(`event ${seq} comes after event ${events[i].seq}`, "number the events upwards");
  });
  return { title: String(data.title), lanes, channels, events };
}

function parsed(text, wrong) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(
      `is not JSON (${error.message.split("\n")[0]})`,
      "the scene program must print the trace only",
    );
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function laneOf(item, wrong) {
  if (!isObject(item) || typeof item.id !== "string")
    wrong(`lane ${JSON.stringify(item)} has no id`, 'write {"id": "loop", "label": "loop"}');
  const { id, label = id, kind = "thread", state = "" } = item;
  if (!LANE_KINDS.includes(kind))
    wrong(`lane ${id} is of kind '${kind}'`, `use one of ${LANE_KINDS.join(", ")}`);
  if (state && !STATES.includes(state))
    wrong(`lane ${id} has the state '${state}'`, `use one of ${STATES.join(", ")}`);
  return { id, label: String(label), kind, state };
}

function channelOf(item, wrong) {
  if (!isObject(item) || typeof item.name !== "string")
    wrong(`channel ${JSON.stringify(item)} has no name`, 'write {"name": "propc", "capacity": 0}');
  return { name: item.name, capacity: Math.trunc(item.capacity ?? 0) };
}

function eventOf(item, lanes, wrong) {
  if (!isObject(item) || !Number.isInteger(item.seq))
    wrong(`event ${JSON.stringify(item)} has no seq`, "number the events upwards");
  const { seq, kind = "" } = item;
  if (!KINDS.includes(kind))
    wrong(`event ${seq} is of kind '${kind}'`, `use one of ${KINDS.join(", ")}`);
  for (const [key, needed] of [
    ["lane", kind !== "note"],
    ["to", NEEDS_TO.includes(kind)],
  ]) {
    const name = item[key] ?? "";
    if (needed && !name) wrong(`event ${seq} (${kind}) has no ${key}`, `name the ${key}`);
    if (name && !lanes.includes(name))
      wrong(`event ${seq} names the lane '${name}'`, `use one of ${lanes.join(", ")}`);
  }
  if (kind === "state" && !STATES.includes(item.state))
    wrong(`event ${seq} has the state '${item.state}'`, `use one of ${STATES.join(", ")}`);
  return complete(item);
}
