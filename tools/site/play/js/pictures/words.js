// A trace in words: what the transcript says and a screen reader hears.

import { complete } from "./trace.js";

const WORDS = {
  call: ({ label, value }) => `${label} calls${value}`,
  return: ({ label, value }) => `${label} returns${value}`,
  note: ({ label, text }) => (label ? `${label}: ${text}` : text),
  park: ({ label, on, tail }) => `${label} waits${on && ` on ${on}`}${tail}`,
  wake: ({ label, on, tail }) => `${label} wakes${on && ` with ${on}`}${tail}`,
  handoff: ({ label, value, to, on }) => `${label} hands${value || " a value"} to ${to} on ${on}`,
  buffer: ({ label, value, on }) => `${label} puts${value || " a value"} into the buffer of ${on}`,
  take: ({ label, value, on }) => `${label} takes${value || " a value"} from the buffer of ${on}`,
  close: ({ label, on, tail }) => `${label} closes ${on}${tail}`,
  drop: ({ label, value, to, on }) =>
    `${label} loses${value || " a value"}${to && `, sent to ${to}`}${on && ` on ${on}`}`,
  state: ({ label, event, tail }) =>
    `${label} becomes ${event.state}${event.term ? ` in term ${event.term}` : ""}${tail}`,
  log: ({ label, event, tail }) => `${label} has the log ${logWords(event)}${tail}`,
  send: ({ label, value, to }) => `${label} sends${value} to ${to}`,
  arrive: ({ label, value }) => `${label} receives${value}`,
  crash: ({ label, tail }) => `${label} crashes${tail}`,
  restart: ({ label, tail }) => `${label} restarts${tail}`,
};

function logWords({ log, first, commit }) {
  return `${log.map((term, i) => `${first + i}/t${term}`).join(" ") || "(empty)"}, committed to ${commit}`;
}

/** One event of a trace, without its number. */
export function sentence({ lanes }, raw) {
  const event = complete(raw);
  const { text } = event;
  const named = (id) => (id ? lanes.find((lane) => lane.id === id).label : "");
  return WORDS[event.kind]({
    event,
    text,
    label: named(event.lane),
    to: named(event.to),
    on: event.channels.join(", "),
    value: text && ` ${text}`,
    tail: text && `: ${text}`,
  });
}

/** The whole trace as text: title, lanes, channels, one numbered line for each event. */
export function transcript(trace) {
  const { title, lanes, channels, events } = trace;
  const lines = [title, `lanes: ${lanes.map(({ label }) => label).join(", ")}`];
  if (channels.length)
    lines.push(
      `channels: ${channels.map(({ name, capacity }) => `${name} (${capacity ? `buffer of ${capacity}` : "no buffer"})`).join(", ")}`,
    );
  const width = String(events.at(-1).seq).length;
  lines.push(
    ...events.map((event) => `${String(event.seq).padStart(width)}  ${sentence(trace, event)}`),
  );
  return `${lines.join("\n")}\n`;
}
