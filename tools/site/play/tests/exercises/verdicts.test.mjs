// Verdicts that need no compiler. Of compositions, the page's node and the terminal's lead to the
// same lines, on every answer that `./book test --only verdicts` wrote down with what the
// terminal said of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load, Stopped } from "../../js/core.js";
import { compose } from "../../js/verdicts/compose.js";
import { predict } from "../../js/verdicts/predict.js";

const make = await load(readFileSync(process.env.BOOK_MODULE));
const { composed, predicted } = JSON.parse(readFileSync(process.env.BOOK_CASES, "utf8"));
const solutions = composed.filter(({ name }) => name.endsWith(": the solution"));

test("there are some of each kind, predictions about programs and about clusters", () => {
  assert.deepEqual([...new Set(predicted.map(({ exercise }) => exercise.whose))].sort(), [
    "the cluster",
    "the program",
  ]);
  assert.ok(
    solutions.length >= 2 && predicted.length >= 8,
    `${solutions.length} and ${predicted.length}`,
  );
});

for (const { name, exercise, files, passed, lines } of composed) {
  test(name, async () => {
    const verdict = await compose(make(), exercise, files);
    assert.deepEqual(verdict.lines, lines);
    assert.equal(verdict.passed, passed);
  });
}

test("the page has the conversation of a composition", async () => {
  for (const { exercise, files, passed } of solutions) {
    assert.ok(passed);
    assert.match((await compose(make(), exercise, files)).said, /^campaign 1\n----\n/m);
  }
});

for (const { exercise, starter, solution } of predicted) {
  test(`${exercise.id}: the solution is right, however it is spaced, and of the starter the first blank is told`, () => {
    const answer = solution["answer.txt"];
    for (const text of [answer, answer.replaceAll("\n", "  \n"), `# mine\n\n${answer}`])
      assert.ok(predict(exercise, { "answer.txt": text }).passed);
    const {
      passed,
      at,
      lines: [, message],
    } = predict(exercise, starter);
    assert.equal(passed, false);
    assert.match(message, /^ {4}line \d+: `.*__.*`: a blank is left$/);
    const lines = starter["answer.txt"].split("\n");
    assert.match(lines[at], /__/);
    assert.ok(!lines.slice(0, at).some((line) => line.includes("__") && !line.startsWith("#")));
  });
}

test("a prediction is told where it goes wrong, and not what is right", () => {
  const exercise = { says: "one\ntwo  2\nthree\n", whose: "the program" };
  for (const [answer, words] of [
    [
      "one\n2\n",
      ["the first 1 of 3 lines are right", "line 2: `2`: the program says something else"],
    ],
    [
      "one\ntwo 2\n",
      [
        "the first 2 of 3 lines are right",
        "after line 2 the program goes on; one more line is to be predicted",
      ],
    ],
    [
      "# mine\n\none\n\n  # and\n2\n",
      ["the first 1 of 3 lines are right", "line 6: `2`: the program says something else"],
    ],
    [
      "",
      [
        "the first 0 of 3 lines are right",
        "after line 0 the program goes on; 3 more lines are to be predicted",
      ],
    ],
    [
      "one\ntwo 2\nthree\nfour\n",
      ["the first 3 of 3 lines are right", "line 4: `four`: the program ended before that"],
    ],
  ])
    assert.deepEqual(predict(exercise, { "answer.txt": answer }).lines, [
      `✗ your prediction   ${words[0]}`,
      `    ${words[1]}`,
    ]);
});

test("a node that stops is one line", async () => {
  const node = {
    rewrite() {
      throw new Stopped("it must hold (a < b)");
    },
  };
  assert.deepEqual((await compose(node, solutions[0].exercise, { "answer.txt": "x" })).lines, [
    "✗ your scenario",
    "    the node stopped: it must hold (a < b)",
  ]);
});

test("a conversation without end is cut", async () => {
  const node = { rewrite: () => ({ text: "ten letters\n".repeat(100000) }) };
  const { said, lines } = await compose(node, solutions[0].exercise, { "answer.txt": "x" });
  assert.ok(said.length < 61000 && said.endsWith("\n… and more\n"));
  assert.ok(lines.length < 100);
});
