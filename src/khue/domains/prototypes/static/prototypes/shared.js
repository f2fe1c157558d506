// A tool on a page of its own: it runs as soon as its text is there.
import { Store, Tool } from "./frame.js";

const place = document.querySelector("[data-tool]");
const said = document.querySelector("[data-said]");
const tool = new Tool(place, new Store(place.dataset.name));
const tell = (text) => {
  said.hidden = false;
  said.textContent = text;
};
for (const name of ["stopped", "barred", "full", "forgetful"]) tool.addEventListener(name, () => tell(said.dataset[name]));
tool.addEventListener("fault", () => tell(said.dataset.error));
place.querySelector("[data-again]")?.addEventListener("click", () => tool.html && tool.run(tool.html));
place.querySelector("[data-print]")?.addEventListener("click", () => tool.send({ kind: "print" }));
place.querySelector("[data-phone]")?.addEventListener("click", (event) => {
  const on = place.classList.toggle("phone");
  event.currentTarget.setAttribute("aria-pressed", String(on));
});
const reply = await fetch(place.dataset.text).catch(() => null);
if (reply?.ok) tool.run((await reply.json()).html);
if (!tool.store.lasts) tell(said.dataset.forgetful);
