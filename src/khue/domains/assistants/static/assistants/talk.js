// A conversation with an assistant: a question goes without leaving the page, its card comes at once, then the words.
// The conversation is known to this page alone: no cookie, nothing kept in the browser.

import { watch } from "../knowledge/ask.js";

const box = document.querySelector("[data-talk]");
const list = box.querySelector("[data-exchanges]");
const form = box.querySelector("[data-question]");
const field = form.elements.question;
const fresh = box.querySelector("[data-new]");
const own = box.querySelector("[data-own]");
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
let visit = box.dataset.visit;

async function send(address, data) {
  const headers = { "X-Talk": "1", ...(token() ? { "X-CSRFToken": token() } : {}) };
  const answer = await fetch(address, { method: "POST", body: data, headers }).catch(() => null);
  return answer ? { ok: answer.ok, visit: answer.headers.get("X-Visit"), html: await answer.text() } : { ok: false, html: "" };
}

function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content;
}

async function ask(data) {
  data.set("visit", visit);
  form.querySelector("button").disabled = true;
  list.setAttribute("aria-busy", "true");
  const answer = await send(box.dataset.talk, data);
  form.querySelector("button").disabled = false;
  list.removeAttribute("aria-busy");
  list.querySelectorAll("[data-refused]").forEach((old) => old.remove());
  list.append(answer.html ? element(answer.html) : element(box.querySelector("[data-lost-words]").innerHTML));
  const latest = list.lastElementChild;
  latest.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (!answer.ok) return;
  visit = answer.visit ?? visit;
  field.value = "";
  box.querySelector("[data-opening]")?.remove();
  settle();
  latest.querySelectorAll("[data-stream]").forEach(watch);
  latest.querySelector("[data-focus]")?.focus({ preventScroll: true });
}

function settle() {
  fresh?.toggleAttribute("hidden", !visit);
  if (!own) return;
  own.hidden = !visit;
  own.querySelectorAll("a").forEach((link) => { link.href = link.dataset.href.replace("VISIT", visit); });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) ask(new FormData(form));
  else field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.stopPropagation(); // on pages of builders the shell would send it once more
    form.requestSubmit();
  }
});
field.enterKeyHint = "send"; // from here on: before, Enter would only begin a line
box.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (!example) return;
  const data = new FormData(form);
  data.set("question", example.dataset.example);
  if (example.dataset.procedure) data.set("procedure", example.dataset.procedure);
  ask(data);
});
list.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-part-of]")) return;
  event.preventDefault();
  const whole = event.target.closest(".answer-box");
  const answer = await send(event.target.action, new FormData(event.target, event.submitter));
  if (answer.ok) whole.replaceWith(element(answer.html));
  else if (answer.html) whole.append(element(answer.html));
});
fresh?.addEventListener("click", () => {
  list.replaceChildren();
  visit = "";
  settle();
  field.focus();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && box.dataset.framed) parent.postMessage("khue:close", "*");
});
list.querySelectorAll("[data-stream]").forEach(watch);
settle();
