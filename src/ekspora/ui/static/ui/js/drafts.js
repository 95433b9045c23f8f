/* What somebody typed into a form and could not send yet waits on this phone: the signal was gone, or the page.

   Kept is what was changed, for one person, page and form, and shown again with the time it is from and a button that
   throws it away. A visitor's stays with the tab. Files, tax numbers, consent and whatever else is marked data-private
   are never kept. When what is kept goes, and that every page sees to it, stands in ekspora.js. */
const SKIPPED = ["hidden", "file", "password", "submit", "button"];

function prepare(notice, number) {
  const form = notice.closest("form"), who = document.documentElement.dataset.who || "";
  const store = who ? localStorage : sessionStorage;
  const key = `ekspora-draft:${who}:${location.pathname}:${number}`;
  let draft = JSON.parse(store.getItem(key) || "null");
  if (draft && restore(form, draft.fields)) {
    notice.querySelector("time").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", hour12: false });
    notice.hidden = false;
  }
  form.addEventListener("input", () => {
    draft = { at: Date.now(), fields: changed(form, draft ? draft.fields : {}) };
    store.setItem(key, JSON.stringify(draft));
  });
  notice.querySelector("button").addEventListener("click", () => {
    draft = null;
    store.removeItem(key);
    form.reset();
    notice.hidden = true;
  });
}

/* The controls of a form that may be kept, by name: boxes of one name belong together. */
function controls(form) {
  const found = new Map();
  for (const control of form.elements) {
    if (!control.name || SKIPPED.includes(control.type) || control.closest("[data-private]")) continue;
    found.set(control.name, [...(found.get(control.name) || []), control]);
  }
  return found;
}

const isBox = (control) => control.type === "checkbox" || control.type === "radio";

function valuesOf(all) {
  return all.flatMap((one) => (isBox(one) ? (one.checked ? [one.value] : []) : [one.value]));
}

function valuesSent(all) {
  return all.flatMap((one) => {
    if (isBox(one)) return one.defaultChecked ? [one.value] : [];
    if (one.options) return [([...one.options].find((option) => option.defaultSelected) || one.options[0] || {}).value];
    return [one.defaultValue];
  });
}

const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);

/* What differs from the page as it came, and what was a draft before: after a refused form the page holds that too. */
function changed(form, before) {
  const fields = {};
  for (const [name, all] of controls(form)) {
    if (name in before || !same(valuesOf(all), valuesSent(all))) fields[name] = valuesOf(all);
  }
  return fields;
}

/* Put values back; whether any control showed something else. */
function restore(form, fields) {
  let any = false;
  for (const [name, all] of controls(form)) {
    if (!(name in fields) || same(valuesOf(all), fields[name])) continue;
    any = true;
    all.forEach((one, place) => {
      if (isBox(one)) one.checked = fields[name].includes(one.value);
      else if (fields[name][place] !== undefined) one.value = fields[name][place];
    });
  }
  return any;
}

try {
  document.querySelectorAll("form [data-draft]").forEach(prepare);
} catch {
  /* This browser keeps nothing; the form works all the same. */
}
