// Runs a program that was built for WASI, in a worker of its own: whoever started it can end it.
//
// The worker is given a program once, then runs: {args, files, env}. It answers each with how it
// ended.

import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";

const MOST = 65536; // bytes of output that are kept; a reader reads less
const REPORT = "report.json";

const bytesOf = (words) => new TextEncoder().encode(words);

/** Keeps the beginning of what a program says, and counts the rest. */
class Ear {
  constructor() {
    this.kept = "";
    this.room = MOST;
    this.lost = 0;
    this.decoder = new TextDecoder();
  }

  hears() {
    return new ConsoleStdout((bytes) => {
      const part = bytes.subarray(0, Math.max(0, this.room));
      this.kept += this.decoder.decode(part, { stream: true });
      this.room -= part.length;
      this.lost += bytes.length - part.length;
    });
  }

  get said() {
    return this.lost
      ? `${this.kept}\n… and ${this.lost} bytes more, which are not kept\n`
      : this.kept;
  }
}

/** {code, trap, said, report}: the exit code, or why it stopped in the middle. */
async function run(module, { args, files = {}, env = {} }) {
  const ear = new Ear();
  const root = new Map(
    Object.entries(files).map(([name, words]) => [name, new File(bytesOf(words))]),
  );
  const place = new PreopenDirectory("/", root);
  const surroundings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const wasi = new WASI(
    ["program", ...args],
    surroundings,
    [new OpenFile(new File([])), ear.hears(), ear.hears(), place],
    { debug: false },
  );
  let code = null;
  let trap = null;
  try {
    code = wasi.start(
      await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport }),
    );
  } catch (stopped) {
    trap = String(stopped.message ?? stopped);
  }
  const report = place.dir.contents.get(REPORT);
  return {
    code,
    trap,
    said: ear.said,
    report: report ? new TextDecoder().decode(report.data) : null,
  };
}

/** `port` has onmessage and postMessage: a worker's own self, or something like it. */
export function serve(port) {
  let module;
  port.onmessage = async ({ data }) => {
    if (data.program) module = WebAssembly.compile(data.program);
    else port.postMessage(await run(await module, data));
  };
}
