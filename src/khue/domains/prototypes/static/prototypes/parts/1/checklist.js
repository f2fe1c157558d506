// <k-checklist items="A|B" done missing>: what is there, what is missing, how much of it.
Khue.define("k-checklist", (element, told) => {
  const items = Array.isArray(told.items) ? told.items.map((one) => (typeof one === "string" ? { text: one } : one)) : Khue.list(told.items).map((text) => ({ text }));
  const key = `ticks:${told.name ?? "list"}`;
  const state = Khue.make("div", { class: "k-verdict", role: "status" });
  const list = Khue.make("ul", { class: "k-ticks" });
  const boxes = items.map((item, at) => {
    const id = Khue.id("k-tick");
    const box = Khue.make("input", { type: "checkbox", id, "aria-describedby": item.note ? `${id}-note` : null, onchange: kept });
    list.append(Khue.make("li", {}, box, Khue.make("div", {}, Khue.make("label", { for: id }, item.text), item.note ? Khue.make("p", { class: "k-hint", id: `${id}-note` }, item.note) : null)));
    return box;
  });
  function kept() {
    Khue.store.set(key, boxes.map((box) => box.checked));
    show();
  }
  function show() {
    const missing = items.filter((item, at) => !boxes[at].checked && !item.optional);
    const ticked = boxes.filter((box) => box.checked).length;
    state.dataset.kind = missing.length ? "wait" : "yes";
    state.replaceChildren(
      Khue.make("p", { class: "k-verdict-head" }, missing.length ? Khue.say("ticked", { done: ticked, of: items.length }) : (told.done ?? Khue.say("complete"))),
      ...(missing.length ? [Khue.make("p", {}, `${told.missing ?? Khue.say("missing")}: ${missing.map((item) => item.text).join("; ")}`)] : []));
  }
  function restore() {
    const held = Khue.store.get(key, []);
    boxes.forEach((box, at) => (box.checked = Boolean(held[at])));
    show();
  }
  element.reset = () => {
    boxes.forEach((box) => (box.checked = false));
    kept();
  };
  document.addEventListener("k-stored", restore);
  element.append(list, state);
  restore();
});
