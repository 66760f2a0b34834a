// Archives as the site has them: see tools/book/wasm/archive.py and packs.py.

const text = new TextDecoder();

/** Every file of a tar archive: [path, bytes] each. */
export function* untar(bytes) {
  const field = (at, size) => text.decode(bytes.subarray(at, at + size)).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= bytes.length && bytes[at];) {
    const size = Number.parseInt(field(at + 124, 12), 8) || 0;
    const prefix = field(at + 345, 155);
    const name = (prefix ? `${prefix}/` : "") + field(at, 100);
    const kind = bytes[at + 156];
    if (kind === 48 || kind === 0) yield [name, bytes.subarray(at + 512, at + 512 + size)];
    at += 512 * (1 + Math.ceil(size / 512));
  }
}

/** An exercise's pack: {manifest, files}. */
export function unpack(archive) {
  const files = new Map(untar(archive));
  return { manifest: JSON.parse(text.decode(files.get("manifest.json"))), files };
}
