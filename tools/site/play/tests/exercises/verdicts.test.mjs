// The page's verdict is the terminal's: the same lines, on every answer that `./book test --only verdicts`
// wrote down with what tools/book/exercises/judge.py said of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load, Stopped } from "../../js/core.js";
import { compose } from "../../js/exercises/compose.js";
import { predict } from "../../js/exercises/predict.js";

const make = await load(readFileSync(process.env.BOOK_MODULE));
const cases = JSON.parse(readFileSync(process.env.BOOK_CASES, "utf8"));

const judge = (exercise, files) => (exercise.kind === "predict" ? predict(exercise, files) : compose(make(), exercise, files));
const solutions = cases.filter((one) => one.name.endsWith(": the solution"));

test("both kinds are judged in the page, predictions about programs and about clusters", () => {
  assert.deepEqual([...new Set(cases.map(({ exercise }) => exercise.kind))].sort(), ["compose", "predict"]);
  assert.deepEqual([...new Set(cases.map(({ exercise }) => exercise.whose))].sort(), ["the cluster", "the program", undefined]);
  assert.ok(solutions.length >= 12);
});

for (const { name, exercise, files, passed, lines } of cases) {
  test(name, () => {
    const verdict = judge(exercise, files);
    assert.deepEqual(verdict.lines, lines);
    assert.equal(verdict.passed, passed);
  });
}

test("of a Compose, the page has the conversation; of a Predict, nothing that it did not have", () => {
  for (const { exercise, files, passed } of solutions) {
    const { said } = judge(exercise, files);
    assert.ok(passed);
    if (exercise.kind === "predict") assert.equal(said, undefined);
    else assert.match(said, /^campaign 1\n----\n/m);
  }
});

test("of a Predict, the page knows where the first wrong line stands", () => {
  for (const { exercise, files } of cases.filter((one) => one.exercise.kind === "predict" && one.name.endsWith(": the starter"))) {
    const { at } = judge(exercise, files);
    const lines = files["answer.txt"].split("\n");
    assert.match(lines[at], /__/);
    assert.ok(!lines.slice(0, at).some((line) => line.includes("__") && !line.startsWith("#")));
  }
});

const composed = cases.find((one) => one.exercise.kind === "compose");

test("a node that stops is one line", () => {
  const core = { rewrite() { throw new Stopped("it must hold (a < b)"); } };
  assert.deepEqual(compose(core, composed.exercise, { "answer.txt": "x" }).lines, ["✗ your scenario", "    the node stopped: it must hold (a < b)"]);
});

test("a conversation without end is cut", () => {
  const core = { rewrite: () => ({ text: "ten letters\n".repeat(100000) }) };
  const { said, lines } = compose(core, composed.exercise, { "answer.txt": "x" });
  assert.ok(said.length < 61000 && said.endsWith("\n… and more\n"));
  assert.ok(lines.length < 100);
});
