/* Service worker: show the offline page when a page cannot be reached. It stores that page and its static files
   only, fetched without cookies: no page of an account is ever kept. */

const CACHE = "__VERSION__";
const PAGE = "/hors-ligne";
const FILES = ["__FILES__"];
const SEARCH = { cacheName: CACHE, ignoreVary: true };

async function store() {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { credentials: "omit" })));
  await skipWaiting();
}

async function clean() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("install", (event) => event.waitUntil(store()));
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE, SEARCH)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url, SEARCH).then((kept) => kept || fetch(request)));
  }
});
