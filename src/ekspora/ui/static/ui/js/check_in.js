/* The list at the door. Every tap is kept on the phone under an id made here and sent until the server says that
   it has it; so it survives a lost network, a closed page and a server that restarts. */
"use strict";

const door = document.getElementById("door");
const home = `ekspora-door:${door.dataset.activity}:`;
const mine = `${home}${door.dataset.person}:`;
const form = door.querySelector("form");
const EVERY = 20_000, LONGEST = 30_000;
let people = null;
let sending = false;
let pause = 2_000;
let next = 0;

/* crypto.randomUUID exists on secure pages only; a phone in the hall may speak plain http. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* One entry for each tap, so that two pages of one phone never overwrite each other. */
function kept() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(mine));
  return names.map((name) => JSON.parse(localStorage.getItem(name))).sort((a, b) => a.turn - b.turn);
}

function keep(who, kind, name) {
  const turn = 1 + Math.max(0, ...kept().map((mark) => mark.turn));
  const mark = { id: newId(), who, kind, name, at: new Date().toISOString(), turn };
  localStorage.setItem(mine + mark.id, JSON.stringify(mark));
  show();
  pause = 2_000;
  send();
}

/* What the list shows: what the server said last, and on top of it what is still kept here. */
function show() {
  const waiting = new Map();
  for (const mark of kept()) {
    const before = waiting.get(mark.who) ?? { state: stateOf(mark.who), words: "" };
    const undone = before.state === "left" ? "in" : "";
    const state = { left: "left", undo: undone }[mark.kind] ?? "in";
    waiting.set(mark.who, { state, words: door.dataset[mark.kind] ?? "", tone: "warn", kept: true });
  }
  for (const row of form.querySelectorAll("[data-who]")) {
    const own = waiting.get(row.dataset.who) ?? (people && (people[row.dataset.who] ?? { state: "", words: "", tone: "" }));
    if (own) draw(row, own);
  }
  const count = kept().length;
  alert("kept-alert", count > 0);
  door.querySelector("[data-kept-count]").textContent = count;
  alert("foreign", Object.keys(localStorage).some((name) => name.startsWith(home) && !name.startsWith(mine)));
}

function stateOf(who) {
  if (people) return people[who]?.state ?? "";
  return form.querySelector(`[data-who="${who}"]`)?.dataset.state ?? "";
}

function draw(row, own) {
  const chip = row.querySelector("[data-chip]");
  const words = own.kept ? [own.words, door.dataset.kept].filter(Boolean).join(", ") : own.words;
  if (chip.textContent !== words) chip.textContent = words;
  chip.className = `chip ${own.tone}`;
  chip.hidden = !words;
  for (const button of row.querySelectorAll("[data-when]")) {
    button.hidden = !button.dataset.when.split(" ").includes(own.state || "out");
  }
  row.dataset.text = "";
}

function alert(name, on) {
  const box = door.querySelector(`[data-${name}]`);
  if (box.hidden === on) box.hidden = !on;
}

/* One request at a time, in the order of the taps; after a failure again, a little later each time. */
async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(next);
  const marks = kept().slice(0, 200);
  try {
    const answer = await fetch(door.dataset.send, {
      method: marks.length ? "POST" : "GET", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(15_000),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: marks.length ? JSON.stringify({ marks }) : undefined,
    });
    // A session that ended answers with the way to the sign-in page, which fetch hides as "opaqueredirect".
    alert("signed-out", answer.type === "opaqueredirect" || [403, 404].includes(answer.status));
    if (!answer.ok) throw new Error(answer.status);
    take(await answer.json());
    pause = 2_000;
    next = setTimeout(send, kept().length ? 0 : EVERY);
  } catch {
    next = setTimeout(send, pause);
    pause = Math.min(2 * pause, LONGEST);
  } finally {
    sending = false;
  }
}

function take(told) {
  const refused = Object.entries(told.refused);
  for (const id of [...told.done, ...refused.map(([id]) => id)]) localStorage.removeItem(mine + id);
  if (refused.length) {
    door.querySelector("[data-refused] p").textContent = [...new Set(refused.map(([, why]) => why))].join(" ");
    alert("refused", true);
  }
  people = told.people;
  for (const figure of document.querySelectorAll("[data-figure]")) figure.textContent = told.counts[figure.dataset.figure];
  show();
}

form.addEventListener("submit", (event) => {
  const [kind, who] = (event.submitter?.value ?? "").split(":");
  const row = form.querySelector(`[data-who="${who}"]`);
  const input = form.elements[`name-${who}`];
  try {
    keep(who, kind, kind === "substitute" ? input.value : "");
  } catch {
    return; // the phone keeps nothing (private window, full): the form goes as any other form
  }
  event.preventDefault();
  input.value = "";
  row.querySelector("details").open = false;
  const stays = row.querySelector("[data-when]:not([hidden])");
  if (!event.submitter.checkVisibility()) stays?.focus();
});

window.addEventListener("online", () => { pause = 2_000; send(); });
window.addEventListener("storage", show);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
show();
send();
