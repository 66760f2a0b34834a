// The pages' compiler without a page: the toolchain in this process, programs in a worker thread.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { unpack, untar } from "../../js/compiler/archive.js";
import { Builder } from "../../js/compiler/builder.js";
import { Program } from "../../js/compiler/program.js";
import { judged } from "../../js/compiler/referee.js";
import { serve } from "../../js/compiler/running.js";
import { Toolchain } from "../../js/compiler/toolchain.js";
import { performed } from "../../js/verdicts/compose.js";

if (!isMainThread) {
  const port = { postMessage: (message) => parentPort.postMessage(message) };
  parentPort.on("message", (data) => port.onmessage({ data }));
  serve(port);
}

/** A worker as a page has it. */
function runner() {
  const worker = new Worker(fileURLToPath(import.meta.url));
  const like = {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
  worker.on("message", (data) => like.onmessage?.({ data }));
  worker.on("error", ({ message }) => like.onerror?.({ message }));
  return like;
}

const archive = (path) => new Uint8Array(gunzipSync(readFileSync(path)));

/** The builder that a page has, from the files that a page gets. */
export async function builder(place) {
  const module = await WebAssembly.compile(readFileSync(`${place}/llvm.wasm`));
  const keep = { get: async () => undefined, put: async () => {} };
  return new Builder(
    new Toolchain(module, untar(archive(`${place}/sysroot.tar.gz`))),
    untar(archive(`${place}/gtest.tar.gz`)),
    keep,
  );
}

/** A verdict as the page's referee gives it. */
export async function verdict(made, place, pack, files) {
  const unpacked = unpack(archive(`${place}/${pack}`));
  if (unpacked.manifest.runs === "judge")
    return performed(new Program(unpacked.files.get("program.wasm"), runner), files);
  const built = await made.build(unpacked, files);
  return judged(unpacked, built, files, {
    tell() {},
    program: (bytes) => new Program(bytes, runner),
  });
}
