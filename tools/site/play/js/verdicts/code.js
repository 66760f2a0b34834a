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
import { ListingFailed, oneFails, printed, runAll } from "./tests.js";
import { linesOf, part, verdict } from "./verdict.js";

const SCENARIO = "scenario.txt";
const PATIENCE = 20; // seconds for a scenario
const RIGHT = "";
// A reader's test has to pass on the right node so many times, before the wrong ones and after.
const AGAIN = 3;

/** {passed, lines, said, diagnostics, broken}; `broken` if it does not compile. */
export async function judge(exercise, files, world) {
  const built = await world.build(RIGHT);
  const said = renamed(built.said, world.names);
  const places = diagnostics(said);
  if (!built.program)
    return { ...verdict([unbuilt(built, said)]), said: "", diagnostics: places, broken: true };
  const times = exercise.wrong.length ? AGAIN : 1;
  const { parts, heard = "", run } = await judged(exercise, built.program, world, times);
  const about = { said: heard, printed: printed(heard), diagnostics: places };
  const passed = parts.every((one) => one.passed);
  if (exercise.wrong.length)
    return { ...(await killed(parts, exercise, passed && !run, world, run)), ...about };
  if (exercise.invariant && passed)
    parts.push(named(exercise.invariant, files["answer.txt"] ?? ""));
  return { ...verdict(parts), ...about };
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

async function judged({ runs, scenario }, program, world, times = 1) {
  try {
    return runs === "scenario"
      ? await played(program, scenario, world)
      : await tested(program, world, times);
  } finally {
    program.close();
  }
}

/** `run` is the first that did not pass, if one before it did. */
async function tested(program, world, times) {
  let cases;
  let run = 0;
  try {
    do {
      run += 1;
      cases = await runAll(
        program,
        world.limits,
        (done, total) => world.tell("Testing", done, total),
        world.only,
      );
    } while (run < times && cases.every(({ how }) => how === "passed"));
  } catch (error) {
    if (!(error instanceof ListingFailed)) throw error;
    return {
      parts: [
        part("start of the program", false, [`the test program did not start: ${error.message}`]),
      ],
    };
  }
  if (!cases.length) {
    const why = world.only
      ? `no test's name is like ${world.only}`
      : "there is no test: write TEST(Suite, Name) { … }";
    return { parts: [part("tests", false, [why])] };
  }
  const heard = cases.map((one) => one.said).join("");
  const chance = run > 1 && cases.some(({ how }) => how !== "passed");
  return {
    heard,
    run: chance ? run : 0,
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

/**
 * The reader's test is right about the right node, each time, and about every wrong one. A test
 * that fails by chance would kill whatever it is given.
 */
async function killed(right, { runs, wrong }, passed, world, run) {
  if (!passed) return verdict(right, unfit(run));
  const parts = [part("passes on the right node", true)];
  for (const [at, name] of wrong.entries()) {
    world.tell("Running it on the wrong nodes", at, wrong.length);
    parts.push(await dies(name, world));
  }
  const alive = parts.filter((one) => !one.passed).length;
  if (!alive) {
    const again = await judged({ runs }, (await world.build(RIGHT)).program, world, AGAIN);
    const failed = again.parts.some((one) => !one.passed);
    if (failed) return verdict(again.parts, unfit(AGAIN + (again.run || 1)));
  }
  return verdict(
    parts,
    alive
      ? `${alive} of ${wrong.length} wrong nodes survive your test: it passes on them too.`
      : "",
  );
}

const unfit = (run) =>
  run
    ? `Your test must pass on the right node every time; the ${run}th time it did not:`
    : "Your test must pass on the right node, and does not:";

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
  const line = /^\s*broken invariant:(.*)$/im.exec(answer)?.[1] ?? "";
  const given = line.replace(/^[^\w]+|[^\w]+$/g, "").toUpperCase(); // quotes, or a full stop
  if (given === invariant.toUpperCase()) return part("the invariant is named", true);
  const why = given
    ? `${given} is not the one this bug broke`
    : "the code is right; now write in answer.txt, after the colon, which invariant the bug broke";
  return part("the invariant is named", false, [why]);
}
