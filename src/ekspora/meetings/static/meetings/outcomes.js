/* Answers after a meeting are kept on the phone and sent until they arrived. Without this script the forms are
   posted as they are. Each press of the button has an id made here, so sending again never makes a second answer;
   no clock of the phone is asked. */
"use strict";

const STORE = "ekspora.outcomes";
const AGAIN = 15000;
const sign = document.getElementById("kept");
let sending = false;

const all = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; } };
const mine = () => all().filter((kept) => kept.person === sign.dataset.person);
const drop = (id) => localStorage.setItem(STORE, JSON.stringify(all().filter((kept) => kept.id !== id)));

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function keep(form) {
  const body = new URLSearchParams(new FormData(form));
  const id = newId();
  body.set("key", id);
  body.delete("csrfmiddlewaretoken");
  const kept = { id, person: sign.dataset.person, url: form.getAttribute("action"), body: String(body) };
  localStorage.setItem(STORE, JSON.stringify([...all(), kept]));
}

/* What waits is said beside the brand and in the line of its meeting. */
function show(text) {
  const waiting = mine();
  sign.hidden = waiting.length === 0;
  sign.textContent = waiting.length > 1 ? `${waiting.length} · ${text}` : text;
  for (const { url } of waiting) {
    const state = document.querySelector(`[data-outcome="${CSS.escape(url)}"] [data-state]`);
    if (!state) continue;
    state.hidden = false;
    state.className = "chip warn";
    state.textContent = sign.dataset.kept;
  }
}

function arrived(kept, html) {
  const page = document.querySelector(`form[data-done][action="${CSS.escape(kept.url)}"]`);
  if (page) location.assign(page.dataset.done);
  const place = document.querySelector(`[data-outcome="${CSS.escape(kept.url)}"]`);
  const newer = mine().some((other) => other.url === kept.url);
  if (!place || newer || place.querySelector("details").open) return;
  const hadFocus = place.contains(document.activeElement);
  const fresh = document.createRange().createContextualFragment(html).firstElementChild;
  place.replaceWith(fresh);
  if (hadFocus) fresh.querySelector("summary").focus();
}

/* An answer that the server refuses would be refused again: its words are shown where it was given. */
function refused(kept, text) {
  const form = document.querySelector(`form[data-keep][action="${CSS.escape(kept.url)}"]`);
  if (!form) return;
  const note = form.querySelector("[data-refused]");
  note.querySelector("p").textContent = text;
  note.hidden = false;
  const details = form.closest("details");
  if (details) {
    details.open = true;
    details.querySelector("[data-state]").hidden = true;
  }
  note.scrollIntoView({ block: "center" });
}

async function deliver(kept) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(kept.url, {
    method: "POST", body: new URLSearchParams(kept.body), redirect: "manual", credentials: "same-origin",
    headers: { "X-CSRFToken": token, "X-Kept": "1" },
  });
  if (answer.status === 200) {
    const html = await answer.text();
    drop(kept.id);
    arrived(kept, html);
    return "";
  }
  if (answer.status === 422) {
    const text = await answer.text();
    drop(kept.id);
    refused(kept, text);
    return "";
  }
  /* Signed out, or signed in as somebody else: kept until the person is back. */
  return answer.type === "opaqueredirect" || [403, 404].includes(answer.status) ? "signedOut" : "kept";
}

async function send() {
  if (sending || !mine().length || !document.querySelector("[name=csrfmiddlewaretoken]")) return;
  sending = true;
  let state = "kept";
  show(sign.dataset.sending);
  const stuck = new Set();
  try {
    for (let next; (next = mine().find((kept) => !stuck.has(kept.id)));) {
      const outcome = await deliver(next);
      if (outcome === "kept") break;
      if (outcome) { state = outcome; stuck.add(next.id); }
    }
  } catch {
    /* No network: the clock below tries again. */
  } finally {
    sending = false;
    show(sign.dataset[state]);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (!form || event.defaultPrevented) return;
  try { keep(form); } catch { return; }
  event.preventDefault();
  form.querySelector("[data-refused]").hidden = true;
  const details = form.closest("details");
  if (details) {
    details.open = false;
    details.querySelector("summary").focus();
  }
  show(sign.dataset.kept);
  send();
});

show(sign.dataset.kept);
send();
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
setInterval(send, AGAIN);
