// How far a reader is, as the browser keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Marks } from "../../js/exercises/marks.js";

function storage(text = null) {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
  };
}

test("an exercise's marks are kept, and others' with them", () => {
  const kept = storage();
  const [one, other] = [new Marks("a/one", kept), new Marks("a/other", kept)];
  one.tried(false);
  other.note({ hints: 2 });
  one.tried(true);
  one.tried(false); // solved is solved
  assert.deepEqual(JSON.parse(kept.text).exercises, {
    "a/one": { state: "passed", hints: 0, tries: 3 },
    "a/other": { state: "", hints: 2, tries: 0 },
  });
});

test("the reader's files are kept, if they are still the exercise's", () => {
  const kept = storage();
  const marks = new Marks("a/one", kept);
  const starter = { "code/a.cpp": "hole", "answer.txt": "?" };
  assert.deepEqual(marks.filesLike(starter), starter);
  marks.note({ files: { "answer.txt": "!", "code/a.cpp": "mine" } });
  assert.deepEqual(Object.entries(marks.filesLike(starter)), [
    ["code/a.cpp", "mine"],
    ["answer.txt", "!"],
  ]); // in the starter's order
  assert.deepEqual(marks.filesLike({ "code/b.cpp": "hole" }), { "code/b.cpp": "hole" }); // the book has changed
  for (const files of [null, "x", { "code/a.cpp": 3, "answer.txt": "" }]) {
    marks.note({ files });
    assert.deepEqual(marks.filesLike(starter), starter);
  }
});

test("who has seen the solution has not solved it", () => {
  const marks = new Marks("a/one", storage());
  marks.note({ state: "shown" });
  marks.tried(true);
  assert.equal(marks.entry.state, "shown");
});

test("what is not ours, or can't be kept, does no harm", () => {
  for (const text of ["{", "[]", "null", '{"exercises": 3}'])
    assert.equal(new Marks("a/one", storage(text)).entry.tries, 0);
  const full = {
    getItem: () => null,
    setItem() {
      throw new Error("full");
    },
  };
  new Marks("a/one", full).tried(true);
  new Marks("a/one", undefined).tried(true);
});
