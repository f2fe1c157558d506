// The studio: what is said goes without leaving the page, the tool grows while it is being written, its examples run
// in frames that nobody sees, and what goes wrong in it is said in words.

import { Store, Tool } from "./frame.js";

const EXAMPLE_MS = 8000;
const POLL_MS = 700;
const box = document.querySelector("[data-studio]");
const place = document.querySelector("[data-tool]");
const turns = box.querySelector("[data-turns]");
const form = box.querySelector("[data-wish]");
const words = document.querySelector("[data-words]").dataset;
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const tool = new Tool(place, new Store(place.dataset.name));
const fault = box.querySelector("[data-fault]");
let faults = [];
let version = null;
let trying = 0;

const post = (address, body, headers = {}) =>
  fetch(address, { method: "POST", body, headers: { "X-Studio": "1", "X-CSRFToken": token(), ...headers } }).catch(() => null);
const element = (html) => Object.assign(document.createElement("template"), { innerHTML: html.trim() }).content;

// The running tool ----------------------------------------------------------------------------------

function say(text, list = []) {
  fault.hidden = false;
  fault.querySelector("[data-fault-words]").textContent = text;
  fault.querySelector("[data-fault-more]").hidden = !list.length;
  fault.querySelector("[data-fault-list]").replaceChildren(...list.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
}
function hush() {
  faults = [];
  fault.hidden = true;
}
tool.addEventListener("fault", ({ detail }) => {
  faults = [...new Set([...faults, detail.message])].slice(0, 5);
  say(words.error, faults);
});
tool.addEventListener("barred", ({ detail }) => say(words.barred, [`${detail.what} ${detail.where}`]));
tool.addEventListener("stopped", () => {
  faults = ["endless loop"];
  say(words.stopped);
});
tool.addEventListener("full", () => say(words.full));
tool.addEventListener("forgetful", () => say(words.forgetful));

async function show(number, { test = true } = {}) {
  const reply = await fetch(`${box.dataset.versions}${number}/`).catch(() => null);
  if (!reply?.ok) return say(words.lost);
  version = await reply.json();
  hush();
  tool.run(version.html);
  if (!tool.store.lasts) say(words.forgetful);
  if (test) await tryAll(number);
}

// Each example in a frame of its own, so that it touches neither the others nor what the person typed
async function tryAll(number) {
  const run = (trying += 1);
  if (!("mine" in box.dataset)) return;
  const outcomes = version.examples.length ? await outcomesOf(number, run) : [];
  if (run === trying && (version.grave || outcomes.some((one) => !one.passed))) await repairItself();
}

async function outcomesOf(number, run) {
  const outcomes = [];
  for (const example of version.examples) {
    outcomes.push(await tryOne(example));
    if (run !== trying) return [];
  }
  const reply = await post(`${box.dataset.versions}${number}/outcomes/`, JSON.stringify(outcomes), { "Content-Type": "application/json" });
  if (reply?.ok) box.querySelector("[data-outcomes-place]").replaceChildren(element(await reply.text()));
  return outcomes;
}

function tryOne(example) {
  const hidden = document.createElement("div");
  hidden.className = "tool-hidden";
  hidden.setAttribute("aria-hidden", "true");
  hidden.inert = true;
  Object.assign(hidden.dataset, { title: "", frame: place.dataset.frame, closed: place.dataset.closed });
  document.body.append(hidden);
  const silent = new Tool(hidden, { text: "{}", lasts: true, keep: () => true });
  return new Promise((resolve) => {
    const end = (outcome) => {
      clearTimeout(timer);
      silent.stop();
      hidden.remove();
      resolve({ text: example.text, ...outcome });
    };
    const hung = () => end({ passed: false, problem: "hung" });
    const timer = setTimeout(hung, EXAMPLE_MS);
    silent.addEventListener("drawn", () => silent.send({ kind: "run", body: example }));
    silent.addEventListener("results", ({ detail }) => end(detail?.[0] ?? { passed: false, problem: "error" }));
    silent.addEventListener("stopped", hung);
    silent.run(version.tried);
  });
}

// What failed goes back by itself, after something was described or changed; the server says when it is enough
async function repairItself() {
  const last = turns.lastElementChild?.querySelector("[data-turn]");
  if (!last || !["describe", "change", "repair"].includes(last.dataset.kind) || !last.dataset.fresh) return;
  const data = new FormData();
  data.set("itself", "1");
  faults.forEach((one) => data.append("fault", one));
  await send(box.dataset.repair, data, { quiet: true });
}

// The conversation ----------------------------------------------------------------------------------

async function send(address, data, { quiet = false } = {}) {
  const reply = await post(address, data);
  turns.querySelectorAll(".refused").forEach((old) => old.closest("li").remove());
  if (quiet && !reply?.ok) return;
  const item = document.createElement("li");
  item.append(reply ? element(await reply.text()) : Object.assign(document.createElement("p"), { className: "refused", textContent: words.lost }));
  turns.append(item);
  item.scrollIntoView({ block: "nearest" });
  const stream = item.querySelector("[data-stream]");
  if (stream) watch(stream);
  return reply?.ok;
}

function watch(turn) {
  const source = new EventSource(turn.dataset.stream);
  const waiting = turn.querySelector("[data-waiting]");
  const stands = turn.querySelector("[data-place]");
  const piece = turn.querySelector("[data-piece]");
  trying += 1;
  source.addEventListener("waiting", (event) => {
    stands.hidden = false;
    stands.textContent = event.data;
  });
  source.addEventListener("shown", (event) => {
    const { html, title, said } = JSON.parse(event.data);
    stands.hidden = true;
    waiting.textContent = said ? `${words.code} ${said}` : words.code;
    if (title) box.ownerDocument.querySelector("[data-title]").textContent = title;
    hush();
    tool.run(html);
  });
  source.addEventListener("piece", (event) => {
    piece.hidden = false;
    waiting.textContent = words.code;
    piece.textContent = (piece.textContent + JSON.parse(event.data)).slice(-1200);
    piece.scrollTop = piece.scrollHeight;
  });
  source.addEventListener("finished", (event) => {
    source.close();
    settle(turn, event.data);
  });
  source.onerror = () => {
    source.close();
    look(turn);
  };
  turn.querySelector("[data-stop]")?.addEventListener("click", (event) => {
    event.target.disabled = true;
    source.close();
    look(turn);
  });
}

async function look(turn) {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const reply = await fetch(turn.dataset.state).catch(() => null);
    const html = reply?.ok ? await reply.text() : "";
    if (html && !html.includes("data-stream=")) return settle(turn, html);
  }
  turn.querySelector("[data-lost]").hidden = false;
}

async function settle(turn, html) {
  const fresh = element(html).firstElementChild;
  fresh.dataset.fresh = "yes";
  turn.replaceWith(fresh);
  const number = fresh.dataset.version || box.dataset.head;
  if (!number) return;
  const grew = number !== box.dataset.head;
  box.dataset.head = number;
  await beside();
  await show(number, { test: grew });
}

async function beside() {
  const reply = await fetch(box.dataset.beside).catch(() => null);
  if (!reply?.ok) return;
  box.querySelector("[data-beside-place]").replaceChildren(element(await reply.text()));
  light();
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  if (!form.elements.text.value.trim()) return;
  button.disabled = true;
  if (await send(box.dataset.say, new FormData(form))) form.reset();
  button.disabled = false;
});
form?.elements.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit();
  }
});
box.querySelector("[data-fix]")?.addEventListener("click", () => {
  const data = new FormData();
  faults.forEach((one) => data.append("fault", one));
  send(box.dataset.repair, data);
});

// The bar over the tool -----------------------------------------------------------------------------

place.querySelector("[data-again]").addEventListener("click", () => tool.html && (hush(), tool.run(tool.html)));
place.querySelector("[data-print]").addEventListener("click", () => tool.send({ kind: "print" }));
place.querySelector("[data-phone]").addEventListener("click", (event) => {
  const button = event.currentTarget;
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  place.classList.toggle("phone", on);
});

// Code in colours: the coloured copy lies under the box that is typed in ------------------------------

const TOKENS = [
  ["comment", /<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|\/\/[^\n]*/y],
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/y],
  ["tag", /<\/?[a-zA-Z][\w-]*|\/?>/y],
  ["word", /\b(?:const|let|function|return|if|else|for|of|in|new|class|async|await|true|false|null)\b/y],
  ["number", /\b\d[\d_.]*\b/y],
];
function light() {
  const code = box.querySelector("[data-code] textarea");
  const lit = box.querySelector("[data-lit]");
  if (!code) return;
  const paint = () => {
    lit.replaceChildren(...tokens(code.value));
    lit.append("\n");
  };
  code.addEventListener("input", paint);
  code.addEventListener("scroll", () => {
    lit.scrollTop = code.scrollTop;
    lit.scrollLeft = code.scrollLeft;
  });
  paint();
}
function tokens(text) {
  const found = [];
  let plain = 0;
  for (let at = 0; at < text.length; ) {
    const [kind, length] = token_(text, at);
    if (!kind) { at += 1; continue; }
    if (plain < at) found.push(text.slice(plain, at));
    found.push(Object.assign(document.createElement("span"), { className: `lit-${kind}`, textContent: text.slice(at, at + length) }));
    plain = at += length;
  }
  found.push(text.slice(plain));
  return found;
}
function token_(text, at) {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return [kind, match[0].length];
  }
  return [null, 0];
}

light();
const open = turns.querySelector("[data-stream]");
if (open) watch(open);
else if (box.dataset.head) show(box.dataset.head);
