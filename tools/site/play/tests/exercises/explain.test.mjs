// What compilers, linkers and GoogleTest say, in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compiler, diagnostics, failure, renamed } from "../../js/verdicts/explain.js";

const BROKEN = `code/raft/log.cpp:12:3: warning: unused variable 'a' [-Wunused-variable]
   12 |   int a = 1;
      |       ^
code/raft/log.cpp:14:10: error: use of undeclared identifier 'entris'
   14 |   return entris.size();
      |          ^~~~~~
1 warning and 1 error generated.
`;

test("the first errors, with their lines of code", () => {
  assert.deepEqual(compiler(BROKEN), [
    "code/raft/log.cpp:14: use of undeclared identifier 'entris'",
    "   14 |   return entris.size();",
    "      |          ^~~~~~",
  ]);
});

test("more than four are counted", () => {
  const many = Array.from({ length: 6 }, (_, i) => `a.cpp:${i + 1}:1: error: wrong ${i}`).join(
    "\n",
  );
  assert.equal(compiler(many).length, 5);
  assert.equal(compiler(many)[4], "… and 2 more; mend the first, the others often go with it");
});

test("a body that is missing is one line, however often it is used", () => {
  const said =
    "wasm-ld: error: rest.o: undefined symbol: raft::Unstable::restore(int)\nwasm-ld: error: rest.o: undefined symbol: raft::Unstable::restore(int)\n";
  assert.deepEqual(compiler(said), [
    "nothing defines raft::Unstable::restore(int): it is declared and used, but its body is missing",
  ]);
});

test("warnings and errors have their places", () => {
  assert.deepEqual(
    diagnostics(BROKEN).map(({ line, column, severity }) => [line, column, severity]),
    [
      [12, 3, "warning"],
      [14, 10, "error"],
    ],
  );
});

const GCC = `/t/tree/code/node/node.cpp: In member function 'int f()':
/t/tree/code/node/node.cpp:12:10: error: 'foo' was not declared in this scope
   12 |   return foo;
      |          ^~~
/t/tree/code/csp/a.hpp:3:1: warning: unused
/t/tree/exercise/exercise.cpp:4:2: error: expected ';'
    4 |   x
`;
const NAMES = {
  "/t/tree/exercise/exercise.cpp": "practice/p/test.cpp",
  "/t/tree/code/node/node.cpp": "practice/p/code/node/node.cpp",
  "/t/tree/": "",
};

test("errors stand at the reader's own files", () => {
  assert.deepEqual(compiler(renamed(GCC, NAMES)), [
    "practice/p/code/node/node.cpp:12: 'foo' was not declared in this scope",
    "   12 |   return foo;",
    "      |          ^~~",
    "practice/p/test.cpp:4: expected ';'",
    "    4 |   x",
  ]);
});

test("the terminal's linker, too, tells of a missing body", () => {
  assert.deepEqual(
    compiler("x.o: in function `main':\nx.cpp:1: undefined reference to `a::f(int)'\n"),
    ["nothing defines a::f(int): it is declared and used, but its body is missing"],
  );
});

for (const [what, said, lines] of [
  [
    "an equality",
    "t.cpp:9\nExpected equality of these values:\n  ch.size()\n    Which is: 0\n  2\nboth values wait",
    ["t.cpp:9", "`ch.size()` is 0, but should equal 2", "both values wait"],
  ],
  [
    "a truth",
    "a.cpp:3\nValue of: ok\n  Actual: false\nExpected: true\nwhy",
    ["a.cpp:3", "`ok` is false; it should be true", "why"],
  ],
  [
    "an order",
    "a.cpp:3\nExpected: (a) < (b), actual: 3 vs 2",
    ["a.cpp:3", "a < b should hold; seen: 3 vs 2"],
  ],
  ["the test's own words", "a.cpp:3\nFailed\nnobody answered", ["a.cpp:3", "nobody answered"]],
  [
    "bytes of an object and the empty error code",
    "a.cpp:3\nExpected equality of these values:\n  f()\n    Which is: system:0\n  timeout\n    Which is: 4-byte object <01-00 00-00>",
    ["a.cpp:3", "`f()` is no error, but should equal `timeout`"],
  ],
  [
    "bytes in a list",
    "a.cpp:3\nExpected equality of these values:\n  f()\n    Which is: { 4-byte object <01-00 00-00> }\n  wanted\n    Which is: { 4-byte object <02-00 00-00> }\nanother entry",
    ["a.cpp:3", "`f()` is something else, but should equal `wanted`", "another entry"],
  ],
  [
    "several failures",
    "a.cpp:9\nFailed\none\na.cpp:12: Failure\nFailed\ntwo",
    ["a.cpp:9", "one", "a.cpp:12", "two"],
  ],
]) {
  test(`GoogleTest, of ${what}`, () => assert.deepEqual(failure(said), lines));
}
