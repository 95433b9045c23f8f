/* Small comforts; every page works without them. */
"use strict";

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/* <input data-filter="#list">: shows only the children that contain every word typed.
   An element with [data-filter-none] inside the same form or section appears when nothing is left. */
function filterList(input) {
  const list = document.querySelector(input.dataset.filter);
  if (!list) return;
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const entry of list.children) {
    const text = entry.dataset.text || (entry.dataset.text = fold(entry.textContent));
    entry.hidden = !words.every((word) => text.includes(word));
    left += entry.hidden ? 0 : 1;
  }
  const count = document.querySelector(`[data-filter-count="${input.dataset.filter}"]`);
  if (count) count.textContent = left;
  const none = document.querySelector(`[data-filter-none="${input.dataset.filter}"]`);
  if (none) none.hidden = left > 0;
}

/* <output data-count="input[value=must]:checked">: how many there are now. */
function recount() {
  for (const output of document.querySelectorAll("[data-count]")) {
    output.textContent = document.querySelectorAll(output.dataset.count).length;
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter]")) filterList(event.target);
});

document.addEventListener("change", (event) => {
  recount();
  if (event.target.closest("[data-autosubmit]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog).showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) {
    const dialog = closer.closest("dialog");
    if (dialog) dialog.close(); else closer.closest(".alert").remove();
  }
  if (event.target.closest("[data-print]")) window.print();
  const copier = event.target.closest("[data-copy]");
  if (copier) navigator.clipboard.writeText(copier.dataset.copy).then(() => { copier.textContent = copier.dataset.copied; });
});

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

/* On a narrow screen the place where the reader is comes into view. */
for (const here of document.querySelectorAll(".top nav [aria-current], .tabs [aria-current], .steps [aria-current]")) {
  const line = here.closest(".line, nav, ol");
  line.scrollLeft += here.getBoundingClientRect().left - (line.clientWidth - here.offsetWidth) / 2;
}

/* Pages of the day outlive a reload without a network (offline.js); a page that was kept says from when it is. */
const offline = document.querySelector("[data-offline]");
if (offline) navigator.serviceWorker?.register("/offline.js").catch(() => {});
if (offline?.matches(".alert") && document.documentElement.dataset.kept) {
  const at = new Date(Number(document.documentElement.dataset.kept));
  offline.querySelector("[data-offline-at]").textContent = at.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short", hour12: false });
  offline.hidden = false;
}

/* What drafts.js keeps goes from whichever page is opened next: when it is a week old, somebody else's, or saved, and
   all of it when the person signs out, is erased or their link was closed; the phone may be shared. */
const DRAFT = "ekspora-draft:", DRAFTS_FOR = 7 * 24 * 3600 * 1000;

function dropDrafts(isGone) {
  try {
    for (const store of [localStorage, sessionStorage]) {
      for (const name of Object.keys(store)) if (name.startsWith(DRAFT) && isGone(name, store)) store.removeItem(name);
    }
  } catch {
    /* This browser keeps nothing. */
  }
}

function isOld(name, store) {
  try {
    return !(Math.abs(Date.now() - JSON.parse(store.getItem(name)).at) < DRAFTS_FOR);
  } catch {
    return true;
  }
}

const whose = document.documentElement.dataset.who;
const told = [...document.querySelectorAll("[data-saved]")].map((message) => message.dataset.saved);
dropDrafts((name, store) => isOld(name, store) || told.includes("left") || told.some((path) => name.includes(`:${path}:`))
  || (whose && store === localStorage && !name.startsWith(`${DRAFT}${whose}:`)));
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-leaves]") && !event.defaultPrevented) dropDrafts(() => true);
});

recount();
