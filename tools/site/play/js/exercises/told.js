// Verdicts as plain text, in the terminal's words: see Verdict.lines in tools/book/exercises/judge.py.
// A verdict is a list of parts, each {name, passed, message}.

export const FILE = "answer.txt";

export const part = (name, passed, message = []) => ({ name, passed, message });

/** A text's lines, as Python's splitlines() has them. */
export function linesOf(text) {
  const lines = text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** What the page shows of it: {passed, lines}, failures first. */
export function verdict(parts) {
  return { passed: parts.length > 0 && parts.every((one) => one.passed), lines: told(parts) };
}

function told(parts) {
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
