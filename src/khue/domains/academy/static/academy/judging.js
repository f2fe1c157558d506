// A judge's phone: each choice is sent at once, kept on this device while there is no line, and sent again. The server
// keeps what was given later, so that sending twice or out of order does no harm.

const desk = document.querySelector("[data-judging]");
const words = desk.dataset;
const opened = performance.now();
const forms = new Map([...desk.querySelectorAll("[data-sheet]")].map((form) => [form.dataset.sheet, form]));
let waiting = new Map(); // sheet → {serial, entries}: the latest only
let sending = false;
let timer;

const serial = () => Math.round(Number(words.serial) + performance.now() - opened);

function say(text, isWaiting = false) {
  const state = desk.querySelector("[data-state]");
  const shown = waiting.size && isWaiting ? `${text} (${waiting.size})` : text;
  if (state.textContent !== shown) state.textContent = shown;
  state.classList.toggle("is-waiting", isWaiting);
}

function keep() {
  try {
    if (waiting.size) localStorage.setItem(words.key, JSON.stringify([...waiting]));
    else localStorage.removeItem(words.key);
  } catch { /* without storage the line alone keeps it */ }
}

function put(form) {
  const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  waiting.set(form.dataset.sheet, { serial: serial(), entries });
  keep();
  count(form);
  send();
}

function body(one) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", desk.querySelector("[name=csrfmiddlewaretoken]").value);
  data.set("serial", String(one.serial));
  one.entries.forEach(([name, value]) => data.append(name, value));
  return data;
}

const address = () => forms.values().next().value.action;

async function send() {
  if (sending || !waiting.size) return;
  sending = true;
  clearTimeout(timer);
  say(words.saving);
  let again = 0;
  for (const [key, one] of [...waiting]) {
    try {
      const answer = await fetch(address(), { method: "POST", body: body(one), headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.type === "opaqueredirect") { say(words.signedOut, true); again = 15000; break; }
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (answer.status === 423) { say(words.closed, true); again = 15000; break; }
      settle(key, one, answer.ok ? "" : (await answer.json().catch(() => ({}))).refused ?? words.refused);
    } catch {
      say(words.offline, true);
      again = 3000;
      break;
    }
  }
  sending = false;
  if (again) timer = setTimeout(send, again);
  else if (waiting.size) send();
}

function settle(key, one, refused) {
  if (waiting.get(key)?.serial === one.serial) waiting.delete(key);
  keep();
  say(refused || words.saved, Boolean(refused));
}

function count(form) {
  const badge = form.closest(".sheet")?.querySelector("[data-count]");
  if (!badge) return;
  const done = form.querySelectorAll("fieldset:has(:checked)").length;
  badge.textContent = `${done} / ${badge.dataset.of}`;
  badge.classList.toggle("jade", done === Number(badge.dataset.of));
}

function recover() {
  let left = [];
  try {
    left = JSON.parse(localStorage.getItem(words.key) ?? "[]");
  } catch { /* nothing that can be read */ }
  waiting = new Map(left.filter(([key]) => forms.has(key)));
  for (const [key, one] of waiting) show(forms.get(key), one.entries);
  send();
}

function show(form, entries) {
  for (const field of form.querySelectorAll("input[type=radio], textarea")) {
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

for (const form of forms.values()) {
  form.addEventListener("change", () => put(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    put(form);
  });
}
addEventListener("online", send);
recover();
forms.forEach(count);
