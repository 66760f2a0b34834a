// Runs a GoogleTest program one test at a time: a test that crashes or runs for ever costs its
// own verdict only, and the program's own report, not its output, says what passed.
//
// A program has run({args, files, env}, seconds), which gives {late: true}, or {code, fell, said,
// report}: `fell` says in words why it ended in the middle; `reportAt`, where it may write its
// report; close(). It is a program of the page (compiler/program.js) or of the terminal
// (terminal/program.mjs).

/** Seconds for a test; for one once another has hung; and for one that is to fail. */
export const PATIENT = { test: 20, impatient: 5, wrong: 10 };

/** The program could not even say which tests it has. */
export class ListingFailed extends Error {}

export async function names(program, { test }, only = "") {
  const args = ["--gtest_list_tests", ...(only ? [`--gtest_filter=${only}`] : [])];
  const { code, fell, late, said } = await program.run({ args }, test);
  if (late || code !== 0)
    throw new ListingFailed(
      late ? `it did not finish in ${test} s` : tail(said) || fell || `exit code ${code}`,
    );
  const found = [];
  let suite = "";
  for (const line of said.split("\n").map((one) => one.split("  # ")[0])) {
    if (/^\S+\.$/.test(line)) suite = line;
    else if (line.startsWith("  ")) found.push(suite + line.trim());
  }
  return found;
}

/**
 * Every test's {name, how, message, said}; `how` is passed, failed, crashed or hung; tell(done,
 * total) hears of each.
 */
export async function runAll(program, limits, tell = () => {}, only = "") {
  const cases = [];
  const all = await names(program, limits, only);
  tell(0, all.length);
  for (const name of all) {
    const limit = cases.some(({ how }) => how === "hung") ? limits.impatient : limits.test;
    cases.push(await runOne(program, name, limit));
    tell(cases.length, all.length);
  }
  return cases;
}

/** Whether a test does not pass; the first that doesn't ends the matter. */
export async function oneFails(program, limits) {
  for (const name of await names(program, limits)) {
    if ((await runOne(program, name, limits.wrong)).how !== "passed") return true;
  }
  return false;
}

async function runOne(program, name, limit) {
  const args = [
    `--gtest_filter=${name}`,
    "--gtest_color=no",
    `--gtest_output=json:${program.reportAt}`,
  ];
  const done = await program.run({ args }, limit);
  const { said = "" } = done;
  if (done.late)
    return {
      name,
      how: "hung",
      message: `did not finish in ${limit} s: probably waiting for ever`,
      said,
    };
  const failures = messagesOf(done);
  if (!failures) return { name, how: "crashed", message: lastWords(done), said };
  if (failures.length || done.code !== 0)
    return { name, how: "failed", message: failures.join("\n") || tail(said), said };
  return { name, how: "passed", message: "", said };
}

/** The failures in GoogleTest's report; nothing if there is no report of a test that ran. */
function messagesOf({ report }) {
  try {
    const ran = JSON.parse(report).testsuites.flatMap((suite) => suite.testsuite);
    return ran.length
      ? ran.flatMap((test) => (test.failures ?? []).map((one) => one.failure))
      : undefined;
  } catch {
    return undefined;
  }
}

const OURS = /^(\[[ -]|\[=|Note: Google Test|Running main\(\)|$)/;
const FAILURE = /^\S+:\d+: Failure$/;

/** Of what a program said, what the reader's code printed: not GoogleTest's lines. */
export function printed(said) {
  const lines = [];
  let failing = false;
  for (const line of said.split("\n")) {
    if (FAILURE.test(line)) failing = true;
    else if (OURS.test(line)) failing = false;
    else if (!failing) lines.push(line);
  }
  return lines;
}

const tail = (said) => said.trimEnd().split("\n").slice(-5).join("\n");

/** Why a program ended in the middle: a broken invariant's own line, or what befell it. */
function lastWords({ said, fell, code }) {
  const lines = said.split("\n");
  const broken = lines.find((line) => line.includes("broken invariant"));
  if (broken) return broken.trim();
  const kept = lines.filter((line) => line && !/^(\[|Note: |Running main)/.test(line));
  return [
    `crashed: ${fell || `it ended with exit code ${code} in the middle of the test`}`,
    ...kept.slice(-3),
  ].join("\n");
}
