// What a reader does with a scene: branches, files, links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stopped } from "../js/core.js";
import { Session } from "../js/session.js";
import { LATER } from "../js/later.js";
import { fragment, shared } from "../js/share.js";
import { conversations, core, natively } from "./world.mjs";

const scene = (wanted) => conversations(false).find(([name]) => name === wanted)[1];
const ACTIONS = [
  ["campaign 2"],
  ["stabilize"],
  ["tick-election 3", "stabilize 1 2"],
  ["deliver-msgs drop=(3)"],
  ["propose 1 mine", "process-ready 1"],
  ["raft-state"],
  ["crash 1", "stabilize"],
  ["partition 3", "campaign 2", "stabilize", "heal"],
  ["duplicate-msgs 1"],
  ["crash 2", "restart 2"],
];

for (const [name, text] of conversations(false)) {
  test(`${name}: the native program says the same to what a reader saves`, () => {
    const session = new Session(core, text);
    for (let at = 0, n = 0; at <= session.scene.length; at += 3, n += 1) {
      session.restart();
      const refused = [
        session.act(at, ACTIONS[n % ACTIONS.length]),
        session.act(session.run.length, ACTIONS[(n + 1) % ACTIONS.length]),
      ];
      for (const complaint of refused) assert.match(complaint, /^$|node \d is down/);
      if (!session.own) continue;
      const file = session.file();
      const native = natively(file);
      assert.equal(native.printed, "");
      assert.equal(native.text, file, `from position ${at}`);
      assert.deepEqual(
        JSON.parse(native.trace).events,
        session.run.traceAt(session.run.length).events,
      );
    }
  });

  test(`${name}: the file of the scene as it is, is the scene's`, () => {
    assert.equal(new Session(core, text).file(), text);
  });

  test(`${name}: a link leads to the same run`, () => {
    const session = new Session(core, text);
    session.act(3, ["campaign 2", "stabilize"]);
    const { at, lines } = shared(fragment({ scene: name, at: session.at, lines: session.lines }));
    const other = new Session(core, text);
    assert.equal(other.restore(at, lines), "");
    assert.equal(other.file(), session.file());
  });
}

test("one goes on from the middle of one's own part, too", () => {
  const session = new Session(core, scene("one_entry"));
  session.act(session.run.length, ["propose 1 x", "stabilize"]);
  const middle = session.begins + 4;
  assert.equal(session.act(middle, ["campaign 3"]), "");
  assert.deepEqual(session.lines, ["propose 1 x", "process-ready 1", "campaign 3"]);
  assert.equal(session.at, session.scene.length);
});

test("the picture tells where the reader's part begins", () => {
  const session = new Session(core, scene("one_entry"));
  for (const at of [0, 9]) {
    session.act(at, ["campaign 2"]);
    assert.equal(
      session.run.events[session.begins + (at ? 0 : 4)].text,
      "From here on it is your run.",
    );
    session.restart();
  }
});

test("going on from before one's own part drops it", () => {
  const session = new Session(core, scene("lost_vote"));
  session.act(10, ["campaign 3"]);
  session.act(2, ["campaign 1"]);
  assert.deepEqual([session.at, session.lines], [2, ["campaign 1"]]);
});

test("a complaint changes nothing", () => {
  const session = new Session(core, scene("lost_vote"));
  session.act(5, ["campaign 3"]);
  const before = [session.at, session.lines, session.file()];
  assert.equal(
    session.act(session.run.length, ["campaign 9"]),
    "campaign: there is no node 9; there are 1 to 3",
  );
  assert.equal(
    session.act(session.run.length, ["# a comment"]),
    "write one directive, as in: campaign 2",
  );
  assert.equal(
    session.act(session.run.length, ["campaign 1\\"]),
    "write one directive, as in: campaign 2",
  );
  assert.match(session.restore(999, ["campaign 1"]), /there is no 999/);
  assert.deepEqual([session.at, session.lines, session.file()], before);
});

test("a node that stops is replaced, and the run stays", () => {
  const fragile = () => {
    const node = core();
    const play = node.play.bind(node);
    let dead = false;
    node.play = (text) => {
      dead ||= text.includes("boom");
      if (dead) throw new Stopped("it must hold");
      return play(text);
    };
    return node;
  };
  const session = new Session(fragile, scene("one_entry"));
  session.act(session.run.length, ["propose 1 x", "stabilize"]);
  const before = session.file();
  assert.equal(
    session.act(session.run.length, ["propose 1 boom"]),
    "the node stopped: it must hold",
  );
  assert.equal(session.file(), before);
  assert.equal(session.act(session.begins + 4, ["campaign 3"]), "");
});

test("a node that is down is seen with what its disk keeps, and comes back with it", () => {
  const session = new Session(core, scene("one_entry"));
  session.act(session.run.length, ["propose 1 x", "crash 1"]);
  const down = session.run.now.nodes.get(1);
  assert.deepEqual(
    [down.state, down.term, down.lead, down.ready, down.progress],
    ["down", 1, 0, false, []],
  );
  assert.equal(
    session.act(session.run.length, ["campaign 1"]),
    "campaign: node 1 is down; restart 1 brings it back",
  );
  session.act(session.run.length, ["restart 1"]);
  const up = session.run.now.nodes.get(1);
  assert.deepEqual(
    [up.state, up.term, up.commit, up.applied, up.entries],
    ["follower", 1, down.commit, down.applied, down.entries],
  );
});

test("a cut is in the link and in the file, and is gone with undo", () => {
  const session = new Session(core, scene("one_entry"));
  session.act(session.run.length, ["partition 1", "propose 1 x", "stabilize"]);
  const lost = () =>
    session.run.events.slice(session.begins).filter((event) => event.kind === "drop").length;
  assert.equal(lost(), 2);
  const { at, lines } = shared(
    fragment({ scene: "one_entry", at: session.at, lines: session.lines }),
  );
  assert.deepEqual(lines, ["partition 1", "propose 1 x", "stabilize"]);
  const other = new Session(core, scene("one_entry"));
  other.restore(at, lines);
  assert.equal(natively(other.file()).text, session.file());
  session.restore(at, lines.slice(1));
  assert.equal(lost(), 0);
});

test("what comes later, comes with the stage that is named", () => {
  for (const { command, stage } of LATER) {
    assert.match(
      core().play(`${command} 1\n----\n`).complaint,
      new RegExp(`comes with the stage ${stage};`),
      command,
    );
  }
});

test("undo takes back one directive, and at last the scene is whole again", () => {
  const session = new Session(core, scene("lost_vote"));
  session.act(5, ["campaign 3", "stabilize"]);
  session.undo();
  assert.deepEqual(session.lines, ["campaign 3"]);
  session.undo();
  assert.equal(session.own, false);
  assert.equal(session.file(), scene("lost_vote"));
});

test("an address that we did not write is refused", () => {
  for (const odd of [
    "",
    "#the-question",
    "#play=",
    "#play=a/b",
    "#play=x&at=-1",
    "#play=x&at=many",
  ])
    assert.equal(shared(odd), null, odd);
  assert.deepEqual(shared("#play=lost_vote"), { scene: "lost_vote", at: 0, lines: [] });
  assert.deepEqual(shared("#play=x&at=3&do=propose%201%20a%2Bb%0A%0Astabilize"), {
    scene: "x",
    at: 3,
    lines: ["propose 1 a+b", "stabilize"],
  });
});
