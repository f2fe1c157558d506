// Grading by keyboard: 1 2 3 … choose a level and go on, arrows move between criteria, Ctrl Enter finishes.

const form = document.querySelector("[data-grade]");
const criteria = [...(form?.querySelectorAll("[data-criterion]") ?? [])];
let current = 0;

const isTyping = (target) => target.matches("textarea, input:not([type=radio]):not([type=checkbox]), select");

function choose(index) {
  current = Math.max(0, Math.min(index, criteria.length - 1));
  criteria.forEach((one, at) => one.classList.toggle("is-current", at === current));
  criteria[current]?.scrollIntoView({ block: "nearest" });
}

function sum() {
  const out = form.querySelector("[data-sum]");
  const chosen = [...form.querySelectorAll("input[type=radio]:checked")];
  out.textContent = chosen.length === criteria.length ? chosen.reduce((all, one) => all + Number(one.value), 0) : "–";
}

function level(number) {
  const radio = criteria[current]?.querySelectorAll("input[type=radio]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  keep();
  sum();
  if (current < criteria.length - 1) choose(current + 1);
  else form.querySelector("[name=words]").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form?.querySelector("[data-key=finish]").click();
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (/^[1-9]$/.test(event.key) && form) level(Number(event.key));
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && form && !event.target.matches("input[type=radio]")) {
    event.preventDefault();
    choose(current + (event.key === "ArrowDown" ? 1 : -1));
  } else if (["n", "p"].includes(event.key)) document.querySelector(`a[data-key=${event.key}]`)?.click();
});

// Nothing is lost when the window closes: what is written is on this device at once, and on the server soon after.

const words = form?.dataset ?? {};
const revision = form?.elements.revision;
let stirred = false;
let sending = false;
let waitsFor = null; // the button that was pressed while something was on its way
let timer;

function say(text) {
  const state = form.querySelector("[data-state]");
  if (state.textContent !== text) state.textContent = text;
}

const written = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "revision"].includes(name));

// left: it may have reached the server under this revision
function note(left = false) {
  try {
    localStorage.setItem(words.place, JSON.stringify({ revision: Number(revision.value), entries: written(), left }));
  } catch { /* without storage the server alone keeps it */ }
}

function keep() {
  stirred = true;
  note();
  clearTimeout(timer);
  if ("keeps" in words) timer = setTimeout(send, 1500);
}

function body() {
  const data = new FormData(form);
  data.set("act", "keep");
  return data;
}

async function send() {
  if (sending || !stirred) return;
  sending = true;
  stirred = false;
  clearTimeout(timer);
  say(words.saving);
  note(true);
  try {
    const answer = await fetch(location.href, { method: "POST", body: body(), headers: { Accept: "application/json" }, redirect: "error" });
    const told = await answer.json();
    if (told.refused) return say(told.refused);
    revision.value = told.revision;
    if (stirred) keep();
    else localStorage.removeItem(words.place);
    say(words.saved);
  } catch {
    stirred = true;
    say(words.offline);
    timer = setTimeout(send, 5000);
  } finally {
    sending = false;
    if (waitsFor) form.requestSubmit(waitsFor);
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(words.place));
  } catch {
    return null;
  }
}

// What this device kept and the server did not get; anything older gives way to what was saved since
function recover() {
  const one = kept();
  if (!one) return;
  const now = Number(revision.value);
  const given = new Map(one.entries);
  const isNewer = one.revision === now || ("keeps" in words && one.left && one.revision + 1 === now);
  const isSame = JSON.stringify(one.entries) === JSON.stringify(written());
  if (!isNewer || isSame) return localStorage.removeItem(words.place);
  for (const field of form.querySelectorAll("input[type=radio], input[type=checkbox], textarea")) {
    if (!field.matches("textarea")) field.checked = given.get(field.name) === field.value;
    else if ((field.value = given.get(field.name) ?? "")) field.closest("details")?.setAttribute("open", "");
  }
  say(words.here);
  keep();
}

if (form) {
  recover();
  form.addEventListener("change", sum);
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      waitsFor = event.submitter;
      return;
    }
    clearTimeout(timer);
    stirred = false;
    if (kept()) note(true);
  });
  addEventListener("online", send);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  form.addEventListener("focusin", (event) => {
    const at = criteria.indexOf(event.target.closest("[data-criterion]"));
    if (at >= 0) choose(at);
  });
  sum();
  choose(0);
}
