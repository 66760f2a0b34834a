// An event in words: what a screen reader hears. As tools/site/ext/bookext/trace.py says it.

const WORDS = {
  note: ({ label, text }) => (label ? `${label}: ${text}` : text),
  state: ({ label, event, tail }) => `${label} becomes ${event.state}${event.term ? ` in term ${event.term}` : ""}${tail}`,
  log: ({ label, event, tail }) => `${label} has the log ${logWords(event)}${tail}`,
  send: ({ label, value, to }) => `${label} sends${value} to ${to}`,
  crash: ({ label, tail }) => `${label} crashes${tail}`,
  restart: ({ label, tail }) => `${label} restarts${tail}`,
  arrive: ({ label, value }) => `${label} receives${value}`,
  drop: ({ label, value, to }) => `${label} loses${value || " a value"}${to ? `, sent to ${to}` : ""}`,
};

function logWords({ log = [], first = 1, commit = 0 }) {
  return `${log.map((term, i) => `${first + i}/t${term}`).join(" ") || "(empty)"}, committed to ${commit}`;
}

/** One event of a trace, without its number. */
export function sentence(trace, event) {
  const named = (id) => (id ? trace.lanes.find((lane) => lane.id === id).label : "");
  const text = event.text ?? "";
  return WORDS[event.kind]({
    event, text, label: named(event.lane), to: named(event.to), value: text && ` ${text}`, tail: text && `: ${text}`,
  });
}
