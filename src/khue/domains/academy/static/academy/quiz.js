// Taking a quiz: each answer is sent as it is given, kept on this device while there is no line, and sent again.
// Without this script the same form works by its buttons.

const form = document.querySelector("[data-quiz]");
const words = form.dataset;
const opened = performance.now();
const waiting = new Map(); // question → what is to be sent, the latest only
let sending = false;
let over = false;

const serial = () => Math.round(Number(words.serial) + performance.now() - opened);
const question = (element) => element.closest("[data-question]");
const fields = (part) => part.querySelectorAll("input:not([type=hidden]), select, textarea");

function entriesOf(part) {
  const found = [];
  for (const field of fields(part)) {
    if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    found.push([field.name, field.value]);
  }
  return found;
}

// Keeping and sending -------------------------------------------------------------------------

function keep() {
  try {
    if (waiting.size) localStorage.setItem(words.key, JSON.stringify([...waiting]));
    else localStorage.removeItem(words.key);
  } catch { /* private windows may have no storage: then the line alone keeps answers */ }
}

function say(text, isWaiting = false) {
  const state = form.querySelector("[data-state]");
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("is-waiting", isWaiting);
}

function put(part) {
  if (over) return;
  waiting.set(part.dataset.question, { serial: serial(), entries: entriesOf(part) });
  keep();
  count();
  send();
}

function body(batch) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("serial", String(Math.max(...batch.map(([, one]) => one.serial))));
  for (const [position, one] of batch) {
    data.append("has", position);
    one.entries.forEach(([name, value]) => data.append(name, value));
  }
  return data;
}

async function send() {
  if (sending || over || !waiting.size) return;
  sending = true;
  say(words.saving);
  const batch = [...waiting];
  try {
    const answer = await fetch(form.action, { method: "POST", body: body(batch), headers: { Accept: "application/json" }, redirect: "error" });
    if (answer.status === 409) return end();
    if (answer.status >= 500) throw new Error(answer.statusText);
    // refused for good, as after signing out in another window: sending it again would not help
    if (!answer.ok) return say(words.refused, true);
    settle(batch, await answer.json());
  } catch {
    say(words.offline, true);
    setTimeout(send, 3000);
  } finally {
    sending = false;
  }
  if (waiting.size && !form.querySelector("[data-state]").classList.contains("is-waiting")) send();
}

function settle(batch, told) {
  for (const [position, one] of batch) {
    if (waiting.get(position)?.serial === one.serial) waiting.delete(position);
  }
  keep();
  say(words.saved);
  for (const [position, heard] of Object.entries(told.heard)) {
    const place = form.querySelector(`[data-question="${position}"] [data-heard]`);
    if (place) place.textContent = heard;
  }
  if (told.seconds !== null) setTime(told.seconds);
}

function end() {
  over = true;
  waiting.clear();
  keep();
  location.reload();
}

// What a closed browser or a dropped line left behind is sent before anything else.
function recover() {
  let left = [];
  try {
    left = JSON.parse(localStorage.getItem(words.key) ?? "[]");
  } catch { /* nothing that can be read */ }
  for (const [position, one] of left) {
    const part = form.querySelector(`[data-question="${position}"]`);
    if (!part) continue;
    show(part, one.entries);
    waiting.set(position, { serial: serial(), entries: one.entries });
  }
  send();
}

function show(part, entries) {
  for (const field of fields(part)) {
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function isAnswered(part) {
  return [...fields(part)].some((f) => (f.type === "radio" || f.type === "checkbox" ? f.checked : f.value.trim()));
}

function count() {
  form.querySelector("[data-answered]").textContent = [...form.querySelectorAll("[data-question]")].filter(isAnswered).length;
}

let typing;
form.addEventListener("input", (event) => {
  if (!event.target.matches("input[type=text], textarea")) return;
  clearTimeout(typing);
  typing = setTimeout(() => put(question(event.target)), 700);
});
form.addEventListener("change", (event) => {
  const part = question(event.target);
  if (!part) return;
  clearTimeout(typing);
  put(part);
});
// a number's field must not hand the form in when Enter is pressed
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[type=text]")) {
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
addEventListener("online", send);
addEventListener("pagehide", () => {
  if (waiting.size && !over) navigator.sendBeacon?.(form.action, body([...waiting]));
});

// Time ----------------------------------------------------------------------------------------

let endsAt = null;
const clock = form.querySelector("[data-time]");
const SAID_AT = [600, 300, 60];

function setTime(seconds) {
  endsAt = performance.now() + seconds * 1000;
}

function tick() {
  const left = Math.max(0, Math.round((endsAt - performance.now()) / 1000));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.closest(".quiz-time").classList.toggle("is-short", left <= 60);
  if (SAID_AT.includes(left)) form.querySelector("[data-time-said]").textContent = `${left / 60} ${words.minutes}`;
  if (left > 0) return setTimeout(tick, 500);
  say(words.over, true);
  form.requestSubmit(form.querySelector('[name="next"][value="review"]'));
}

if (words.seconds !== undefined && clock) {
  setTime(Number(words.seconds));
  tick();
}

// Ordering: the lists of places give way to buttons and dragging; the lists still carry the answer. ----------

function places(list) {
  [...list.children].forEach((row, index) => { row.querySelector("select").value = String(index + 1); });
}

function moved(list, row) {
  list.classList.remove("is-untouched");
  places(list);
  put(question(list));
  const at = [...list.children].indexOf(row) + 1;
  say(`${row.querySelector(".order-text").textContent} ${words.place} ${at}`);
}

function button(label, turned) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button small only-icon${turned ? " turned" : ""}`;
  made.setAttribute("aria-label", label);
  made.append(document.querySelector("[data-arrow]").content.cloneNode(true));
  return made;
}

function dress(list) {
  const rows = [...list.children];
  const answered = rows.every((row) => row.querySelector("select").value);
  if (answered) rows.sort((a, b) => a.querySelector("select").value - b.querySelector("select").value).forEach((row) => list.append(row));
  list.classList.add("is-scripted");
  list.classList.toggle("is-untouched", !answered);
  for (const row of rows) {
    row.querySelector("select").hidden = true;
    row.draggable = true;
    const text = row.querySelector(".order-text").textContent;
    for (const [label, by] of [[words.up, -1], [words.down, 1]]) {
      const made = button(`${label}: ${text}`, by > 0);
      made.addEventListener("click", () => step(list, row, by, made));
      row.append(made);
    }
    row.addEventListener("dragstart", () => row.classList.add("is-moving"));
    row.addEventListener("dragend", () => {
      row.classList.remove("is-moving");
      moved(list, row);
    });
  }
  list.addEventListener("dragover", (event) => {
    const dragged = list.querySelector(".is-moving");
    if (!dragged) return;
    event.preventDefault();
    const after = [...list.children].find((row) => row !== dragged && event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2);
    list.insertBefore(dragged, after ?? null);
  });
  const part = question(list);
  part.querySelector("[data-plain]").hidden = true;
  part.querySelector("[data-scripted]").hidden = false;
}

function step(list, row, by, from) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (other) list.insertBefore(by < 0 ? row : other, by < 0 ? other : row);
  moved(list, row);
  from.focus();
}

recover();
document.querySelectorAll("[data-order]").forEach(dress);
count();
