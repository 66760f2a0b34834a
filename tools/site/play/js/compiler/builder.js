// From a reader's files and an exercise's pack to programs. See tools/book/wasm/packs.py for what a
// pack is.

export class Builder {
  /**
   * `tools` is a Toolchain, `common` what all exercises share: GoogleTest's headers and its object,
   * and the headers that are read once. `keep` keeps those, read: get(name) and put(name, bytes),
   * both may fail.
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
    this.tools.clear("code", "right", "wrong");
    this.#lay(files, Object.entries(mine));
    const right = await this.#compiled(manifest, "right");
    if (!right.objects) return { said: right.said };
    const tests = manifest.runs === "tests" ? ["gtest.o"] : [];
    const programs = [];
    for (const { name, objects, headers } of manifest.programs) {
      const own = Object.keys(headers).length
        ? await this.#withHeaders(headers, manifest, files)
        : right;
      if (!own.objects) return { said: own.said };
      const linked = await this.tools.link([...own.objects, ...objects, ...tests], "program.wasm");
      if (linked.code !== 0) return { said: linked.said };
      programs.push({ name, bytes: this.tools.root.read("program.wasm") });
    }
    return { said: right.said, programs };
  }

  #lay(...trees) {
    for (const [path, content] of trees.flatMap((tree) => [...tree]))
      this.tools.root.write(path, content);
  }

  /**
   * The reader's sources once more, where some headers are different; afterwards those are as they
   * were.
   */
  async #withHeaders(headers, manifest, files) {
    this.#lay(Object.entries(headers));
    const compiled = await this.#compiled(manifest, "other");
    this.#lay(Object.keys(headers).map((path) => [path, files.get(path)]));
    return compiled;
  }

  /** {said, objects}, the objects in a directory; without objects when it does not compile. */
  async #compiled({ sources, pch }, directory) {
    const objects = [];
    let said = "";
    for (const source of sources) {
      const object = `mine/${directory}/${source.replaceAll("/", ".")}.o`;
      const done = await this.tools.compile(source, object, `${pch}.pch`);
      said += done.said;
      if (done.code !== 0) return { said };
      objects.push(object);
    }
    return { said, objects };
  }
}
