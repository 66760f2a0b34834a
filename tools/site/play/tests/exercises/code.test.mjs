// Verdicts on code, with a world that only says it has built something.
import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../js/verdicts/code.js";
import { predict } from "../../js/verdicts/predict.js";
import { PATIENT, printed } from "../../js/verdicts/tests.js";

/** A world whose programs have one test, which passes as often as `outcomes` says. */
function world(outcomes) {
  const left = { ...outcomes };
  const runs = (name) => ({
    reportAt: "report.json",
    close() {},
    run({ args }) {
      if (args[0] === "--gtest_list_tests") return { code: 0, said: "Mine.\n  Works\n" };
      const passes = (left[name] ?? []).shift() ?? true;
      const failures = passes ? [] : [{ failure: "no" }];
      const report = JSON.stringify({ testsuites: [{ testsuite: [{ failures }] }] });
      return { code: passes ? 0 : 1, said: "", report };
    },
  });
  return {
    build: (name) => ({ said: "", program: runs(name) }),
    names: {},
    limits: PATIENT,
    tell() {},
  };
}
const kill = { runs: "tests", wrong: ["it forgets"], invariant: "" };
const hunt = { runs: "tests", wrong: [], invariant: "INV-LOG-1" };

test("a test that always passes on the right node and never on the wrong one kills", async () => {
  assert.ok((await judge(kill, {}, world({ "it forgets": [false] }))).passed);
});

for (const failing of [0, 1, 2, 3, 4, 5]) {
  test(`one that fails on the right node the ${failing + 1}th time does not`, async () => {
    const right = Array.from({ length: 6 }, (_, run) => run !== failing);
    const verdict = await judge(kill, {}, world({ "": right, "it forgets": [false] }));
    assert.equal(verdict.passed, false);
    assert.match(
      verdict.lines[0],
      failing ? new RegExp(`every time; the ${failing + 1}th time`) : /, and does not:$/,
    );
  });
}

for (const answer of [
  "broken invariant: INV-LOG-1",
  "broken invariant: INV-LOG-1.",
  "Broken invariant:\tinv-log-1  \r\n",
  'broken invariant: "INV-LOG-1"',
  "broken invariant: ``INV-LOG-1``, I think".replace(", I think", "!"),
  "broken invariant: (INV-LOG-1)",
]) {
  test(`a hunter may write ${JSON.stringify(answer)}`, async () => {
    assert.ok((await judge(hunt, { "answer.txt": answer }, world({}))).passed);
  });
}

for (const answer of [
  "",
  "broken invariant:",
  "broken invariant: .",
  "broken invariant: INV-LOG-2.",
]) {
  test(`and not ${JSON.stringify(answer)}`, async () => {
    assert.equal((await judge(hunt, { "answer.txt": answer }, world({}))).passed, false);
  });
}

test("a byte order mark before a right answer is nothing", () => {
  const exercise = { says: "one\ntwo\n", whose: "the program" };
  assert.ok(predict(exercise, { "answer.txt": "\uFEFFone\ntwo\n" }).passed);
});

test("what a program printed is told without GoogleTest's lines and failures", () => {
  const said = [
    "Running main() from gtest_main.cc",
    "Note: Google Test filter = Mine.Works",
    "[==========] Running 1 test from 1 test suite.",
    "[ RUN      ] Mine.Works",
    "look here",
    "test.cpp:3: Failure",
    "Expected: one",
    "[  FAILED  ] Mine.Works (0 ms)",
    "",
    "and here",
  ].join("\n");
  assert.deepEqual(printed(said), ["look here", "and here"]);
});
