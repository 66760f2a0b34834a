// The verdict on a Predict: the reader's lines against those that a program prints, or a cluster
// says. Nothing is played for it: the right lines are committed, and checked with the exercise.

import { FILE, linesOf, part, verdict } from "./verdict.js";

/** The lines that count, with their places: no blank ones, no remarks, spaces evened out. */
const numbered = (text) =>
  linesOf(text)
    .map((line, at) => ({ at, line: line.trim().split(/\s+/).join(" ") }))
    .filter(({ line }) => line && !line.startsWith("#"));
const answers = (text) => numbered(text).map(({ line }) => line);

/**
 * {passed, lines, at}: `at` is the first wrong line, counted from 0 in the whole of the answer, as
 * the words count theirs; "of 9 lines" are those that count.
 */
export function predict({ says, whose }, files) {
  const wanted = answers(says);
  const places = numbered(files[FILE]);
  const given = places.map(({ line }) => line);
  let right = 0;
  while (right < wanted.length && right < given.length && wanted[right] === given[right])
    right += 1;
  if (right === wanted.length && right === given.length)
    return verdict([part(`all ${wanted.length} lines`, true)]);
  const message = [`the first ${right} of ${wanted.length} lines are right`];
  const here = `line ${(places[right]?.at ?? 0) + 1}: \`${given[right]}\`: `;
  if (right < given.length && right < wanted.length) {
    message.push(
      here + (given[right].includes("__") ? "a blank is left" : `${whose} says something else`),
    );
  } else if (right < wanted.length) {
    const left = wanted.length - right;
    message.push(
      `after line ${(places.at(-1)?.at ?? -1) + 1} ${whose} goes on; ${left === 1 ? "one more line is" : `${left} more lines are`} to be predicted`,
    );
  } else {
    message.push(`${here}${whose} ended before that`);
  }
  return {
    ...verdict([part("your prediction", false, message)]),
    at: places[right]?.at,
  };
}
