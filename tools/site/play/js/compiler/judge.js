// The verdict on a Fill, a Hunt or a Kill: what tools/book/exercises/judge.py does in the terminal, in the
// same words. `./book test --only verdicts` compares the two.
//
// `world` has what judging needs: `built`, what Builder.build made of the files, program(bytes) makes a
// Program, tell(step, done, total) hears how far it is, `pack` is the exercise's, unpacked.

import { part, verdict as told } from "../exercises/told.js";
import { compiler, diagnostics, failure } from "./explain.js";
import { ListingFailed, oneFails, runAll } from "./tests.js";

const PATIENCE = 20; // seconds for a scenario

/** {passed, lines, said, diagnostics}. */
export async function judge(files, world) {
  const { said, programs } = world.built;
  const places = diagnostics(said);
  if (!programs) return verdict([part("it does not compile", false, ["", ...compiler(said)])], { places });
  const { runs } = world.pack.manifest;
  const [right, ...wrong] = programs.map(({ name, bytes }) => ({ name, program: world.program(bytes) }));
  try {
    const first = runs === "scenario" ? await played(right.program, world) : await tested(right.program, world);
    const { parts } = first;
    const passed = parts.every((one) => one.passed);
    if (wrong.length) return verdict(...await killed(first, wrong, passed, places, world));
    if (world.pack.manifest.invariant && passed) parts.push(named(world.pack.manifest.invariant, files["answer.txt"] ?? ""));
    return verdict(parts, { places, heard: first.heard });
  } finally {
    for (const { program } of [right, ...wrong]) program.close();
  }
}

function verdict(parts, { places = [], heard = "", headline = "" } = {}) {
  const { passed, lines } = told(parts);
  return { passed, lines: headline ? [headline, ...lines] : lines, said: heard, diagnostics: places };
}

async function tested(program, world) {
  let cases;
  try {
    cases = await runAll(program, (done, total) => world.tell("Testing", done, total));
  } catch (error) {
    if (!(error instanceof ListingFailed)) throw error;
    return { parts: [part("start of the program", false, [`the test program did not start: ${error.message}`])] };
  }
  if (!cases.length) return { parts: [part("tests", false, ["there is no test: write TEST(Suite, Name) { … }"])] };
  const heard = cases.map((one) => one.said).join("");
  return { heard, parts: cases.map(({ name, how, message }) => part(name, how === "passed", how === "failed" ? failure(message) : message ? message.split("\n") : [])) };
}

/** The reader's node has to say what the right one says. */
async function played(program, world) {
  world.tell("Playing the scenario", 0, 0);
  const name = "scenario.txt";
  const text = new TextDecoder().decode(world.pack.files.get(name));
  const done = await program.run({ args: [name], files: { [name]: text } }, PATIENCE);
  const passed = done.code === 0;
  const words = done.late ? `the scenario did not finish in ${PATIENCE} s` : done.said.trim() || `the scenario ended with exit code ${done.code}`;
  return { parts: [part(`the conversation of ${name}`, passed, passed ? [] : words.split("\n").filter((line) => line.trim()).slice(0, 40))] };
}

/** The reader's test is right about the right node and about every wrong one. */
async function killed(first, wrong, passed, places, world) {
  const how = { places, heard: first.heard };
  if (!passed) return [first.parts, { ...how, headline: "Your test must pass on the right node, and does not:" }];
  const parts = [part("passes on the right node", true)];
  for (const [at, { name, program }] of wrong.entries()) {
    world.tell("Running it on the wrong nodes", at, wrong.length);
    const dies = await oneFails(program).catch((error) => {
      if (!(error instanceof ListingFailed)) throw error;
      return true;
    });
    parts.push(part(`kills: ${name}`, dies, dies ? [] : [`survived: ${name}`]));
  }
  const alive = parts.filter((one) => !one.passed).length;
  return [parts, { ...how, headline: alive ? `${alive} of ${wrong.length} wrong nodes survive your test: it passes on them too.` : "" }];
}

/** A hunter says which invariant the bug broke. */
function named(invariant, answer) {
  const given = (/^\s*broken invariant:[ \t]*(.*)$/im.exec(answer)?.[1] ?? "").trim().toUpperCase();
  if (given === invariant.toUpperCase()) return part("the invariant is named", true);
  return part("the invariant is named", false, [given ? `${given} is not the one this bug broke` : "the code is right; now write in answer.txt, after the colon, which invariant the bug broke"]);
}
