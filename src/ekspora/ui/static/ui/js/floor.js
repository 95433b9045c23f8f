/* The board. Time is the server's: it comes with each answer and runs on by the device's stop-watch, so a clock
   that is wrong by a day changes nothing. When no answer comes, the board stays as it is and says since when. */
"use strict";

const live = document.getElementById("live");
const STALE = 40_000, TURN = 10_000, ON_A_PAGE = 8;
const wide = window.matchMedia("(min-width: 75rem)");
let server = 0, read = 0, contact = 0, contactAt = 0, rung = 0;

const two = (number) => String(number).padStart(2, "0");
const serverNow = () => server + performance.now() - read;

/* What the last answer says. */
function take() {
  const now = live.querySelector("[data-now]");
  read = contact = performance.now();
  if (now) server = Number(now.dataset.now);
  contactAt = server;
  tick();
}

function clock(moment, seconds) {
  const offset = Number(live.querySelector("[data-offset]")?.dataset.offset ?? 0);
  const at = new Date(moment + offset);
  const separator = document.documentElement.lang === "en" ? ":" : ".";
  return [at.getUTCHours(), at.getUTCMinutes(), ...(seconds ? [at.getUTCSeconds()] : [])].map(two).join(separator);
}

function tick() {
  const moment = serverNow();
  write("[data-clock]", clock(moment));
  const bells = [...live.querySelectorAll("[data-bells] li")].map((bell) => ({ at: Number(bell.dataset.at), words: bell.textContent }));
  const next = bells.find((bell) => bell.at > moment);
  const left = next ? Math.ceil((next.at - moment) / 1000) : 0;
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor(left / 60) % 60;
  write("[data-bell]", !next ? "0:00" : hours ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`);
  if (next) write("[data-bell-words]", next.words);
  // A bell has just rung: what is now has changed.
  const last = bells.filter((bell) => bell.at <= moment).length;
  if (last > rung) window.htmx.trigger(live, "refresh");
  rung = last;
  turn(moment);
  document.querySelector("[data-stale]").hidden = performance.now() - contact < STALE;
  for (const since of document.querySelectorAll("[data-since]")) since.textContent = contactAt ? clock(contactAt, true) : "–";
}

function write(selector, text) {
  const place = live.querySelector(selector);
  if (place && place.textContent !== text) place.textContent = text;
}

/* More tables than a screen can show large: they take turns, at the same time on every screen. */
function turn(moment) {
  const board = document.body.classList.contains("board") && wide.matches;
  const seats = [...live.querySelectorAll("[data-pages] > li")];
  const pages = Math.ceil(seats.length / ON_A_PAGE);
  const each = Math.ceil(seats.length / pages);
  const page = Math.floor(moment / TURN) % pages;
  seats.forEach((seat, place) => { seat.hidden = board && pages > 1 && Math.floor(place / each) !== page; });
}

/* A sign-in page, or that of a hotel's network, is an answer too, but not one to put on the board. */
live.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseText.includes('class="floor')) event.detail.shouldSwap = false;
});
live.addEventListener("htmx:afterSwap", take);
live.addEventListener("htmx:afterRequest", (event) => {
  const status = event.detail.xhr?.status;
  document.querySelector("[data-closed]").hidden = status !== 404;
});
for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, () => window.htmx.trigger(live, "refresh"));
/* The screen stays on where the browser can say so; a lost lock comes back with the page. */
const stayOn = () => { if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); };
document.addEventListener("visibilitychange", stayOn);

take();
stayOn();
setInterval(tick, 500);
