// What clang and wasm-ld say, in words. What GoogleTest says is compared with the terminal's in verdicts.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compiler, diagnostics } from "../../js/compiler/explain.js";

const BROKEN = `code/raft/log.cpp:12:3: warning: unused variable 'a' [-Wunused-variable]
   12 |   int a = 1;
      |       ^
code/raft/log.cpp:14:10: error: use of undeclared identifier 'entris'
   14 |   return entris.size();
      |          ^~~~~~
1 warning and 1 error generated.
`;

test("the first errors, with their lines of code", () => {
  assert.deepEqual(compiler(BROKEN), ["code/raft/log.cpp:14: use of undeclared identifier 'entris'", "   14 |   return entris.size();", "      |          ^~~~~~"]);
});

test("more than four are counted", () => {
  const many = Array.from({ length: 6 }, (_, i) => `a.cpp:${i + 1}:1: error: wrong ${i}`).join("\n");
  assert.equal(compiler(many).length, 5);
  assert.equal(compiler(many)[4], "… and 2 more; mend the first, the others often go with it");
});

test("a body that is missing is one line, however often it is used", () => {
  const said = "wasm-ld: error: rest.o: undefined symbol: raft::Unstable::restore(int)\nwasm-ld: error: rest.o: undefined symbol: raft::Unstable::restore(int)\n";
  assert.deepEqual(compiler(said), ["nothing defines raft::Unstable::restore(int): it is declared and used, but its body is missing"]);
});

test("warnings and errors have their places", () => {
  assert.deepEqual(diagnostics(BROKEN).map(({ line, column, severity }) => [line, column, severity]), [[12, 3, "warning"], [14, 10, "error"]]);
});
