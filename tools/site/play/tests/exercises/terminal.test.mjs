// Programs of the terminal: what they say, what befalls them, what ends them. Shell scripts stand
// in for them.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PATIENT, oneFails, runAll } from "../../js/verdicts/tests.js";
import { NativeNode } from "../../terminal/native_node.mjs";
import { Program } from "../../terminal/program.mjs";

const room = mkdtempSync(join(tmpdir(), "book-"));
after(() => rmSync(room, { recursive: true }));

function program(name, script) {
  const path = join(room, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return new Program(path);
}

test("it gets arguments, files and surroundings, and both its outputs are heard", async () => {
  const { code, fell, said, left } = await program(
    "fine",
    'cat "$1"; echo "$BOOK_ANSWER" >&2; echo new > "$1"; exit 3',
  ).run(
    { args: ["answer.txt"], files: { "answer.txt": "mine\n" }, env: { BOOK_ANSWER: "here" } },
    10,
  );
  assert.deepEqual(
    [code, fell, said.split("\n").sort(), left["answer.txt"]],
    [3, "", ["", "here", "mine"], "new\n"],
  );
});

test("a signal is said in words", async () => {
  for (const [sign, words] of [
    ["ABRT", "it aborted"],
    ["SEGV", "it touched memory that is not its own"],
    ["USR1", "it was ended by SIGUSR1"],
  ]) {
    assert.equal(
      (await program(`falls-${sign}`, `kill -${sign} $$`).run({ args: [] }, 10)).fell,
      words,
    );
  }
  assert.match((await new Program("/nowhere").run({ args: [] }, 10)).fell, /ENOENT/);
});

test("one that does not end is ended, with all that it has started", async () => {
  const begun = Date.now();
  assert.equal((await program("waits", "sleep 30 & wait").run({ args: [] }, 0.2)).late, true);
  assert.ok(Date.now() - begun < 5000);
});

test("of endless output the beginning is kept", async () => {
  const { said } = await program("talks", "head -c 30000000 /dev/zero | tr '\\\\0' x").run(
    { args: [] },
    20,
  );
  assert.ok(said.length < 10_000_100 && /… 2\d{7} more bytes of output are left out$/.test(said));
});

const TESTS = `case "$1" in
--gtest_list_tests) printf 'A.\\n  passes\\n  fails\\n  falls\\n  hangs\\n' ;;
--gtest_filter=A.passes) echo '{"testsuites":[{"testsuite":[{}]}]}' > report.json ;;
--gtest_filter=A.fails) printf '%s' '{"testsuites":[{"testsuite":[{"failures":[{"failure":"a.cpp:1\\nFailed\\nwhy"}]}]}]}' > report.json; exit 1 ;;
--gtest_filter=A.falls) echo "before"; kill -SEGV $$ ;;
*) sleep 30 ;;
esac`;

test("each test has its own verdict", async () => {
  const cases = await runAll(program("tests", TESTS), { ...PATIENT, test: 1 });
  assert.deepEqual(
    cases.map(({ name, how }) => `${name} ${how}`),
    ["A.passes passed", "A.fails failed", "A.falls crashed", "A.hangs hung"],
  );
  assert.deepEqual(
    cases.map(({ message }) => message),
    [
      "",
      "a.cpp:1\nFailed\nwhy",
      "crashed: it touched memory that is not its own\nbefore",
      "did not finish in 1 s: probably waiting for ever",
    ],
  );
  assert.equal(await oneFails(program("again", TESTS), PATIENT), true);
});

test("a node that stops says which invariant broke", async () => {
  const node = new NativeNode(
    program("stops", 'echo "a.cpp:1: broken invariant: it must hold (a < b)" >&2; kill -ABRT $$'),
  );
  await assert.rejects(node.rewrite("x"), /^Error: it must hold \(a < b\)$/);
  assert.deepEqual(
    await new NativeNode(program("refuses", 'echo "$2:1: no such thing"; exit 1')).rewrite("x"),
    { complaint: "answer.txt:1: no such thing" },
  );
});
