// Has the pages kept for a reader without a network, once something on them was used: see sw.js.

const PATIENCE = 1500; // milliseconds that a verdict waits for it at most

let coming;

/** Resolves when what is fetched from now on is kept; where it can't be, too. */
export function keep() {
  coming ??= Promise.race([
    kept().catch(() => {}),
    new Promise((done) => {
      setTimeout(done, PATIENCE);
    }),
  ]);
  return coming;
}

async function kept() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return; // not a secure address, or an old browser
  await serviceWorker.register(new URL("../../sw.js", import.meta.url));
  const { active } = await serviceWorker.ready;
  if (!serviceWorker.controller)
    await new Promise((done) => {
      serviceWorker.addEventListener("controllerchange", done, { once: true });
    });
  active.postMessage({
    keep: [
      location.href.replace(/#.*/, ""),
      ...performance.getEntriesByType("resource").map(({ name }) => name),
    ],
  });
}
