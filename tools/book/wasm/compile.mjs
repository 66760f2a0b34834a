// Compiles and links for WebAssembly with the toolchain that the pages have, for
// tools/book/wasm/objects.py:
//
//   node compile.mjs LLVM.wasm SYSROOT.tar
//
// Takes orders from the standard input and answers each on the standard output, one line of JSON
// each. Paths of results and of `bytes` are the disk's; `files` are texts by the names that the
// compiler sees them under.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { untar } from "../../site/play/js/compiler/archive.js";
import { PARTS } from "../../site/play/js/compiler/flags.js";
import { Toolchain } from "../../site/play/js/compiler/toolchain.js";

const [llvm, sysroot] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(llvm));
const tools = new Toolchain(module, untar(readFileSync(sysroot)), [...PARTS, "-w"]);
const RESULT = "result";

async function carryOut({ how, source, files = {}, bytes = {}, pch = "", objects = [], out }) {
  tools.clear("code", "exercise");
  for (const [path, text] of Object.entries(files)) tools.root.write(path, text);
  for (const [path, place] of Object.entries(bytes)) tools.root.write(path, readFileSync(place));
  const done = await {
    precompile: () => tools.precompile(source, RESULT),
    compile: () => tools.compile(source, RESULT, pch),
    merge: () => tools.merge(objects, RESULT),
    link: () => tools.link(objects, RESULT),
  }[how]();
  if (done.code === 0) {
    writeFileSync(`${out}.draft`, tools.root.read(RESULT));
    renameSync(`${out}.draft`, out); // whole, or not at all
  }
  return done;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await carryOut(JSON.parse(line));
  } catch (error) {
    answer = { code: 1, said: String(error.stack ?? error) };
  }
  console.log(JSON.stringify(answer));
}
