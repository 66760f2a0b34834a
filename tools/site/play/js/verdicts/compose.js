// The verdict on a Compose: the reader's scenario is played by a node, or the reader's text by a
// program.
//
// An exercise is what tools/book/exercises/page.py says of it. A node has rewrite(file), which
// gives the file with what is said now, {text}, or what is wrong with it, {complaint}; a program
// is what tests.js describes.

import { Stopped } from "../core.js";
import { FILE, linesOf, part, verdict } from "./verdict.js";

const MOST = 20; // lines of what a node said, below one part
const LIMIT = 20; // seconds for a play
const LONGEST = 60000; // letters of a conversation that are shown

/** The reader's scenario is played, then asked, and the answers must fit: {passed, lines, said}. */
export async function compose(node, { expects }, files) {
  const answer = files[FILE];
  const { text, complaint } = await conversation(node, answer);
  if (complaint)
    return {
      ...verdict([part("your scenario", false, ["", ...linesOf(complaint).slice(0, MOST)])]),
      said: "",
    };
  const parts = [];
  for (const { name, ask, finds, lacks } of expects) {
    const said = ask ? await asked(node, answer, ask) : text;
    const fits = has(finds, said) && !(lacks.length && has(lacks, said));
    const heard = ask ? [`${ask} answers:`, ...linesOf(said)].slice(0, MOST) : [];
    parts.push(part(name, fits, fits ? [] : ["", ...heard]));
  }
  return { ...verdict(parts), said: short(text) };
}

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and more\n` : text);

const has = ([source, flags] = ["", "m"], said) => new RegExp(source, flags).test(said);

/** The answer to one more directive, at a level at which it is heard. */
async function asked(node, answer, ask) {
  const { text, complaint } = await conversation(
    node,
    `${answer.trimEnd()}\n\nlog-level debug\n----\n\n${ask}\n----\n`,
  );
  return complaint || text.split(`\n${ask}\n----\n`).at(-1);
}

/** A file with what the nodes say, or what is wrong with it. */
async function conversation(node, file) {
  if (file === "")
    return { text: "", complaint: `${FILE}: is empty, or can't be read; is the name right?` };
  try {
    const { text = "", complaint = "" } = await node.rewrite(file);
    return { text, complaint: complaint.replace(/^line /, `${FILE}:`) };
  } catch (stop) {
    if (!(stop instanceof Stopped)) throw stop;
    return { text: "", complaint: `the node stopped: ${stop.message}` };
  }
}

/** A program that came with the exercise reads the reader's text, and judges it. */
export async function performed(program, { [FILE]: answer }) {
  const name = "your play";
  const done = await program.run(
    { args: [FILE], files: { [FILE]: answer }, env: { BOOK_ANSWER: FILE } },
    LIMIT,
  );
  program.close();
  if (done.late)
    return verdict([
      part(name, false, [`did not finish in ${LIMIT} s: probably waiting for ever`]),
    ]);
  const said = linesOf(done.said).filter((line) => line.trim());
  return verdict([part(name, done.code === 0, ["", ...said.slice(-MOST)])]);
}
