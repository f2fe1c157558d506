// A judge's phone: each choice is sent at once, kept on this device while there is no line, and sent again. The server
// keeps what was given later, so that sending twice or out of order does no harm.

const desk = document.querySelector("[data-judging]");
const words = desk.dataset;
const opened = { steady: performance.now(), day: Date.now() };
const forms = new Map([...desk.querySelectorAll("[data-sheet]")].map((form) => [form.dataset.sheet, form]));
const waiting = new Map(); // sheet → {serial, entries}: the latest only
let sending = false;
let timer;

// the steady clock stands still while some phones sleep, the other one may be set: the server takes neither beyond its own
const passed = () => Math.max(performance.now() - opened.steady, Date.now() - opened.day);
const serial = () => Math.round(Number(words.serial) + passed());

function say(text, isWaiting = false) {
  const state = desk.querySelector("[data-state]");
  const shown = waiting.size && isWaiting ? `${text} (${waiting.size})` : text;
  if (state.textContent !== shown) state.textContent = shown;
  state.classList.toggle("is-waiting", isWaiting);
}

// On this device: each sheet by itself, so that two windows never overwrite each other
const place = (sheet) => `${words.key}:${sheet}`;

function kept(sheet) {
  try {
    return JSON.parse(localStorage.getItem(place(sheet)));
  } catch {
    return null;
  }
}

function keep(sheet, one) {
  waiting.set(sheet, one);
  try {
    localStorage.setItem(place(sheet), JSON.stringify(one));
  } catch { /* without storage this page alone keeps it */ }
}

function forget(sheet, one) {
  if (waiting.get(sheet)?.serial === one.serial) waiting.delete(sheet);
  if (kept(sheet)?.serial === one.serial) localStorage.removeItem(place(sheet));
}

function put(form, after = 0) {
  const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  keep(form.dataset.sheet, { serial: serial(), entries });
  count(form);
  clearTimeout(timer);
  if (after) timer = setTimeout(send, after);
  else send();
}

// a sign-in from another window brings a new one
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? desk.querySelector("[name=csrfmiddlewaretoken]").value;

function body(one) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  data.set("judge", words.judge);
  data.set("serial", String(one.serial));
  one.entries.forEach(([name, value]) => data.append(name, value));
  return data;
}

// {refused}: stored, or refused for good in these words; {why, after}: to be sent again
async function post(one) {
  const { action } = forms.values().next().value;
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body: body(one), headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return { why: words.offline, after: 3000 };
  }
  if (answer.ok) return { refused: "" };
  if (answer.status === 423) return { why: words.closed, after: 15000 };
  if (answer.status >= 500 || answer.status === 429) return { why: words.offline, after: 3000 };
  const { refused } = await answer.json().catch(() => ({}));
  return refused ? { refused } : { why: words.signedOut, after: 15000 };
}

async function send() {
  if (sending || !waiting.size) return;
  sending = true;
  clearTimeout(timer);
  say(words.saving);
  let refused = "";
  let late = null;
  for (const [sheet, one] of [...waiting]) {
    const answer = await post(one);
    if (answer.after) {
      late = answer;
      break;
    }
    refused ||= answer.refused;
    forget(sheet, one);
  }
  sending = false;
  if (late) {
    say(late.why, true);
    timer = setTimeout(send, late.after);
  } else {
    say(refused || words.saved, Boolean(refused));
    if (waiting.size) send();
  }
}

function count(form) {
  const badge = form.closest(".sheet")?.querySelector("[data-count]");
  if (!badge) return;
  const done = form.querySelectorAll("fieldset:has(:checked)").length;
  badge.textContent = `${done} / ${badge.dataset.of}`;
  badge.classList.toggle("jade", done === Number(badge.dataset.of));
}

// What this device kept and the server does not have yet
function recover() {
  for (const [sheet, form] of forms) {
    const one = kept(sheet);
    if (one?.serial > Number(form.dataset.serial)) {
      waiting.set(sheet, one);
      show(form, one.entries);
    } else if (one) localStorage.removeItem(place(sheet));
  }
  if (waiting.size) send();
  else if ([...forms.values()].some((form) => Number(form.dataset.serial))) say(words.saved);
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
  // a note is kept with every letter, and sent when the hand rests
  form.addEventListener("input", (event) => event.target.matches("textarea") && put(form, 1000));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    put(form);
  });
}
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
recover();
forms.forEach(count);
