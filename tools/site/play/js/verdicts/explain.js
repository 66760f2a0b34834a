// Says what compilers and GoogleTest say in words for somebody who meets both for the first time.
// In the terminal they are g++ and ld, in the page clang and wasm-ld.

const PLACE = /^([^\s:]+):(\d+)(?::(\d+))?: (.*)$/;

/** The first errors of a build, each with the line of code it points at. */
export function compiler(output, most = 4) {
  const lines = output.split("\n");
  const found = [];
  let count = 0;
  lines.forEach((text, number) => {
    const [, file, line, , rest] = PLACE.exec(text) ?? [];
    if (!/^(fatal )?error:/.test(rest ?? "")) return;
    count += 1;
    if (count > most) return;
    const quoted = lines.slice(number + 1, number + 3).filter((one) => /^\s*\d* \|/.test(one));
    found.push(
      `${file}:${line}: ${rest.replace(/^.*?error: /, "")}`,
      ...quoted.map((one) => one.trimEnd()),
    );
  });
  if (count > most)
    found.push(`… and ${count - most} more; mend the first, the others often go with it`);
  if (found.length) return found;
  const undefineds = [...output.matchAll(/undefined (?:symbol: (.*)|reference to `(.*)')$/gm)].map(
    ([, lld, ld]) => lld ?? ld,
  );
  const missing = [...new Set(undefineds)].map(
    (name) => `nothing defines ${name}: it is declared and used, but its body is missing`,
  );
  return missing.length ? missing.slice(0, most) : lines.filter(Boolean).slice(-8);
}

/** A text with the names that a reader knows the files by; `names` maps the beginnings of paths. */
export function renamed(text, names) {
  return Object.entries(names).reduce((so, [old, name]) => so.replaceAll(old, name), text);
}

/** Everything that has a place: {file, line, column, severity, message}. */
export function diagnostics(output) {
  return output
    .split("\n")
    .map((text) => /^([^\s:]+):(\d+):(\d+): (?:fatal )?(error|warning): (.*)$/.exec(text))
    .filter(Boolean)
    .map(([, file, line, column, severity, message]) => ({
      file,
      line: Number(line),
      column: Number(column),
      severity,
      message,
    }));
}

/** A test's failures, each as: place, what was seen, what should have been, the test's words. */
export function failure(text) {
  return text
    .split(/^(?=\S+\.(?:cpp|hpp|h):\d+(?:: Failure)?$)/m)
    .filter((part) => part.trim())
    .flatMap(one);
}

function one(text) {
  const lines = text.trimEnd().split("\n");
  const place = /^(\S+?):(\d+)(?:: Failure)?$/.exec(lines[0]);
  return place
    ? [`${place[1]}:${place[2]}`, ...translated(lines.slice(1).join("\n"))]
    : translated(lines.join("\n"));
}

function translated(text) {
  const equality =
    /^Expected equality of these values:\n {2}(.*)\n(?: {4}Which is: (.*)\n)? {2}(.*)(?:\n {4}Which is: (.*))?/.exec(
      text,
    );
  if (equality) {
    const [all, a, av, b, bv] = equality;
    return [`${is(a, av)}, but should equal ${value(b, bv)}`, ...words(text.slice(all.length))];
  }
  const truth = /^Value of: (.*)\n {2}Actual: (.*)\nExpected: (.*)/.exec(text);
  if (truth)
    return [
      `\`${truth[1]}\` is ${truth[2]}; it should be ${truth[3]}`,
      ...words(text.slice(truth[0].length)),
    ];
  const order = /^Expected: (.*), actual: (.*)/.exec(text);
  if (order)
    return [
      `${order[1].replace(/[()]/g, "")} should hold; seen: ${order[2]}`,
      ...words(text.slice(order[0].length)),
    ];
  return words(text);
}

function is(expression, seen) {
  const was = readable(seen);
  if (was === "") return `\`${expression}\` is something else`;
  return was === undefined ? `it is ${expression}` : `\`${expression}\` is ${was}`;
}

function value(expression, seen) {
  const was = readable(seen);
  if (was) return `\`${expression}\`, which is ${was}`;
  return was === undefined ? expression : `\`${expression}\``;
}

/** A value as GoogleTest prints it; bytes of an object tell a reader nothing. */
function readable(seen) {
  if (seen === undefined) return undefined;
  if (/\d+-byte object </.test(seen)) return "";
  return { "system:0": "no error", "(nullopt)": "nothing" }[seen] ?? seen;
}

const words = (text) => text.split("\n").filter((line) => line.trim() && line.trim() !== "Failed");
