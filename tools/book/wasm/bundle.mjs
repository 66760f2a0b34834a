// Makes one script that a browser loads from one that imports npm packages:
//
//   node tools/book/wasm/bundle.mjs ENTRY OUT
//
// Beside OUT it puts OUT.licenses.txt: the licences of the packages whose code is within, in full.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LICENSE = /^(licen[sc]e|copying)/i;

function refuse(message) {
  console.error(message);
  process.exit(2);
}

/** Of the packages that a bundle has something from: name, version, licence. */
async function licenses(inputs) {
  const folders = inputs.map((path) => /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const found = [...new Set(folders.filter(Boolean))].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(
      await readFile(join(ROOT, folder, "package.json"), "utf8"),
    );
    const file = (await readdir(join(ROOT, folder))).find((entry) => LICENSE.test(entry));
    if (!file && license !== "Apache-2.0")
      refuse(`${folder}: has no licence file; a script that is published may not contain it`);
    const text = file
      ? await readFile(join(ROOT, folder, file), "utf8")
      : "Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0";
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return Promise.all(found);
}

/** What went into the bundle; undefined if it could not be made, for a reason that was said. */
async function bundle(entry, out) {
  const { build } = await import("esbuild-wasm").catch(() =>
    refuse("esbuild-wasm is missing — run: npm ci"),
  );
  const made = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    legalComments: "none", // they are in the file beside it
    logLevel: "silent",
  }).catch(({ errors, message }) => {
    for (const { text, location: at } of errors ?? [{ text: message }])
      console.error(`${at ? `${at.file}:${at.line}` : entry}: ${text}`);
  });
  return made && Object.keys(made.metafile.inputs);
}

const [entry, out] = process.argv.slice(2).map((path) => resolve(path));
if (!out) refuse("use: node tools/book/wasm/bundle.mjs ENTRY OUT");
const inputs = await bundle(entry, out);
const texts = await licenses(inputs ?? []);
if (texts.length) {
  const notice = `${basename(out)}.licenses.txt`;
  await writeFile(
    out,
    `/*! Contains packages under licences of their own: see ${notice} */\n${await readFile(out, "utf8")}`,
  );
  await writeFile(join(dirname(out), notice), texts.join(`\n${"-".repeat(72)}\n\n`));
}
process.exitCode = inputs ? 0 : 1;
