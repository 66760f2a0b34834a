// The worker that the compiler lives in. It is asked one thing at a time, and answers with {id,
// done} or {id, failure}; {id, progress} comes in between.
//
//   {id, what: "ready", pch}            has the compiler, and the header `pch` read
//   {id, what: "build", pack, files}    from a reader's files to programs: see builder.js

import { unpack, untar } from "./archive.js";
import { Builder } from "./builder.js";
import { Downloads, changing } from "./downloads.js";
import { Store } from "./store.js";
import { Toolchain } from "./toolchain.js";

const address = (name) => new URL(name, import.meta.url).href;
let coming; // the builder

/** What the site has: {version, llvm, sysroot, gtest}; a file's {raw, pressed} sizes in bytes. */
const known = async () =>
  JSON.parse(new TextDecoder().decode(await changing.fresh(address("compiler.json"))));

async function builder(progress) {
  const facts = await known();
  const store = new Store("compiler", facts.version);
  const lasting = new Downloads(store);
  const total = facts.llvm.pressed + facts.sysroot.pressed + facts.gtest.pressed;
  const come = { llvm: 0, sysroot: 0, gtest: 0 };
  const hears = (name, share) => (bytes) => {
    come[name] = bytes * share;
    progress({ step: "Fetching the compiler", done: come.llvm + come.sysroot + come.gtest, total });
  };
  const at = (name) => `${address(name)}?v=${facts.version}`;
  const [sysroot, gtest, module] = await Promise.all([
    lasting.lasting(at("sysroot.tar.gz"), hears("sysroot", 1)),
    lasting.lasting(at("gtest.tar.gz"), hears("gtest", 1)),
    lasting.module(at("llvm.wasm"), hears("llvm", facts.llvm.pressed / facts.llvm.raw)),
  ]);
  return new Builder(new Toolchain(module, untar(sysroot)), untar(gtest), {
    get: async (name) =>
      (await store.match(at(name)))?.arrayBuffer().then((bytes) => new Uint8Array(bytes)),
    put: (name, bytes) => store.put(at(name), new Response(bytes)),
  });
}

/** The builder, with a header read. */
async function ready(pch, progress) {
  coming ??= builder(progress).catch((error) => {
    coming = undefined; // it may come the next time
    throw error;
  });
  const made = await coming;
  await made.ready(pch, () =>
    progress({ step: "Reading the standard headers, the first time only", done: 0, total: 0 }),
  );
  return made;
}

const answers = {
  async ready({ pch }, progress) {
    await ready(pch, progress);
  },
  async build({ pack, files }, progress) {
    const unpacked = unpack(await changing.fresh(address(`../${pack}`)));
    const made = await ready(unpacked.manifest.pch, progress);
    progress({ step: "Compiling", done: 0, total: 0 });
    return { ...(await made.build(unpacked, files)), pack: unpacked };
  },
};

let line = Promise.resolve(); // one after the other
self.onmessage = ({ data }) => {
  const { id } = data;
  const progress = (how) => self.postMessage({ id, progress: how });
  line = line
    .then(() => answers[data.what](data, progress))
    .then(
      (done) => self.postMessage({ id, done: done ?? {} }),
      (error) => self.postMessage({ id, failure: String(error.message ?? error) }),
    );
};
