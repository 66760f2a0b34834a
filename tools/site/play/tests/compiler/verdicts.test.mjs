// On every exercise in C++ that a page compiles, its verdict is the terminal's, on the starter and
// on the solution: the same lines, but where a compiler or a crash has words of its own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { builder, verdict } from "./world.mjs";

const PLACE = process.env.BOOK_COMPILER;
const cases = JSON.parse(readFileSync(process.env.BOOK_CASES, "utf8"));
const made = await builder(PLACE);

const heads = (lines) =>
  lines.filter((line) => /^[✓✗]/.test(line)).map((line) => line.replace(/ {3}.*/, ""));
// A macro that spans lines is on its first line for one compiler, and on its last for the other.
// So are a test's expectation and the check of an invariant.
const unplaced = (lines) => lines.map((line) => line.replace(/\b(\w+)\.cpp:\d+/, "$1.cpp"));
const OWN_WORDS = /it does not compile|crashed: |did not finish/;

for (const { name, pack, files, passed, lines } of cases) {
  test(name, async () => {
    const ours = await verdict(made, PLACE, pack, files);
    assert.deepEqual(heads(ours.lines), heads(lines), ours.lines.join("\n"));
    assert.equal(ours.passed, passed);
    if (!lines.some((line) => OWN_WORDS.test(line)))
      assert.deepEqual(unplaced(ours.lines), unplaced(lines));
  });
}

test("every kind that needs a pack is among them", () => {
  assert.deepEqual([...new Set(cases.map(({ kind }) => kind))].sort(), [
    "compose",
    "fill",
    "hunt",
    "kill",
  ]);
});
