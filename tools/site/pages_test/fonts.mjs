// The committed fonts are those of the packages that tools/site/static/fonts/README names, and
// small.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const LIMIT = 150 * 1024;

// An empty string, or what is wrong. Packages that are not installed are not compared.
export function compareFonts(root) {
  const folder = join(root, "tools/site/static/fonts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".woff2"));
  const total = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (total >= LIMIT) return `${total} bytes of fonts, ${LIMIT} are allowed`;
  const rows = readFileSync(join(folder, "README"), "utf8").matchAll(
    /^(@fontsource\/\S+)\s+(\S+)\s+(\S+\.woff2)$/gm,
  );
  const named = new Set();
  for (const [, name, version, file] of rows) {
    named.add(file);
    if (!files.includes(file)) return `${file} is named in README and missing`;
    const home = join(root, "node_modules", name);
    if (!existsSync(home)) continue;
    const installed = JSON.parse(readFileSync(join(home, "package.json"), "utf8")).version;
    if (installed !== version)
      return `${name} is installed as ${installed}, README says ${version}`;
    if (!readFileSync(join(home, "files", file)).equals(readFileSync(join(folder, file))))
      return `${file} differs from the package's`;
  }
  const unnamed = files.filter((file) => !named.has(file));
  return unnamed.length ? `${unnamed.join(", ")} is not named in README` : "";
}
