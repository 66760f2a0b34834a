// Holds Python files to ruff's rules and layout, by ruff's own build for WebAssembly, because
// Debian has no package of it:
//
//   node tools/book/checks/ruff.mjs ASKED.json
//
// ASKED.json is {"files": [...], "options": {...}, "rewrite": false}; `options` is [tool.ruff] of
// pyproject.toml. It prints one line for each thing that is wrong. With `rewrite`, it mends first
// what can be mended without a doubt.
import { readFileSync, writeFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";

// Order and spelling, which change nothing that a program does.
const BEYOND_DOUBT = /^(?:I|W|UP|F401|RUF100)/;
const ROUNDS = 10; // a mend may make another one possible

const { files, options, rewrite } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ruff = new Workspace(options, PositionEncoding.Utf32);

/** A text after all mends that do not touch each other, from the end to the beginning. */
function mended(text) {
  const characters = [...text];
  const starts = [0];
  for (const [index, character] of characters.entries()) {
    if (character === "\n") starts.push(index + 1);
  }
  const offset = ({ row, column }) => starts[row - 1] + column - 1;
  const edits = ruff
    .check(text)
    .filter(({ code, fix }) => fix && BEYOND_DOUBT.test(code))
    .flatMap(({ fix }) => fix.edits)
    .map((edit) => ({ ...edit, from: offset(edit.location), to: offset(edit.end_location) }))
    .sort((one, other) => other.from - one.from);
  let untouched = characters.length + 1;
  for (const { from, to, content } of edits) {
    if (to > untouched) continue;
    characters.splice(from, to - from, ...(content ?? ""));
    untouched = from;
  }
  return characters.join("");
}

function rewritten(text) {
  for (let round = 0; round < ROUNDS; round++) {
    const next = mended(text);
    if (next === text) break;
    text = next;
  }
  return ruff.format(text);
}

for (const file of files) {
  let text = readFileSync(file, "utf8");
  if (rewrite) {
    const right = rewritten(text);
    if (right !== text) writeFileSync(file, right);
    text = right;
  }
  for (const { code, message, start_location: at } of ruff.check(text)) {
    console.log(`${file}:${at.row}:${at.column}: ${code ?? "syntax"} ${message}`);
  }
  if (ruff.format(text) !== text) console.log(`${file}: is not formatted as ruff does it`);
}
