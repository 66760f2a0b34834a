// The node: the pure core in WebAssembly, behind four functions that take and give text.
//
// Whatever the module asks of the world is answered with "no", except that words on its error
// output are kept: they are what a broken invariant says before it stops.

const NO = 52; // WASI: not supported
const BADF = 8; // WASI: no such descriptor

/** The module is compiled once for all scenes of a page. */
export async function load(bytes) {
  const module = await WebAssembly.compile(bytes);
  return () => new Core(module);
}

/** One cluster, and the language in which it is spoken to. */
export class Core {
  constructor(module) {
    this.words = "";
    const host = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      (host[from] ??= {})[name] = () => NO;
    }
    const wasi = (host.wasi_snapshot_preview1 ??= {});
    wasi.fd_write = (fd, vectors, count, written) => this.#heard(vectors, count, written);
    wasi.fd_prestat_get = () => BADF;
    this.exports = new WebAssembly.Instance(module, host).exports;
    this.exports._initialize?.();
    this.begin();
  }

  /** A new cluster, without nodes. */
  begin() {
    this.exports.begin();
  }

  /** Plays a piece of a scenario file: what each directive said, and all that happened. */
  play(text) {
    this.#put(text);
    return JSON.parse(this.#answerOf("play"));
  }

  /** A whole scenario file with what it says now: {text} or {complaint}. */
  rewrite(text) {
    this.#put(text);
    let good = false;
    const answer = this.#answerOf(() => {
      good = this.exports.rewrite();
    });
    return good ? { text: answer } : { complaint: answer.replace(/^scene:/, "line ").trimEnd() };
  }

  /** The trace of the last rewrite, as the terminal writes it. */
  trace() {
    return this.#answerOf("traced");
  }

  #put(text) {
    const bytes = new TextEncoder().encode(text);
    const at = this.exports.room(bytes.length);
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
  }

  #answerOf(call) {
    try {
      if (typeof call === "string") this.exports[call]();
      else call();
    } catch (trap) {
      const why = this.words.trim() || String(trap.message);
      throw new Stopped(why.replace(/^.*broken invariant: /, ""));
    }
    const size = this.exports.answerSize();
    return new TextDecoder().decode(
      new Uint8Array(this.exports.memory.buffer, this.exports.answer(), size),
    );
  }

  #heard(vectors, count, written) {
    const memory = new DataView(this.exports.memory.buffer);
    let total = 0;
    for (let i = 0; i < count; i += 1) {
      const at = memory.getUint32(vectors + 8 * i, true);
      const size = memory.getUint32(vectors + 8 * i + 4, true);
      this.words += new TextDecoder().decode(new Uint8Array(memory.buffer, at, size));
      total += size;
    }
    memory.setUint32(written, total, true);
    return 0;
  }
}

/** The node found an invariant broken. The instance can't go on. */
export class Stopped extends Error {}
