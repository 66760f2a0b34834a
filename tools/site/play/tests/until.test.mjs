// Going on from any position: the cluster that is built for it stands as it stood there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Run, asFile } from "../js/run.js";
import { conversations, core, natively } from "./world.mjs";

for (const [name, text] of conversations()) {
  const run = new Run(core());
  if (run.play(text) || run.length === 0) continue;
  const random = name.startsWith("random");
  const positions = random
    ? [0, Math.floor(run.length / 2), run.length]
    : Array.from({ length: run.length + 1 }, (_, p) => p);

  test(`${name}: one can go on from everywhere`, () => {
    for (const position of positions) {
      const { sources, orders } = run.until(position);
      const again = new Run(core());
      assert.equal(again.play(asFile(sources)), "");
      assert.ok(
        again.length >= position || orders,
        `position ${position}: it ends at ${again.length}`,
      );
      if (!orders) assert.deepEqual(again.events.slice(0, position), run.events.slice(0, position));
      assert.deepEqual(
        again.moments[orders ? again.length : position].flight,
        run.moments[position].flight,
      );
      if (again.length === position)
        assert.deepEqual(nodesOf(again.now), nodesOf(run.moments[position]));
    }
  });

  test(`${name}: the picture begins where it did`, () => {
    const { sources, orders } = run.until(0);
    const again = new Run(core());
    again.play(asFile([...sources, `${orders}campaign 1\n`]));
    assert.deepEqual(again.moments[0].flight, run.moments[0].flight);
    assert.deepEqual([...again.lanes], [...run.lanes]);
  });
}

// At the last event of a directive, the node may be further: what it did then has no event.
const nodesOf = (moment) =>
  [...moment.nodes.values()].map(({ id, term, commit, entries }) => ({
    id,
    term,
    commit,
    entries: entries.length,
  }));

test("a stabilize that was left in the middle becomes its steps", () => {
  const [, text] = conversations(false).find(([name]) => name === "one_entry");
  const run = new Run(core());
  run.play(text);
  const { sources } = run.until(run.events.findIndex((event) => event.kind === "arrive") + 1);
  assert.deepEqual(sources.slice(-2), ["process-ready 1\n", "deliver-msgs 2\n"]);
  assert.equal(natively(asFile(sources)).printed, "");
});
