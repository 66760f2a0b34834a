// What the tests play with: the module, the native program, conversations. `./book test --only
// player` says where they are.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { load } from "../js/core.js";

const { BOOK_MODULE, BOOK_PROGRAM, BOOK_CONVERSATIONS } = process.env;
const make = await load(readFileSync(BOOK_MODULE));

/** A node of its own. */
export const core = make;

/**
 * Scenario files, by their names: the committed ones, and random ones whose names begin with
 * "random".
 */
export function conversations(random = true) {
  return BOOK_CONVERSATIONS.split(":")
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".txt"))
        .sort()
        .map((name) => [basename(name, ".txt"), readFileSync(join(folder, name), "utf8")]),
    )
    .filter(([name]) => random || !name.startsWith("random"));
}

/** What the program `scenario` makes of a file. */
export function natively(text) {
  const folder = mkdtempSync(join(tmpdir(), "book-"));
  try {
    writeFileSync(join(folder, "scene"), text);
    const done = spawnSync(BOOK_PROGRAM, ["--rewrite", "--trace", "trace.json", "scene"], {
      cwd: folder,
      encoding: "utf8",
    });
    return {
      text: readFileSync(join(folder, "scene"), "utf8"),
      trace: readFileSync(join(folder, "trace.json"), "utf8"),
      printed: done.stderr,
      code: done.status,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
