// The page's verdict is the terminal's: the same lines, on every answer that `./book test --only verdicts`
// wrote down with what docs/bookcmd/exercises/judge.py said of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load, Stopped } from "../../js/core.js";
import { judge } from "../../js/exercises/judge.js";

const make = await load(readFileSync(process.env.BOOK_MODULE));
const cases = JSON.parse(readFileSync(process.env.BOOK_CASES, "utf8"));

test("both kinds have an exercise that is judged in the page", () => {
  assert.deepEqual([...new Set(cases.map(({ exercise }) => exercise.kind))].sort(), ["compose", "predict"]);
});

for (const { name, exercise, answer, passed, lines } of cases) {
  test(name, () => {
    const verdict = judge(make(), exercise, answer);
    assert.deepEqual(verdict.lines, lines);
    assert.equal(verdict.passed, passed);
  });
}

test("of a Compose, the page has the conversation; of a Predict, nothing that it did not have", () => {
  for (const { exercise, answer, passed } of cases.filter((one) => one.name.endsWith(": the solution"))) {
    const { said } = judge(make(), exercise, answer);
    assert.ok(passed);
    if (exercise.kind === "predict") assert.equal(said, "");
    else assert.match(said, /^campaign 1\n----\n/m);
  }
});

test("of a Predict, the page knows where the first wrong line stands", () => {
  const { exercise, answer } = cases.find((one) => one.exercise.kind === "predict" && one.name.endsWith(": the starter"));
  const { at } = judge(make(), exercise, answer);
  assert.match(answer.split("\n")[at], /__/);
  assert.ok(!answer.split("\n").slice(0, at).some((line) => line.includes("__") && !line.startsWith("#")));
});

const composed = cases.find((one) => one.exercise.kind === "compose");

test("a node that stops is one line", () => {
  const core = { rewrite() { throw new Stopped("it must hold (a < b)"); } };
  assert.deepEqual(judge(core, composed.exercise, "x").lines, ["✗ your scenario", "    the node stopped: it must hold (a < b)"]);
});

test("a conversation without end is cut", () => {
  const core = { rewrite: () => ({ text: "ten letters\n".repeat(100000) }) };
  const { said, lines } = judge(core, composed.exercise, "x");
  assert.ok(said.length < 61000 && said.endsWith("\n… and more\n"));
  assert.ok(lines.length < 100);
});
