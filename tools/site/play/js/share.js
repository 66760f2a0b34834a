// A run in an address: which scene, from which position, and what its reader did then.
//
//   #play=lost_vote&at=14&do=campaign%202%0Astabilize

/** What an address's fragment asks for, or null. Whatever is not as we write it is refused. */
export function shared(fragment) {
  const asked = new URLSearchParams(fragment.replace(/^#/, ""));
  const scene = asked.get("play");
  const at = Number(asked.get("at") ?? 0);
  if (!scene || !/^\w+$/.test(scene) || !Number.isInteger(at) || at < 0) return null;
  const lines = (asked.get("do") ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return { scene, at, lines };
}

/** The fragment for a run. */
export function fragment({ scene, at, lines }) {
  const tail = lines.length ? `&do=${encodeURIComponent(lines.join("\n"))}` : "";
  return `#play=${scene}&at=${at}${tail}`;
}
