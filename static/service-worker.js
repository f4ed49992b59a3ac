// Keeps the served site on the device, so that it opens without a network. `cargo xtask build`
// writes two constants in front: FILES, the site's files with their hashes, and VERSION, which
// follows from them.
const SCOPE = registration.scope;
// Caches belong to the whole origin, where there may be other copies of the site.
const CACHES = `phieu-xa ${SCOPE} `;
const CACHE = CACHES + VERSION;

// A version is kept whole or not at all: a file with another hash, of the version before or the one
// after, fails the installing, which the browser tries again at the next visit.
addEventListener("install", (event) => event.waitUntil(keepAll()));

// No skipWaiting() but on demand: until then the pages that are open have all of their version.
addEventListener("message", (event) => {
  if (event.data === "take-over") skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const [asked] = url.split(/[?#]/);
  const file = asked.startsWith(SCOPE) ? asked.slice(SCOPE.length) || "index.html" : "";
  if (method === "GET" && FILES.has(file)) event.respondWith(kept(file, event.request));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(Array.from(FILES, ([file, integrity]) => keep(cache, file, integrity)));
}

async function keep(cache, file, integrity) {
  // What the browser has from loading the page is asked about, not loaded again.
  const response = await fetch(address(file), { cache: "no-cache", integrity });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // Some hosts lead from one name to another; browsers open no page from such an answer.
  const { body, headers, redirected } = response;
  await cache.put(address(file), redirected ? new Response(body, { headers }) : response);
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHES) && name !== CACHE) await caches.delete(name);
  }
  // The page of the first visit too has all its files from here now.
  await clients.claim();
}

async function kept(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address(file))) ?? fetch(request);
}

function address(file) {
  return new URL(file === "index.html" ? "./" : file, SCOPE).href;
}
