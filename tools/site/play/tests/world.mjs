// What the tests play with: the module, the native program, conversations. `./book test --only player`
// says where they are.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { load } from "../js/core.js";

const { BOOK_MODULE, BOOK_PROGRAM, BOOK_CONVERSATIONS, BOOK_PYTHON, BOOK_EXTENSIONS } = process.env;
const make = await load(readFileSync(BOOK_MODULE));

/** A node of its own. */
export const core = make;

/** Scenario files, by their names: the committed ones, and random ones whose names begin with "random". */
export function conversations(random = true) {
  return BOOK_CONVERSATIONS.split(":").flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".txt")).sort()
    .map((name) => [basename(name, ".txt"), readFileSync(join(folder, name), "utf8")]))
    .filter(([name]) => random || !name.startsWith("random"));
}

/** What the program `scenario` makes of a file. */
export function natively(text) {
  const folder = mkdtempSync(join(tmpdir(), "book-"));
  try {
    writeFileSync(join(folder, "scene"), text);
    const done = spawnSync(BOOK_PROGRAM, ["--rewrite", "--trace", "trace.json", "scene"], { cwd: folder, encoding: "utf8" });
    return { text: readFileSync(join(folder, "scene"), "utf8"), trace: readFileSync(join(folder, "trace.json"), "utf8"), printed: done.stderr, code: done.status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pictures that the book's own extension draws: of each trace at each width, in one go. */
export function drawn(traces, widths) {
  const program = "import json,sys; from bookext import spacetime, trace\n"
    + "asked = json.load(sys.stdin)\n"
    + "print(json.dumps([[spacetime.svg(trace.parse(t), w, 'u', 'd') for w in asked['widths']] for t in asked['traces']]))";
  return JSON.parse(execFileSync(BOOK_PYTHON, ["-c", program], {
    input: JSON.stringify({ traces, widths }), encoding: "utf8", env: { ...process.env, PYTHONPATH: BOOK_EXTENSIONS }, maxBuffer: 1 << 28,
  }));
}
