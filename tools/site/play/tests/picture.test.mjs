// Pictures of runs that end anywhere, as the player draws them; whole ones are looked at in
// ext/tests/test_pictures.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, WIDE, svg } from "../js/pictures/picture.js";
import { num, wrap } from "../js/pictures/shapes.js";
import { Run } from "../js/run.js";
import { conversations, core } from "./world.mjs";

const traces = [];
for (const [name, text] of conversations()) {
  const run = new Run(core());
  if (run.play(text)) continue;
  const every = name.startsWith("random") ? 17 : 4; // a picture at every so many events, and at the end
  for (let p = 1; p < run.length; p += every) traces.push([`${name} at ${p}`, run.traceAt(p)]);
  const end = run.traceAt(run.length);
  if (end.events.length) traces.push([name, end]);
}

const down = new Run(core());
down.play(
  "add-nodes 3 voters=(1,2,3) index=10\n----\n\ncrash 1\n----\n\ncrash 2\n----\n\n# picture:\ncampaign 3\n----\n\nrestart 2\n----\n",
);
traces.push(["nodes that are down where the picture begins", down.traceAt(down.length)]);

test(`${traces.length} pictures have a row for each event, and stay inside`, () => {
  for (const [name, trace] of traces) {
    for (const width of [WIDE, NARROW]) {
      const where = `${name}, ${width} px`;
      const picture = svg(trace, width, "u", "d");
      const rows = [...picture.matchAll(/ data-seq="(\d+)"/g)].map(([, seq]) => Number(seq));
      assert.deepEqual(
        rows,
        trace.events.map(({ seq }) => seq),
        where,
      );
      assert.doesNotMatch(picture, /NaN|undefined|null|Infinity/, where);
      const [, across] = /viewBox="0 0 ([\d.]+) /.exec(picture);
      for (const [, x] of picture.matchAll(/<text x="(-?[\d.]+)"/g))
        assert.ok(x >= 0 && x <= Number(across), `${where}: words at ${x}`);
    }
  }
});

test("halves are rounded to even", () => {
  assert.deepEqual([0.25, 0.75, 2.5, 12.25, -0.25, 10].map(num), [
    "0.2",
    "0.8",
    "2.5",
    "12.2",
    "-0.2",
    "10",
  ]);
});

test("long words are cut where code breaks", () => {
  assert.deepEqual(wrap("stepWithWaitOption(ctx, m) x", 12), [
    "stepWithWait",
    "Option(ctx,",
    "m) x",
  ]);
});

test("code breaks where it can", () => {
  assert.deepEqual(wrap("propose(color=blue)", 14), ["propose(color=", "blue)"]);
  assert.deepEqual(wrap("ready().recv()", 12), ["ready()", ".recv()"]);
  assert.deepEqual(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
});
