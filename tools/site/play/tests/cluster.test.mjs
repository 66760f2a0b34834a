// The node in the page against the native one: transcripts and traces are the same, byte for byte.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Run } from "../js/run.js";
import { conversations, core, natively } from "./world.mjs";

for (const [name, text] of conversations()) {
  test(`${name}: the file and its trace are the native ones`, () => {
    const node = core();
    const page = node.rewrite(text);
    const native = natively(text);
    assert.equal(page.complaint?.replace(/^line /, "scene:") ?? "", native.printed.trimEnd());
    if (!page.complaint) assert.equal(page.text, native.text);
    assert.equal(node.trace(), native.trace);
  });

  test(`${name}: what the player draws is the trace`, () => {
    const run = new Run(core());
    if (run.play(text)) return; // what is refused is not drawn
    const { events, lanes, title, channels } = JSON.parse(natively(text).trace);
    const drawn = run.traceAt(run.length);
    assert.deepEqual(drawn, { title, lanes, channels, events });
  });
}

test("a complaint is one line, and says what is wrong", () => {
  const run = new Run(core());
  assert.equal(
    run.play("add-nodes 1 voters=(1) index=2\n----\n\ncampaign 7\n----\n"),
    "campaign: there is no node 7; there are 1 to 1",
  );
  assert.equal(run.directives.length, 1);
});
