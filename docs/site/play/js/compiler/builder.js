// From a reader's files and an exercise's pack to programs. See docs/bookcmd/wasm/packs.py for what a pack is.

export class Builder {
  /**
   * `tools` is a Toolchain, `common` what all exercises share: GoogleTest's headers and its object, and the
   * headers that are read once. `keep` keeps those, read: get(name) and put(name, bytes), both may fail.
   */
  constructor(tools, common, keep) {
    this.tools = tools;
    this.keep = keep;
    for (const [path, bytes] of common) tools.root.write(path, bytes);
  }

  /** Has a header read, once; tell() hears of it if that has to be done now. */
  async ready(name, tell = () => {}) {
    const place = `${name}.pch`;
    if (this.tools.root.contents.has(place)) return;
    const kept = await this.keep.get(place).catch(() => undefined);
    if (kept) {
      this.tools.root.write(place, kept);
      return;
    }
    tell();
    const { code, said } = await this.tools.precompile(`${name}.hpp`, place);
    if (code !== 0) throw new Error(`the standard headers do not compile: ${said}`);
    await this.keep.put(place, this.tools.root.read(place)).catch(() => {});
  }

  /** {said, programs: [{name, bytes}]}; without programs when it does not compile. */
  async build({ manifest, files }, mine) {
    await this.ready(manifest.pch);
    this.#lay(files, mine);
    const first = await this.#compiled(manifest, mine);
    if (first.code !== 0) return { said: first.said };
    const programs = [];
    for (const { name, objects, headers } of manifest.programs) {
      if (Object.keys(headers).length) {
        this.#lay(new Map(Object.entries(headers)));
        const again = await this.#compiled(manifest, mine);
        if (again.code !== 0) return { said: again.said };
        this.#lay(files);
      }
      const tests = manifest.runs === "tests" ? ["gtest.o"] : [];
      const linked = await this.tools.link([...manifest.sources.map(objectOf), ...objects, ...tests], "program.wasm");
      if (linked.code !== 0) return { said: linked.said };
      programs.push({ name, bytes: this.tools.root.read("program.wasm") });
    }
    return { said: first.said, programs };
  }

  /** Puts the pack's files in their places, then the reader's over them. */
  #lay(files, mine = {}) {
    this.tools.clear("right", "wrong");
    if (Object.keys(mine).length) this.tools.clear("code");
    for (const [path, bytes] of files) this.tools.root.write(path, bytes);
    for (const [path, words] of Object.entries(mine)) this.tools.root.write(path, words);
  }

  async #compiled({ sources, pch }) {
    let said = "";
    for (const source of sources) {
      const done = await this.tools.compile(source, objectOf(source), `${pch}.pch`);
      said += done.said;
      if (done.code !== 0) return { code: done.code, said };
    }
    return { code: 0, said };
  }
}

const objectOf = (source) => `mine/${source.replaceAll("/", ".")}.o`;
