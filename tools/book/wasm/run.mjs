// Plays scenario files with the program `scenario` built for WebAssembly:
//
//   node run.mjs PROGRAM.wasm NAME...
//
// For each name, plays NAME.txt of the current directory as the native program would with
//   scenario --rewrite --trace NAME.json NAME.txt
// and writes what it printed to NAME.out. Prints each name with its exit code, 134 if it stopped.
import { closeSync, openSync, readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [program, ...names] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(program));
const stdin = openSync("/dev/null", "r");
for (const name of names) {
  const out = openSync(`${name}.out`, "w");
  const wasi = new WASI({
    version: "preview1",
    args: ["scenario", "--rewrite", "--trace", `${name}.json`, `${name}.txt`],
    preopens: { "/": "." },
    stdin,
    stdout: out,
    stderr: out,
    returnOnExit: true,
  });
  let code = 134;
  try {
    const imports = { wasi_snapshot_preview1: wasi.wasiImport };
    code = wasi.start(new WebAssembly.Instance(module, imports));
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  }
  closeSync(out);
  console.log(name, code);
}
