// The verdict on a Compose that stands on a scenario file: what tools/book/exercises/judge.py does in the
// terminal, in the same words. `./book test --only verdicts` compares the two.
//
// An exercise is what tools/book/exercises/page.py says of it.

import { Stopped } from "../core.js";
import { FILE, linesOf, part, verdict } from "./told.js";

const MOST = 20; // lines of what a node said, below one part
const LONGEST = 60000; // letters of a conversation that are shown

/** The reader's scenario is played, then asked, and the answers must fit: {passed, lines, said}. */
export function compose(core, { expects }, files) {
  const answer = files[FILE];
  const { text, complaint } = conversation(core, answer);
  if (complaint) return { ...verdict([part("your scenario", false, ["", ...linesOf(complaint).slice(0, MOST)])]), said: "" };
  const parts = expects.map(({ name, ask, finds, lacks }) => {
    const said = ask ? asked(core, answer, ask) : text;
    const fits = has(finds, said) && !(lacks.length && has(lacks, said));
    const heard = ask ? [`${ask} answers:`, ...linesOf(said)].slice(0, MOST) : [];
    return part(name, fits, fits ? [] : ["", ...heard]);
  });
  return { ...verdict(parts), said: short(text) };
}

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and more\n` : text);

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
