// Which of the reader's objects meets which of the pack's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Builder } from "../../js/compiler/builder.js";

/** A toolchain whose objects and programs tell what they were made from. */
function tools({ refuses = "" } = {}) {
  const files = new Map();
  const text = (path) => String(files.get(path));
  return {
    files,
    root: {
      contents: files,
      write: (path, content) => files.set(path, content),
      read: (path) => files.get(path),
    },
    clear: (...names) => {
      for (const path of files.keys()) if (names.includes(path.split("/")[0])) files.delete(path);
    },
    async compile(source, object) {
      if (refuses && text("code/a.hpp") === refuses)
        return { code: 1, said: "a.cpp:1:1: error: no" };
      files.set(object, `${text(source)} with ${text("code/a.hpp")}`);
      return { code: 0, said: "" };
    },
    async link(objects, program) {
      const missing = objects.find((path) => !files.has(path));
      if (missing) return { code: 1, said: `no ${missing}` };
      files.set(program, objects.map(text).join(" + "));
      return { code: 0, said: "" };
    },
  };
}

const PACK = {
  manifest: {
    sources: ["answer.cpp"],
    pch: "tests",
    runs: "tests",
    programs: [
      { name: "", objects: ["right/0.o"], headers: {} },
      {
        name: "another header",
        objects: ["wrong/0/0.o"],
        headers: { "code/a.hpp": "wrong header" },
      },
      { name: "another source", objects: ["wrong/1/0.o"], headers: {} },
    ],
  },
  files: new Map([
    ["code/a.hpp", "right header"],
    ["right/0.o", "right"],
    ["wrong/0/0.o", "wrong 0"],
    ["wrong/1/0.o", "wrong 1"],
  ]),
};
const builder = (made) =>
  new Builder(
    made,
    [
      ["gtest.o", "gtest"],
      ["tests.pch", "read"],
    ],
    {},
  );

test("a wrong header is met by its own program alone", async () => {
  const { programs } = await builder(tools()).build(PACK, { "answer.cpp": "mine" });
  assert.deepEqual(programs, [
    { name: "", bytes: "mine with right header + right + gtest" },
    { name: "another header", bytes: "mine with wrong header + wrong 0 + gtest" },
    { name: "another source", bytes: "mine with right header + wrong 1 + gtest" },
  ]);
});

test("nothing of the exercise before is left", async () => {
  const made = tools();
  const one = builder(made);
  await one.build(
    { ...PACK, files: new Map([...PACK.files, ["code/old.hpp", "old"]]) },
    { "answer.cpp": "mine" },
  );
  await one.build(PACK, { "answer.cpp": "mine" });
  assert.ok(!made.files.has("code/old.hpp"));
});

test("what does not compile makes no program, also if only a wrong node's header is to blame", async () => {
  for (const refuses of ["right header", "wrong header"]) {
    assert.deepEqual(await builder(tools({ refuses })).build(PACK, { "answer.cpp": "mine" }), {
      said: "a.cpp:1:1: error: no",
    });
  }
});
