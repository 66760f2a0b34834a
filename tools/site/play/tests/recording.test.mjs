// A recording offers what the player needs of a run, from nothing but a trace.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Recording } from "../js/recording.js";

const node = (id, state) => ({ id, label: `S${id}`, kind: "node", state });
const events = [
  { kind: "log", lane: "1", log: [1, 2], first: 3, commit: 3 },
  { kind: "send", lane: "1", to: "2", text: "MsgApp 2/4", id: "m1" },
  { kind: "send", lane: "1", to: "3", text: "MsgApp 2/4", id: "m2" },
  { kind: "drop", lane: "1", to: "3", text: "MsgApp 2/4", id: "m2" },
  { kind: "crash", lane: "3" },
  { kind: "arrive", lane: "2", text: "MsgApp 2/4", id: "m1" },
  { kind: "restart", lane: "3" },
  { kind: "state", lane: "2", state: "candidate", term: 5 },
].map((event, i) => ({ seq: i + 1, ...event }));
const words = events.map((event) => event.kind);
const cluster = () =>
  new Recording(
    {
      title: "t",
      lanes: [node("1", "leader"), node("2", "follower"), node("3", "follower")],
      events,
    },
    words,
  );
const flights = (run) => run.moments.map((moment) => [...moment.flight.keys()].join());
const states = (run, id) => run.moments.map((moment) => moment.nodes.get(id).state).join(" ");

test("messages are under way until they arrive or are lost", () => {
  const run = cluster();
  assert.deepEqual(flights(run), ["", "", "2", "2,3", "2", "2", "", "", ""]);
  assert.deepEqual(
    { ...run.messages.get(2) },
    { number: 2, from: "S1", to: "S2", label: "MsgApp 2/4", lane: "2", id: "m1", sent: 2 },
  );
});

test("nodes stand as the events before said", () => {
  const run = cluster();
  assert.equal(
    states(run, "3"),
    "follower follower follower follower follower down down follower follower",
  );
  const { entries, first, commit } = run.moments[1].nodes.get("1");
  assert.deepEqual([entries.map((e) => e.text), first, commit], [["3/t1", "4/t2"], 3, 3]);
  assert.deepEqual(run.card(run.moments[8].nodes.get("2")).lines, ["candidate, term 5", ""]);
  assert.equal(
    run.moments[8].nodes.get("1"),
    run.moments[1].nodes.get("1"),
    "what did not change is shared",
  );
});

test("a trace need not name its messages", () => {
  const bare = [
    { kind: "send", lane: "a", to: "b", text: "x" },
    { kind: "send", lane: "a", to: "b", text: "y" },
    { kind: "arrive", lane: "b" },
    { kind: "arrive", lane: "b" },
    { kind: "arrive", lane: "b" },
  ];
  const run = new Recording(
    {
      lanes: [
        { id: "a", label: "a" },
        { id: "b", label: "b" },
      ],
      events: bare,
    },
    bare.map(String),
  );
  assert.deepEqual(flights(run), ["", "1", "1,2", "2", "", ""]);
});

test("threads have no cards, lanes with a log do", () => {
  const threads = [
    { kind: "park", lane: "a", channel: "propc" },
    { kind: "log", lane: "b", log: [] },
  ];
  const run = new Recording(
    {
      lanes: [
        { id: "a", label: "loop" },
        { id: "b", label: "its disk" },
      ],
      events: threads,
    },
    ["waits", "has"],
  );
  assert.deepEqual([...run.moments[0].nodes.keys()], ["b"]);
});

test("words are the page's, rows are read", () => {
  const run = cluster();
  assert.deepEqual([run.words(0), run.words(1), run.words(8)], ["The beginning.", "log", "state"]);
  assert.deepEqual([run.subject(1), run.subject(9)], [{ row: 1 }, null]);
});

test("what is no trace of this picture is refused", () => {
  assert.throws(
    () => new Recording({ lanes: [], events }, words.slice(1)),
    /its trace has 8 events, its picture 7/,
  );
  for (const odd of [{}, { lanes: [] }, { events: [] }])
    assert.throws(() => new Recording(odd, []), /no lanes or no events/);
});
