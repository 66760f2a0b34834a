// The module itself: how large it is, and what it asks of a page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Stopped } from "../js/core.js";
import { core } from "./world.mjs";

const bytes = readFileSync(process.env.BOOK_MODULE);

test("it is small enough for a page", () => {
  const size = gzipSync(bytes, { level: 9 }).length;
  assert.ok(size <= Number(process.env.BOOK_LARGEST), `${size} bytes compressed`);
});

test("it asks a page for nothing but its error output", () => {
  const wanted = WebAssembly.Module.imports(new WebAssembly.Module(bytes))
    .map(({ module, name }) => `${module}.${name}`)
    .sort();
  assert.deepEqual(
    wanted,
    ["fd_close", "fd_seek", "fd_write"].map((name) => `wasi_snapshot_preview1.${name}`),
  );
});

test("two clusters know nothing of each other", () => {
  const [one, other] = [core(), core()];
  one.play("add-nodes 3 voters=(1,2,3) index=10\n----\n");
  assert.match(other.play("campaign 1\n----\n").complaint, /there is no node 1/);
  assert.equal(one.play("campaign 1\n----\n").complaint, "");
});

test("a text of many kinds of letters comes back as it was", () => {
  const node = core();
  const file =
    "add-nodes 1 voters=(1) index=2\n----\nok\n\n# 日本, naïve\ncampaign 1\n----\nINFO 1 is starting a new election at term 0\n";
  assert.match(node.rewrite(file).text, /# 日本, naïve\ncampaign 1\n----\n/);
});

test("a broken invariant stops the node, and says which", () => {
  const node = core();
  node.words = "";
  const stop = () => {
    node.exports.begin = null;
    node.words = "code/raft/log.cpp:1: broken invariant: it must hold (a < b)\n";
    throw new WebAssembly.RuntimeError("unreachable");
  };
  node.exports = { ...node.exports, play: stop };
  assert.throws(
    () => node.play("x"),
    (error) => error instanceof Stopped && error.message === "it must hold (a < b)",
  );
});
