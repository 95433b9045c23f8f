/* The day's pages outlive a reload without a network: a phone that threw the page away while its owner looked at
   something else shows it again, says from when it is, and goes on keeping what is entered.

   Kept are only pages whose answer says for whom it may be kept (X-Keep-Offline), only the last version of each,
   of one person at a time, for a day and a half, and the files they name. Whoever signs in or out next on this
   device, and a session that has ended, takes them away. The network always comes first. */
"use strict";

const NAME = "ekspora-day";
const PAGES = /^\/(my\/\d+\/agenda|activities\/\d+\/check-in)\/$/;
const ENDS = /^\/(account|l)\//;
const LONGEST = 36 * 3600 * 1000, PATIENCE = 10_000;
const WHO = "/whose";
const GONE = [401, 403, 404, 410], AWAY = [502, 503, 504];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && ENDS.test(pathname)) event.waitUntil(caches.delete(NAME));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && PAGES.test(pathname)) event.respondWith(page(event, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event));
});

/* The newest answer; the kept one when there is none, none in time, or the server is just being restarted. */
async function page(event, key) {
  const coming = fetch(event.request);
  event.waitUntil(coming.then((answer) => take(key, answer.clone())).catch(() => {}));
  const late = new Promise((_, fail) => { setTimeout(() => fail(new Error("late")), PATIENCE); });
  try {
    const answer = await Promise.race([coming, late]);
    return (AWAY.includes(answer.status) && await kept(key)) || answer;
  } catch {
    return (await kept(key)) || coming;
  }
}

async function take(key, answer) {
  if (AWAY.includes(answer.status)) return;
  const person = answer.headers.get("X-Keep-Offline");
  const cache = await caches.open(NAME);
  if (!answer.ok || !person) {
    // Signed out, withdrawn, or no longer theirs: nothing of it stays.
    if (answer.type === "opaqueredirect" || GONE.includes(answer.status)) await caches.delete(NAME);
    else await cache.delete(key);
    return;
  }
  const before = await cache.match(WHO);
  if (before && await before.text() !== person) {
    for (const old of await cache.keys()) if (!new URL(old.url).pathname.startsWith("/static/")) await cache.delete(old);
  }
  await cache.put(WHO, new Response(person));
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  headers.set("X-Kept-At", Date.now());
  await cache.put(key, new Response(await answer.text(), { status: 200, headers }));
}

/* The page as it was, marked with its time, which its script says aloud. */
async function kept(key) {
  const found = await (await caches.open(NAME)).match(key);
  if (!found) return undefined;
  const at = Number(found.headers.get("X-Kept-At")), age = Date.now() - at;
  if (age > LONGEST || age < -LONGEST) {
    await caches.delete(NAME);
    return undefined;
  }
  const text = (await found.text()).replace("<html ", `<html data-kept="${at}" `);
  return new Response(text, { status: 200, headers: found.headers });
}

/* Style sheets, scripts and icons: from the network (mostly the browser's own store), else as they were. */
async function file(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) {
      const copy = answer.clone();
      event.waitUntil(caches.open(NAME).then((cache) => cache.put(event.request, copy)).catch(() => {}));
    }
    return answer;
  } catch (error) {
    const found = await caches.match(event.request);
    if (found) return found;
    throw error;
  }
}
