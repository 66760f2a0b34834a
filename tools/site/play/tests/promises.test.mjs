// What pages promise of their scenes' readers: who does this from there, sees that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../js/session.js";
import { conversations, core } from "./world.mjs";

const WITHOUT_1 = {
  3: ["stabilize 2 3", "deliver-msgs drop=(1)"],
  5: ["stabilize 2 3 4 5", "deliver-msgs drop=(1)"],
};

/** The run of a reader who goes on from a position; each step is one action. */
function played(name, at, steps) {
  const session = new Session(core, conversations(false).find(([found]) => found === name)[1]);
  let position = at;
  for (const lines of steps) {
    assert.equal(session.act(position, [lines].flat()), "");
    position = session.run.length;
  }
  return [...session.run.now.nodes.values()];
}

const leaders = (nodes) =>
  nodes
    .filter((node) => node.state === "leader")
    .map((node) => `${node.id} in ${node.term}`)
    .join();
const terms = (node) => node.entries.map((entry) => entry.term).join("");
const lose = (id) => `deliver-msgs drop=(${id}) type=MsgApp`;

test("the life of a Put: in line 9 the Put can vanish", () => {
  const nodes = played("put_three", 9, [lose(2), lose(3), "campaign 3", WITHOUT_1[3]]);
  assert.equal(leaders(nodes), "1 in 1,3 in 2");
  assert.deepEqual(nodes.map(terms), ["11", "12", "12"]);
});

test("the life of a Put: from line 10 on it can't be left out", () => {
  const nodes = played("put_three", 10, [lose(3), "campaign 3", WITHOUT_1[3]]);
  assert.equal(leaders(nodes), "1 in 1");
  const after = played("put_three", 10, [
    lose(3),
    "campaign 3",
    WITHOUT_1[3],
    "campaign 2",
    WITHOUT_1[3],
  ]);
  assert.deepEqual(after.map(terms), ["11", "113", "113"]);
});

for (const [arrives, wins] of [
  [2, false],
  [4, true],
  [5, true],
]) {
  test(`what is committed: with the message to node ${arrives}, node 5 ${wins ? "wins all the same" : "can't win"}`, () => {
    const others = [2, 4, 5].filter((id) => id !== arrives);
    const nodes = played("three_of_five", 24, [
      `deliver-msgs ${arrives} type=MsgApp`,
      ...others.map(lose),
      `process-ready ${arrives}`,
      "campaign 5",
      WITHOUT_1[5],
    ]);
    assert.equal(leaders(nodes), wins ? "1 in 4,5 in 5" : "1 in 4");
    assert.equal(terms(nodes[1]), wins ? "135" : "124");
  });
}

test("playground: two leaders, and the one that nobody heard gives up its entry", () => {
  const before = ["campaign 2", WITHOUT_1[3], "propose 1 a", "propose 2 b", WITHOUT_1[3]];
  const apart = played("free_cluster", 5, before);
  assert.equal(leaders(apart), "1 in 1,2 in 2");
  assert.deepEqual(
    apart.map((node) => node.commit),
    [11, 13, 13],
  );
  const together = played("free_cluster", 5, [...before, "tick-heartbeat 2", "stabilize"]);
  assert.equal(leaders(together), "2 in 2");
  assert.deepEqual(together.map(terms), ["122", "122", "122"]);
});

test("playground: a lost message is noticed, and its entry comes after all", () => {
  const nodes = played("free_cluster", 5, ["propose 1 x", "process-ready 1", lose(3), "stabilize"]);
  assert.deepEqual(
    nodes.map((node) => node.commit),
    [12, 12, 12],
  );
});
