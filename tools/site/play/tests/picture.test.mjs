// The player's pictures against those of the book's extension: the same at both widths, to the byte.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, WIDE, svg } from "../js/picture.js";
import { num, wrap } from "../js/shapes.js";
import { Run } from "../js/run.js";
import { conversations, core, drawn } from "./world.mjs";

const widths = [WIDE, NARROW];
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
down.play("add-nodes 3 voters=(1,2,3) index=10\n----\n\ncrash 1\n----\n\ncrash 2\n----\n\n# picture:\ncampaign 3\n----\n\nrestart 2\n----\n");
traces.push(["nodes that are down where the picture begins", down.traceAt(down.length)]);

test(`${traces.length} pictures are drawn as the book draws them`, () => {
  const theirs = drawn(traces.map(([, trace]) => trace), widths);
  traces.forEach(([name, trace], i) => widths.forEach((width, j) => {
    assert.equal(svg(trace, width, "u", "d"), theirs[i][j], `${name}, ${width} px`);
  }));
});

test("halves are rounded to even", () => {
  assert.deepEqual([0.25, 0.75, 2.5, 12.25, -0.25, 10].map(num), ["0.2", "0.8", "2.5", "12.2", "-0.2", "10"]);
});

test("long words are cut where code breaks", () => {
  assert.deepEqual(wrap("stepWithWaitOption(ctx, m) x", 12), ["stepWithWait", "Option(ctx,", "m) x"]);
});
