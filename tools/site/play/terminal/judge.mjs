// Judges an exercise for the terminal, with the scripts that judge it in its page.
// tools/book/exercises/judge.py starts it, and they talk in lines of JSON:
//
//   it is asked  {way, exercise, files, names}  once; `way` is one of WAYS
//   it asks      {build: name}                  for a program, when it needs one: see code.js
//   it is told   {said, program, late}          what the build said; the program's path, if any
//   it answers   {verdict}
import { createInterface } from "node:readline";
import { judge, survivors } from "../js/verdicts/code.js";
import { compose, performed } from "../js/verdicts/compose.js";
import { predict } from "../js/verdicts/predict.js";
import { PATIENT } from "../js/verdicts/tests.js";
import { NativeNode } from "./native_node.mjs";
import { Program, endAll } from "./program.mjs";

const WAYS = {
  predict: ({ exercise, files }) => predict(exercise, files),
  compose: async ({ exercise, files }) =>
    compose(new NativeNode((await build("")).program), exercise, files),
  perform: async ({ files }) => performed((await build("")).program, files),
  code: ({ exercise, files, names }) => judge(exercise, files, world(exercise, names)),
  survivors: ({ exercise, names }) => survivors(exercise, world(exercise, names)),
};

const world = (exercise, names) => ({
  build: (name) => build(name, exercise.runs === "scenario" ? ["--quiet"] : []),
  names,
  limits: PATIENT,
  only: exercise.only,
  tell() {},
});

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const heard = async () => JSON.parse((await lines.next()).value);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

async function build(name, first = []) {
  say({ build: name });
  const { said, program, late } = await heard();
  return { said, late, program: program && new Program(program, first) };
}

process.stdin.on("close", leave); // whoever asked has gone
process.on("SIGTERM", leave);

function leave() {
  endAll();
  process.exit(1);
}

const question = await heard();
say({ verdict: await WAYS[question.way](question) });
process.stdin.off("close", leave);
process.stdin.destroy();
