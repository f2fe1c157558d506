// The shell's behaviour: panels, menus, dialogs, tabs, toasts, the composer. Everything works on swapped-in content too.

const panel = (id) => document.getElementById(id);
const openers = (id) => document.querySelectorAll(`[data-opens="${id}"]`);
const veil = document.querySelector(".veil");
let returnTo = null;

function setPanel(target, open) {
  target.classList.toggle("is-open", open);
  openers(target.id).forEach((button) => button.setAttribute("aria-expanded", String(open)));
  veil?.classList.toggle("is-open", open);
  document.querySelector(".work")?.toggleAttribute("inert", open);
}

function openPanel(id, from) {
  const target = panel(id);
  if (!target) return;
  if (target instanceof HTMLDialogElement) return target.showModal();
  returnTo = from;
  setPanel(target, true);
  (target.querySelector("a, button, input, [tabindex]") ?? target).focus();
}

function closePanels() {
  const open = document.querySelectorAll(":is(.rooms, .aside).is-open");
  open.forEach((target) => setPanel(target, false));
  if (open.length) returnTo?.focus();
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  closeMenus(at("details.menu"));
  const opener = at("[data-opens]");
  if (opener) openPanel(opener.dataset.opens, opener);
  const closer = at("[data-closes]");
  if (closer) {
    const target = panel(closer.dataset.closes) ?? closer.closest("dialog");
    if (target instanceof HTMLDialogElement) target.close();
    else closePanels();
  }
  if (at("[data-closes-all]")) closePanels();
  at("[data-dismiss]")?.closest(".alert")?.remove();
  const copier = at("[data-copies]");
  if (copier) copy(copier);
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else closePanels();
  }
  if (["ArrowDown", "ArrowUp"].includes(event.key)) stepInMenu(event);
  if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) stepInTabs(event);
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".composer textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

function step(list, current, by) {
  return list[(list.indexOf(current) + by + list.length) % list.length];
}

function stepInMenu(event) {
  const menu = event.target.closest("details.menu[open]");
  if (!menu) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".menu-item")];
  const down = event.key === "ArrowDown";
  const inside = items.includes(event.target);
  (inside ? step(items, event.target, down ? 1 : -1) : items.at(down ? 0 : -1))?.focus();
}

function stepInTabs(event) {
  const tab = event.target.closest('[role="tab"]');
  if (!tab) return;
  event.preventDefault();
  const tabs = [...tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')];
  const to = { ArrowLeft: () => step(tabs, tab, -1), ArrowRight: () => step(tabs, tab, 1), Home: () => tabs[0], End: () => tabs.at(-1) };
  select(to[event.key]());
}

function select(tab) {
  tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]').forEach((other) => {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    panel(other.getAttribute("aria-controls"))?.toggleAttribute("hidden", !chosen);
  });
  tab.focus();
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (tab) select(tab);
});

async function copy(button) {
  const source = panel(button.dataset.copies);
  await navigator.clipboard.writeText(source.innerText);
  const words = button.querySelector(".words") ?? button;
  words.textContent = button.dataset.done ?? words.textContent;
}

// A citation chosen by keyboard or pointer marks its evidence and, on a phone, opens the sheet.
document.addEventListener("click", (event) => {
  const cite = event.target.closest("a.cite[href^='#']");
  if (!cite) return;
  const evidence = panel(cite.getAttribute("href").slice(1));
  if (!evidence) return;
  document.querySelectorAll(".evidence.is-current").forEach((other) => other.classList.remove("is-current"));
  evidence.classList.add("is-current");
  const opener = document.querySelector(".sheet-opener");
  if (opener && getComputedStyle(opener).display !== "none") {
    event.preventDefault();
    openPanel("aside", cite);
    evidence.scrollIntoView({ block: "nearest" });
  }
});
