// Runs a GoogleTest program one test at a time, as tools/book/exercises/tests.py does: a test that crashes
// or runs for ever costs its own verdict only.

const LIMIT = 10; // seconds for a test
const IMPATIENT = 3; // once another one has not ended
const REPORT = "report.json";

export async function names(program) {
  const { code, trap, late, said } = await program.run({ args: ["--gtest_list_tests"] }, LIMIT);
  if (late || code !== 0) throw new ListingFailed(late ? `it did not finish in ${LIMIT} s` : tail(said) || trap || `exit code ${code}`);
  const found = [];
  let suite = "";
  for (const line of said.split("\n").map((one) => one.split("  # ")[0])) {
    if (/^\S+\.$/.test(line)) suite = line;
    else if (line.startsWith("  ")) found.push(suite + line.trim());
  }
  return found;
}

/** The program could not even say which tests it has. */
export class ListingFailed extends Error {}

/** Every test's {name, how, message}; tell(done, total) hears of each. */
export async function runAll(program, tell = () => {}) {
  const cases = [];
  let limit = LIMIT;
  const all = await names(program);
  tell(0, all.length);
  for (const name of all) {
    cases.push(await runOne(program, name, limit));
    if (cases.at(-1).how === "hung") limit = IMPATIENT;
    tell(cases.length, all.length);
  }
  return cases;
}

/** Whether a test does not pass; the first that doesn't ends the matter. */
export async function oneFails(program) {
  for (const name of await names(program)) {
    if ((await runOne(program, name, LIMIT)).how !== "passed") return true;
  }
  return false;
}

async function runOne(program, name, limit) {
  const args = [`--gtest_filter=${name}`, "--gtest_color=no", `--gtest_output=json:/${REPORT}`];
  const done = await program.run({ args }, limit);
  const { said = "" } = done;
  if (done.late) return { name, how: "hung", message: `did not finish in ${limit} s: probably waiting for ever`, said };
  const failures = messagesOf(done);
  if (!failures) return { name, how: "crashed", message: lastWords(done), said };
  if (failures.length || done.code !== 0) return { name, how: "failed", message: failures.join("\n") || tail(said), said };
  return { name, how: "passed", message: "", said };
}

/** The failures in GoogleTest's report; nothing if there is no report of a test that ran. */
function messagesOf({ report }) {
  try {
    const ran = JSON.parse(report).testsuites.flatMap((suite) => suite.testsuite);
    return ran.length ? ran.flatMap((test) => (test.failures ?? []).map((one) => one.failure)) : undefined;
  } catch {
    return undefined;
  }
}

const tail = (said) => said.trimEnd().split("\n").slice(-5).join("\n");

const TRAPS = [[/unreachable/, "it aborted, or looked through a null pointer"], [/divide by zero/, "it divided by zero"], [/out of bounds/, "it touched memory that is not its own"],
  [/call stack|recursion/i, "its calls went too deep"]];

/** Why a program ended in the middle: a broken invariant's own line, or what the trap means. */
function lastWords({ said, trap, code }) {
  const lines = said.split("\n");
  const broken = lines.find((line) => line.includes("broken invariant"));
  if (broken) return broken.trim();
  const kept = lines.filter((line) => line && !/^(\[|Note: |Running main)/.test(line));
  const cause = trap === null ? `it ended with exit code ${code} in the middle of the test` : TRAPS.find(([sign]) => sign.test(trap))?.[1] ?? trap;
  return [`crashed: ${cause}`, ...kept.slice(-3)].join("\n");
}
