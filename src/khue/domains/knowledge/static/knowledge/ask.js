// Shows an answer as it comes. An element with data-stream names the address of its events; the server sends
// what is not yet checked as text, each checked sentence as HTML, and at the end the whole answer.

const POLL_MS = 700;

export function watch(box) {
  if (box.dataset.watched) return;
  box.dataset.watched = "yes";
  const sentences = box.querySelector("[data-sentences]");
  const unchecked = box.querySelector("[data-unchecked]");
  const waiting = box.querySelector("[data-waiting]");
  const place = box.querySelector("[data-place]");
  const source = new EventSource(box.dataset.stream);

  source.addEventListener("waiting", (event) => {
    place.hidden = false;
    place.textContent = event.data;
  });
  source.addEventListener("unchecked", (event) => {
    waiting?.remove();
    unchecked.textContent = event.data;
  });
  source.addEventListener("sentence", (event) => {
    waiting?.remove();
    sentences.insertAdjacentHTML("beforeend", event.data + " ");
  });
  source.addEventListener("finished", (event) => {
    source.close();
    replace(box, event.data);
  });
  source.onerror = () => {
    source.close();
    settle(box);
  };
  box.querySelector("[data-stop]")?.addEventListener("click", (event) => {
    event.target.disabled = true;
    source.close();
    settle(box);
  });
}

// After a stop or a lost connection the server says what became of the answer.
async function settle(box) {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const reply = await fetch(box.dataset.state, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!reply?.ok) continue;
    const html = await reply.text();
    if (!html.includes("data-stream=")) return replace(box, html);
  }
  box.querySelector("[data-lost]").hidden = false;
}

function replace(box, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const fresh = holder.content.firstElementChild;
  box.replaceWith(fresh);
  window.htmx?.process(fresh);
}

function start(root) {
  root.querySelectorAll("[data-stream]").forEach(watch);
  if (root.matches?.("[data-stream]")) watch(root);
}

document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("DOMContentLoaded", () => start(document.body));

// A question that was taken leaves the box; one that was refused stays in it.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.("[data-clears]")) event.target.reset();
});

// A form that was refused stands in a dialog: open it again with its errors.
document.querySelectorAll("[data-opens-now]").forEach((mark) => document.getElementById(mark.dataset.opensNow)?.showModal());
