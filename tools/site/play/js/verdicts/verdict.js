// Verdicts as plain text, for the page and for the terminal. A verdict is made of parts, each
// {name, passed, message}: a test, a wrong node, the lines of a prediction.

export const FILE = "answer.txt";

export const part = (name, passed, message = []) => ({ name, passed, message });

/** A text's lines, as Python's splitlines() has them. */
export function linesOf(text) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** What is shown of it: {passed, lines}, failures first. */
export function verdict(parts, headline = "") {
  return {
    passed: parts.length > 0 && parts.every((one) => one.passed),
    lines: [...(headline ? [headline] : []), ...linesAbout(parts)],
  };
}

function linesAbout(parts) {
  const lines = [];
  for (const { name, message } of parts.filter((one) => !one.passed)) {
    const [first = "", ...rest] = message;
    lines.push(`✗ ${name}${first && `   ${first}`}`, ...rest.map((text) => `    ${text}`));
  }
  const passed = parts.filter((one) => one.passed).map((one) => one.name);
  if (passed.length && passed.length < parts.length)
    lines.push(`✓ ${passed.length} of ${parts.length} pass: ${passed.join(", ")}`);
  else lines.push(...passed.map((name) => `✓ ${name}`));
  return lines;
}
