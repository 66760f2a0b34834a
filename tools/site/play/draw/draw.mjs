// Draws everything that pages and the terminal show, in one go:
//
//   node draw.mjs < QUESTIONS > ANSWERS
//
// Both are JSON, a value a line, in the same order. What is written in the place of an element's
// name and of a picture's description, whoever asks says: pages put their own there.
//
//   {what: "scene", name, text, ident, description}   a trace, as its program printed it
//       {title, widths, threads, sentences, transcript, wide, narrow, animation} or {complaint}
//   {what: "legend"}                                  {html}
//   {what: "rooms", ident, description, states}       {html}
import { readFileSync } from "node:fs";
import { animation } from "../js/pictures/animation.js";
import { Layout } from "../js/pictures/layout.js";
import { NARROW, WIDE, svg } from "../js/pictures/picture.js";
import { TraceError, read } from "../js/pictures/trace.js";
import { sentence, transcript } from "../js/pictures/words.js";
import { legend } from "./legend.js";
import { rooms } from "./rooms.js";

const DRAW = {
  scene,
  legend: () => ({ html: legend() }),
  rooms: (asked) => ({ html: rooms(asked) }),
};

function scene({ name, text, ident, description }) {
  try {
    const trace = read(text, name);
    return {
      title: trace.title,
      widths: { wide: new Layout(trace.lanes, WIDE).width, narrow: NARROW },
      threads: trace.channels.length > 0,
      sentences: trace.events.map((event) => ({ seq: event.seq, words: sentence(trace, event) })),
      transcript: transcript(trace),
      wide: svg(trace, WIDE, ident, description),
      narrow: svg(trace, NARROW, ident, description),
      animation: animation(trace, ident),
    };
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return { complaint: error.message };
  }
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(DRAW[asked.what](asked))}\n`);
}
