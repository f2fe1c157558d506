// A page that renews itself: its parts (data-part, by id) are asked for again every few seconds. What somebody is writing in,
// and what they have opened, stays as it is. Forms (data-sent) are sent without leaving the page. Without this script
// forms work by themselves.

const line = document.querySelector("[data-live]");
const every = Number(line.dataset.every) * 1000;
let tag = "";
let failures = 0;
let timer;
let lastGood = new Date();

const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const clock = (at) => at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function isWrittenIn(part) {
  const at = document.activeElement;
  if (part.contains(at) && at.matches("input:not([type=hidden]), textarea, select")) return true;
  return [...part.querySelectorAll("input[type=text], input:not([type]), textarea")].some((field) => field.value !== field.defaultValue)
    || [...part.querySelectorAll("select")].some((list) => [...list.options].some((one) => one.defaultSelected && !one.selected))
    || [...part.querySelectorAll("input[type=radio], input[type=checkbox]")].some((field) => field.checked !== field.defaultChecked);
}

function put(fresh, selector, force) {
  for (const part of fresh.querySelectorAll(selector)) {
    const old = document.getElementById(part.id);
    if (!old || (!force && isWrittenIn(old))) continue;
    const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
    const closed = [...old.querySelectorAll("details:not([open])[id]")].map((one) => one.id);
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const made = document.importNode(part, true);
    for (const details of made.querySelectorAll("details[id]")) {
      if (open.includes(details.id)) details.open = true;
      if (closed.includes(details.id)) details.open = false;
    }
    old.replaceWith(made);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function say(text, isLost = false) {
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("is-lost", isLost);
}

function lost() {
  failures += 1;
  say(`${line.dataset.lost} ${clock(lastGood)}`, true);
}

function found() {
  failures = 0;
  lastGood = new Date();
  say("");
}

async function look() {
  clearTimeout(timer);
  try {
    const headers = { "X-Live": "1", ...(tag ? { "If-None-Match": tag } : {}) };
    const answer = await fetch(line.dataset.live, { headers, cache: "no-store", redirect: "error" });
    if (answer.status === 403 || answer.status === 404) return say(line.dataset.refused, true);
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.statusText);
    if (answer.ok) {
      tag = answer.headers.get("ETag") ?? "";
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const before = document.querySelectorAll("[data-part]");
      // a part that somebody writes in is asked for again, until they are done
      if ([...before].some(isWrittenIn)) tag = "";
      put(fresh, "[data-part]", false);
    }
    found();
  } catch {
    lost();
  }
  plan();
}

// a little by chance, so that many telephones do not ask in the same moment
function plan() {
  clearTimeout(timer);
  const pause = Math.min(every * 2 ** Math.min(failures, 3), 60_000);
  timer = setTimeout(look, pause * (0.9 + Math.random() * 0.2));
}

async function send(form, button) {
  const data = new FormData(form, button);
  data.set("csrfmiddlewaretoken", token() || data.get("csrfmiddlewaretoken"));
  button?.setAttribute("disabled", "");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.ok) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.querySelector("[data-live]")) return location.assign(answer.url);
    tag = "";
    form.reset();
    put(fresh, "[data-part], [data-after]", true);
    toast(fresh);
    found();
    plan();
  } catch {
    say(line.dataset.unsent, true);
  } finally {
    button?.removeAttribute("disabled");
  }
}

function toast(fresh) {
  const told = fresh.querySelector(".toasts");
  document.querySelector(".toasts")?.remove();
  if (told) document.body.append(document.importNode(told, true));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sent]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
addEventListener("online", look);
plan();
