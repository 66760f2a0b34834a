// clang and wasm-ld, built for WebAssembly, as functions: the npm package @yowasp/clang without its
// own driver. The same toolchain makes the parts of an exercise when the site is built (in Node)
// and compiles the reader's file (in a worker of the page), so that they fit.

import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";

import { Root } from "./files.js";
import { COMPILE, LIBRARIES, LINK, MINE, PRECOMPILE } from "./flags.js";

export class Toolchain {
  /**
   * `module` is llvm.core.wasm, compiled; `sysroot` yields [path, bytes] of every file; `ours` are
   * flags besides.
   */
  constructor(module, sysroot, ours = MINE) {
    this.module = module;
    this.flags = [...COMPILE, ...ours];
    this.root = new Root();
    for (const [path, bytes] of sysroot)
      this.root.write(path.replace(/^(\.?\/)*(usr\/)?/, "usr/"), bytes);
    this.root.write("tmp/.keep", "");
  }

  /** Runs one of LLVM's programs: its exit code and what it said. */
  async #run(args) {
    let said = "";
    const decoder = new TextDecoder();
    const hear = () =>
      new ConsoleStdout((bytes) => {
        said += decoder.decode(bytes, { stream: true });
      });
    const wasi = new WASI(
      ["llvm", ...args],
      [],
      [new OpenFile(new File([])), hear(), hear(), this.#mount()],
      { debug: false },
    );
    const instance = await WebAssembly.instantiate(this.module, {
      wasi_snapshot_preview1: wasi.wasiImport,
    });
    return { code: wasi.start(instance), said };
  }

  /** Forgets whole directories, so that nothing of another exercise is found. */
  clear(...directories) {
    for (const name of directories) this.root.contents.delete(name);
  }

  #mount() {
    const mount = new PreopenDirectory("/", new Map());
    mount.dir = this.root;
    return mount;
  }

  /** A header that is read once: everything that is compiled with it reads the result instead. */
  async precompile(header, result) {
    this.root.remove(result);
    return this.#run([
      "clang++",
      "-cc1",
      ...this.flags,
      ...PRECOMPILE,
      "-o",
      result,
      "-x",
      "c++-header",
      header,
    ]);
  }

  /** A file to an object. */
  async compile(source, object, pch) {
    this.root.remove(object);
    return this.#run([
      "clang++",
      "-cc1",
      ...this.flags,
      "-emit-obj",
      "-main-file-name",
      source.split("/").at(-1),
      "-include-pch",
      pch,
      "-o",
      object,
      "-x",
      "c++",
      source,
    ]);
  }

  /** Several objects to one that can be linked further. */
  async merge(objects, result) {
    this.root.remove(result);
    return this.#run(["wasm-ld", "-m", "wasm32", "-r", ...objects, "-o", result]);
  }

  /** Objects to a program. */
  async link(objects, program) {
    this.root.remove(program);
    return this.#run(["wasm-ld", ...LINK, ...objects, ...LIBRARIES, "-o", program]);
  }
}
