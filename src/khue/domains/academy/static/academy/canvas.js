// A canvas that several people write: each field is saved by itself, against the version that it was written on. Who
// was quicker stands; the other sees both texts and decides. What is not sent yet is kept on this device.

const form = document.querySelector("[data-canvas]");
const words = form.dataset;
const parts = new Map([...form.querySelectorAll("[data-field]")].map((part) => [part.dataset.field, part]));
const area = (part) => part.querySelector("textarea");
const base = (part) => part.querySelector("[data-base]");
const timers = new Map();
const dirty = new Set();
let sending = false;
let refused = false;

form.classList.add("is-scripted");

function say(text) {
  const state = form.querySelector("[data-state]");
  if (state.textContent !== text) state.textContent = text;
}

function keep() {
  try {
    const kept = [...dirty].map((key) => [key, Number(base(parts.get(key)).value), area(parts.get(key)).value]);
    if (kept.length) localStorage.setItem(words.key, JSON.stringify(kept));
    else localStorage.removeItem(words.key);
  } catch { /* without storage the line alone keeps it */ }
}

function body(keys) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const key of keys) {
    data.append("field", key);
    data.set(`base-${key}`, base(parts.get(key)).value);
    data.set(`text-${key}`, area(parts.get(key)).value);
  }
  return data;
}

const isMet = (part) => !part.querySelector("[data-met-box]").hidden;

async function send() {
  const keys = [...dirty].filter((key) => !isMet(parts.get(key)));
  if (sending || refused || !keys.length) return;
  sending = true;
  say(words.saving);
  const sent = new Map(keys.map((key) => [key, area(parts.get(key)).value]));
  try {
    const answer = await fetch(form.action, { method: "POST", body: body(keys), headers: { Accept: "application/json" }, redirect: "error" });
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (!answer.ok) {
      refused = true;
      return say((await answer.json().catch(() => ({}))).refused ?? words.refused);
    }
    (await answer.json()).fields.forEach((told) => settle(told, sent.get(told.field)));
    say(words.saved);
  } catch {
    say(words.offline);
    setTimeout(send, 3000);
  } finally {
    sending = false;
    keep();
  }
  if (!refused && [...dirty].some((key) => !isMet(parts.get(key)) && area(parts.get(key)).value !== sent.get(key))) send();
}

function settle(told, sent) {
  const part = parts.get(told.field);
  if (told.conflict) return meet(part, told);
  base(part).value = told.version;
  if (area(part).value === sent) dirty.delete(told.field);
  part.querySelector("[data-by]").textContent = told.by;
}

function meet(part, told) {
  const box = part.querySelector("[data-met-box]");
  part.dataset.theirs = told.version;
  box.querySelector("[data-met-by]").textContent = told.by;
  box.querySelector("[data-met-text]").textContent = told.text;
  box.hidden = false;
  part.classList.add("is-met");
  say(words.met);
}

function resolve(part, text) {
  const box = part.querySelector("[data-met-box]");
  base(part).value = part.dataset.theirs ?? base(part).value;
  area(part).value = text;
  box.hidden = true;
  part.classList.remove("is-met");
  dirty.add(part.dataset.field);
  keep();
  area(part).focus();
  send();
}

for (const [key, part] of parts) {
  area(part).addEventListener("input", () => {
    dirty.add(key);
    keep();
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(send, 900));
  });
  const theirs = () => part.querySelector("[data-met-text]").textContent;
  part.querySelector("[data-mine]").addEventListener("click", () => resolve(part, area(part).value));
  part.querySelector("[data-theirs]").addEventListener("click", () => resolve(part, theirs()));
  part.querySelector("[data-both]").addEventListener("click", () => resolve(part, `${theirs()}\n${area(part).value}`));
}

// What the others wrote comes into fields that one is not writing in.
async function listen() {
  try {
    const answer = await fetch(words.pulse, { headers: { Accept: "application/json" }, redirect: "error" });
    if (answer.ok) (await answer.json()).fields.forEach(take);
  } catch { /* the next time */ }
  setTimeout(listen, document.hidden ? 20000 : 4000);
}

function take(told) {
  const part = parts.get(told.field);
  if (!part || dirty.has(told.field) || told.version <= Number(base(part).value)) return;
  const field = area(part);
  const at = [field.selectionStart, field.selectionEnd];
  base(part).value = told.version;
  field.value = told.text;
  if (document.activeElement === field) field.setSelectionRange(...at);
  part.querySelector("[data-by]").textContent = told.by;
}

// What a closed browser or a dropped line left behind: against the version that it was written on, so that a conflict
// with what others wrote meanwhile is seen.
function recover() {
  let left = [];
  try {
    left = JSON.parse(localStorage.getItem(words.key) ?? "[]");
  } catch { /* nothing that can be read */ }
  for (const [key, version, text] of left) {
    const part = parts.get(key);
    if (!part || area(part).value === text) continue;
    base(part).value = version;
    area(part).value = text;
    dirty.add(key);
  }
  keep();
  send();
}

addEventListener("online", send);
addEventListener("pagehide", () => {
  const keys = [...dirty].filter((key) => !isMet(parts.get(key)));
  if (keys.length && !refused) navigator.sendBeacon?.(form.action, body(keys));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

recover();
listen();
