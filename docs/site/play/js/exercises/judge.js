// The verdict on a Predict or a Compose that stands on a scenario file: what docs/bookcmd/exercises/judge.py
// does in the terminal, in the same words. `./book test --only verdicts` compares the two.
//
// An exercise is what docs/bookcmd/exercises/page.py says of it; a verdict is a list of parts, each
// {name, passed, message}.

import { Stopped } from "../core.js";

const MOST = 20; // lines of what a node said, below one part
const LONGEST = 60000; // letters of a conversation that are shown
const FILE = "answer.txt";

/**
 * {passed, lines, said, at}: the verdict; of a Compose, the conversation with what the nodes answered; of a
 * Predict, which line of the answer is the first wrong one, counted from 0 and with all of its lines.
 */
export function judge(core, exercise, answer) {
  const { parts, said = "", at } = exercise.kind === "predict" ? predict(core, exercise, answer) : compose(core, exercise, answer);
  return { passed: parts.length > 0 && parts.every((part) => part.passed), lines: told(parts), said: short(said), at };
}

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and more\n` : text);

/** A text's lines, as Python's splitlines() has them. */
function linesOf(text) {
  const lines = text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The lines that count, with their places: no blank ones, no remarks, spaces evened out. */
const numbered = (text) => linesOf(text).map((line, at) => ({ at, line: line.trim().split(/\s+/).join(" ") })).filter(({ line }) => line && !line.startsWith("#"));
const answers = (text) => numbered(text).map(({ line }) => line);

function predict(core, exercise, answer) {
  const wanted = answers(conversation(core, exercise.scenario).text);
  const given = answers(answer);
  let right = 0;
  while (right < wanted.length && right < given.length && wanted[right] === given[right]) right += 1;
  if (right === wanted.length && right === given.length) return { parts: [part(`all ${wanted.length} lines`, true)] };
  const message = [`the first ${right} of ${wanted.length} lines are right`];
  const here = `line ${right + 1}: \`${given[right]}\`: `;
  if (right < given.length && right < wanted.length) {
    message.push(here + (given[right].includes("__") ? "a blank is left" : "the cluster says something else"));
  } else if (right < wanted.length) {
    message.push(`after line ${right} the cluster goes on; ${wanted.length - right} more lines are to be predicted`);
  } else {
    message.push(`${here}the cluster ended before that`);
  }
  return { parts: [part("your prediction", false, message)], at: numbered(answer)[right]?.at };
}

/** The reader's scenario is played, then asked, and the answers must fit. */
function compose(core, exercise, answer) {
  const { text, complaint } = conversation(core, answer);
  if (complaint) return { parts: [part("your scenario", false, ["", ...linesOf(complaint).slice(0, MOST)])] };
  const parts = exercise.expects.map(({ name, ask, finds, lacks }) => {
    const said = ask ? asked(core, answer, ask) : text;
    const fits = has(finds, said) && !(lacks.length && has(lacks, said));
    const heard = ask ? [`${ask} answers:`, ...linesOf(said)].slice(0, MOST) : [];
    return part(name, fits, fits ? [] : ["", ...heard]);
  });
  return { parts, said: text };
}

const has = ([source, flags] = ["", "m"], said) => new RegExp(source, flags).test(said);

/** The answer to one more directive, at a level at which it is heard. */
function asked(core, answer, ask) {
  const { text, complaint } = conversation(core, `${answer.trimEnd()}\n\nlog-level debug\n----\n\n${ask}\n----\n`);
  return complaint || text.split(`\n${ask}\n----\n`).at(-1);
}

/** A file with what the nodes say, or what is wrong with it. */
function conversation(core, file) {
  if (file === "") return { text: "", complaint: `${FILE}: is empty, or can't be read; is the name right?` };
  try {
    const { text = "", complaint = "" } = core.rewrite(file);
    return { text, complaint: complaint.replace(/^line /, `${FILE}:`) };
  } catch (stop) {
    if (!(stop instanceof Stopped)) throw stop;
    return { text: "", complaint: `the node stopped: ${stop.message}` };
  }
}

const part = (name, passed, message = []) => ({ name, passed, message });

/** The verdict as plain text, failures first. */
export function told(parts) {
  const lines = [];
  for (const { name, message } of parts.filter((one) => !one.passed)) {
    const [first = "", ...rest] = message;
    lines.push(`✗ ${name}${first && `   ${first}`}`, ...rest.map((text) => `    ${text}`));
  }
  const passed = parts.filter((one) => one.passed).map((one) => one.name);
  if (passed.length && passed.length < parts.length) lines.push(`✓ ${passed.length} of ${parts.length} pass: ${passed.join(", ")}`);
  else lines.push(...passed.map((name) => `✓ ${name}`));
  return lines;
}
