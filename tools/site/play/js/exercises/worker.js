// Where a composition is judged: apart from the page, so that a scenario that takes too long can be
// stopped.
//
// The first message makes it ready, and every further one is {exercise, files}. Each is answered
// once.

import { load } from "../core.js";
import { compose } from "../verdicts/compose.js";

let node;

async function fetched() {
  const response = await fetch(new URL("../core.wasm", import.meta.url));
  if (!response.ok) throw new Error(`core.wasm: ${response.status}`);
  return load(await response.arrayBuffer());
}

addEventListener("message", async ({ data: { exercise, files } }) => {
  try {
    const make = await (node ??= fetched());
    if (!exercise) return postMessage({ ready: true });
    // A node that stopped can't go on: a new one each time.
    postMessage(await compose(make(), exercise, files));
  } catch (error) {
    postMessage({ failure: error.message });
  }
});
