// The small vocabulary of every picture: escaping, text, badges for a node's state, logs as
// strips.
//
// One colour and one shape for each state, the same in the whole book. Colours are CSS variables,
// so that light, dark and print each tune them; the shape says the same to who sees no colour.

// terms are bands of tint; after six they start again, and the number is always written
const TINTS = 6;
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

export const escape = (words) => String(words).replace(/[&<>"']/g, (c) => ESCAPES[c]);

/** A coordinate, short. Half a tenth is rounded to the even one; only quarters can be that. */
export function num(value) {
  const down = Math.abs(value % 1) === 0.25;
  return (down ? value - Math.sign(value) * 0.05 : value).toFixed(1).replace(/\.?0$/, "");
}

/** One SVG element; what is null is left out. */
export function el(tag, body = "", attributes = {}) {
  const parts = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? num(value) : escape(value)}"`)
    .join("");
  return body || ["g", "text", "title", "desc"].includes(tag)
    ? `<${tag}${parts}>${body}</${tag}>`
    : `<${tag}${parts}/>`;
}

export const text = (x, y, words, cls = "", anchor = "middle") =>
  el("text", escape(words), {
    x,
    y,
    class: cls || null,
    "text-anchor": anchor === "start" ? null : anchor,
  });

/** Lines of at most `limit` characters; a longer word is cut where it must be. */
export function wrap(words, limit) {
  const lines = [];
  let line = "";
  for (let word of words
    .split(/\s+/)
    .filter(Boolean)
    .map((w) => [...w])) {
    while (word.length > limit) {
      if (line) {
        lines.push(line);
        line = "";
      }
      // code breaks after an opening, a comma or an equals sign, and before a full stop, if it
      // can
      let cut = 0;
      for (let n = 1; n <= limit; n += 1) {
        const before = word[n - 1];
        if (
          word[n] === "." ||
          before === "," ||
          before === "=" ||
          (before === "(" && word[n] !== ")")
        )
          cut = n;
      }
      cut ||= limit;
      lines.push(word.slice(0, cut).join(""));
      word = word.slice(cut);
    }
    const rest = word.join("");
    if (line && [...line].length + 1 + word.length > limit) {
      lines.push(line);
      line = rest;
    } else line = line ? `${line} ${rest}` : rest;
  }
  return line ? [...lines, line] : lines;
}

function polygon(x, y, radius, corners, turn) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    return `${num(x + radius * Math.cos(angle))},${num(y + radius * Math.sin(angle))}`;
  }).join(" ");
}

/**
 * The shape of a state: hexagon leads, diamond asks, circle follows, triangle learns, cross is
 * down.
 */
export function badge(state, x, y, r = 8) {
  const mark = { class: `badge s-${state}` };
  if (state === "leader")
    return el("polygon", "", { points: polygon(x, y, r * 1.15, 6, 0), ...mark });
  if (state === "candidate" || state === "precandidate")
    return el("polygon", "", { points: polygon(x, y, r * 1.2, 4, 0), ...mark });
  if (state === "learner")
    return el("polygon", "", {
      points: polygon(x, y + r * 0.15, r * 1.25, 3, -Math.PI / 2),
      ...mark,
    });
  if (state === "down") {
    const d = r * 0.75;
    return el("path", "", {
      d: `M${num(x - d)} ${num(y - d)}l${num(2 * d)} ${num(2 * d)}m0 ${num(-2 * d)}l${num(-2 * d)} ${num(2 * d)}`,
      ...mark,
    });
  }
  return el("circle", "", { cx: x, cy: y, r, ...mark });
}

/** A log: one box an entry, tinted by term, the term inside; a line under what is committed. */
export function logStrip(x, y, terms, first = 1, commit = 0, box = 17) {
  const parts = terms.map((term, i) => {
    const left = x + i * box;
    return (
      el("rect", "", { x: left, y, width: box, height: box, class: `entry t${term % TINTS}` }) +
      text(left + box / 2, y + box * 0.72, String(term), "entry-term")
    );
  });
  const committed = Math.max(0, Math.min(commit - first + 1, terms.length));
  if (committed)
    parts.push(
      el("path", "", {
        d: `M${num(x)} ${num(y + box + 3.5)}h${num(committed * box)}`,
        class: "commit",
      }),
    );
  return parts.join("");
}
