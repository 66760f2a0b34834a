// Reading without a network: a service worker that keeps copies of what a reader saw, and hands
// them out when the network does not answer. With a network everything comes from there, so nothing
// is ever old.
//
// It stands at the root of the site, wherever that is, and serves what is below. A page asks for it
// when its reader first uses a scene or an exercise (js/offline.js).

const PAGES = `pages of ${registration.scope}`;
// The browser keeps what it made of the compiler beside its own copy of the file; it would not for
// one of ours. The compiler's worker keeps that file for readers without a network, and its
// archives (js/compiler/store.js).
const UNTOUCHED = /\/compiler\/(llvm\.wasm|[^?]*\.tar\.gz)/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** What a page had fetched before there was a service worker: {keep: [address…]}. */
addEventListener("message", (event) => {
  const all = (event.data?.keep ?? []).map(async (address) => {
    const request = new Request(address);
    if (mine(request)) await fromNetwork(event, request);
  });
  event.waitUntil(Promise.allSettled(all));
});

addEventListener("fetch", (event) => {
  if (mine(event.request))
    event.respondWith(fromNetwork(event, event.request).catch(() => fromCache(event.request)));
});

function mine({ method, url, headers }) {
  if (method !== "GET" || !url.startsWith(registration.scope) || UNTOUCHED.test(url)) return false;
  return !headers.has("range") && !headers.get("accept")?.includes("event-stream");
}

async function fromNetwork(event, request) {
  const response = await fetch(request);
  if (response.status === 200 && !response.redirected) {
    event.waitUntil(keep(request, response.clone()).catch(() => {})); // no room, or forbidden
  }
  return response;
}

/** In place of what stood there: addresses of styles and scripts end with a number that changes. */
async function keep(request, response) {
  const cache = await caches.open(PAGES);
  await cache.put(request, response);
  for (const other of await cache.keys(request, { ignoreSearch: true })) {
    if (other.url !== request.url) await cache.delete(other);
  }
}

async function fromCache(request) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (kept) return kept;
  if (request.mode !== "navigate") return Response.error();
  const words = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Not here yet</title>
<body style="font: 1.2rem/1.5 serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark">
<h1>This page is not here yet</h1><p>You are offline, and have not visited it before. What you have read is here:
<a href="${registration.scope}">Raft, Step by Step</a>.`;
  return new Response(words, {
    status: 503,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
}
