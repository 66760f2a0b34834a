// The verdict on a Fill, a Hunt or a Kill: the reader's files are built into a program, its tests
// are run.
//
// `exercise` is {runs, invariant, scenario, wrong}: whether it `runs` "tests" or a "scenario";
// the invariant that a hunter has to name; the scenario's text; the names of the wrong nodes that
// a reader's test has to kill.
//
// `world` is where that happens, the page or the terminal: build(name) makes the program with a
// wrong node, or with the right one, whose name is "", and gives {said, program}, without a
// program if it does not compile; `names` maps paths to what the reader calls the files; `limits`
// are like PATIENT; tell(step, done, total) hears how far it is.

import { compiler, diagnostics, failure, renamed } from "./explain.js";
import { ListingFailed, oneFails, runAll } from "./tests.js";
import { linesOf, part, verdict } from "./verdict.js";

const SCENARIO = "scenario.txt";
const PATIENCE = 20; // seconds for a scenario
const RIGHT = "";

/** {passed, lines, said, diagnostics, broken}; `broken` if it does not compile. */
export async function judge(exercise, files, world) {
  const built = await world.build(RIGHT);
  const said = renamed(built.said, world.names);
  const places = diagnostics(said);
  if (!built.program)
    return { ...verdict([unbuilt(built, said)]), said: "", diagnostics: places, broken: true };
  const { parts, heard = "" } = await judged(exercise, built.program, world);
  const passed = parts.every((one) => one.passed);
  if (exercise.wrong.length)
    return {
      ...(await killed(parts, exercise.wrong, passed, world)),
      said: heard,
      diagnostics: places,
    };
  if (exercise.invariant && passed)
    parts.push(named(exercise.invariant, files["answer.txt"] ?? ""));
  return { ...verdict(parts), said: heard, diagnostics: places };
}

/**
 * Of an exercise's own wrong nodes, those that its test or its scenario does not notice: a
 * verdict.
 */
export async function survivors(exercise, world) {
  const parts = [];
  for (const name of exercise.wrong) {
    parts.push(
      exercise.runs === "scenario"
        ? await disagrees(name, exercise, world)
        : await dies(name, world),
    );
  }
  return verdict(parts);
}

function unbuilt({ late }, said) {
  if (late) return part("build", false, [`did not finish compiling in ${late} minutes`]);
  return part("it does not compile", false, ["", ...compiler(said)]);
}

async function judged({ runs, scenario }, program, world) {
  try {
    return runs === "scenario"
      ? await played(program, scenario, world)
      : await tested(program, world);
  } finally {
    program.close();
  }
}

async function tested(program, world) {
  let cases;
  try {
    cases = await runAll(program, world.limits, (done, total) =>
      world.tell("Testing", done, total),
    );
  } catch (error) {
    if (!(error instanceof ListingFailed)) throw error;
    return {
      parts: [
        part("start of the program", false, [`the test program did not start: ${error.message}`]),
      ],
    };
  }
  if (!cases.length)
    return { parts: [part("tests", false, ["there is no test: write TEST(Suite, Name) { … }"])] };
  const heard = cases.map((one) => one.said).join("");
  return {
    heard,
    parts: cases.map(({ name, how, message }) =>
      part(name, how === "passed", explained(how, renamed(message, world.names))),
    ),
  };
}

const explained = (how, message) => (how === "failed" ? failure(message) : linesOf(message));

/** The reader's node has to say what the right one says. */
async function played(program, scenario, world) {
  world.tell("Playing the scenario", 0, 0);
  const done = await program.run({ args: [SCENARIO], files: { [SCENARIO]: scenario } }, PATIENCE);
  const passed = done.code === 0;
  const words = done.late
    ? `the scenario did not finish in ${PATIENCE} s`
    : done.said.trim() || `the scenario ended with exit code ${done.code}`;
  return {
    parts: [
      part(
        `the conversation of ${SCENARIO}`,
        passed,
        passed
          ? []
          : linesOf(words)
              .filter((line) => line.trim())
              .slice(0, 40),
      ),
    ],
  };
}

/** The reader's test is right about the right node and about every wrong one. */
async function killed(right, wrong, passed, world) {
  if (!passed) return verdict(right, "Your test must pass on the right node, and does not:");
  const parts = [part("passes on the right node", true)];
  for (const [at, name] of wrong.entries()) {
    world.tell("Running it on the wrong nodes", at, wrong.length);
    parts.push(await dies(name, world));
  }
  const alive = parts.filter((one) => !one.passed).length;
  return verdict(
    parts,
    alive
      ? `${alive} of ${wrong.length} wrong nodes survive your test: it passes on them too.`
      : "",
  );
}

/** A test fails on the wrong node; a program that can't even start is dead, too. */
async function dies(name, world) {
  const title = `kills: ${name}`;
  const { program, said } = await world.build(name);
  if (!program) return misbuilt(title, said, world);
  try {
    const dead = await oneFails(program, world.limits);
    return part(title, dead, dead ? [] : [`survived: ${name}`]);
  } catch (error) {
    if (!(error instanceof ListingFailed)) throw error;
    return part(title, true);
  } finally {
    program.close();
  }
}

/** The wrong node says something else than the scenario. */
async function disagrees(name, exercise, world) {
  const title = `kills: ${name}`;
  const { program, said } = await world.build(name);
  if (!program) return misbuilt(title, said, world);
  const {
    parts: [conversation],
  } = await judged(exercise, program, world);
  return part(title, !conversation.passed, conversation.passed ? [`survived: ${name}`] : []);
}

function misbuilt(title, said, world) {
  return part(title, false, [
    "the wrong node does not compile; the exercise has to be mended",
    ...compiler(renamed(said, world.names)),
  ]);
}

/** A hunter says which invariant the bug broke. */
function named(invariant, answer) {
  const given = (/^\s*broken invariant:[ \t]*(.*)$/im.exec(answer)?.[1] ?? "").trim().toUpperCase();
  if (given === invariant.toUpperCase()) return part("the invariant is named", true);
  const why = given
    ? `${given} is not the one this bug broke`
    : "the code is right; now write in answer.txt, after the colon, which invariant the bug broke";
  return part("the invariant is named", false, [why]);
}
