// <k-letter> told {text, fields}: words between braces are filled in, the letter shows at once and prints alone.
Khue.define("k-letter", (element, told) => {
  const fields = told.fields ?? [...new Set([...(told.text ?? "").matchAll(/\{([^{}]+)\}/g)].map((found) => found[1].trim()))].map((label) => ({ label }));
  const inputs = fields.map((one) => Khue.make("k-field", { ...one, name: Khue.slug(one.label) }));
  const paper = Khue.make("article", { class: "k-paper", "aria-label": told.title ?? document.title });
  function show() {
    const values = Object.fromEntries(inputs.map((field) => [Khue.slug(field.getAttribute("label")), field]));
    const said = (field) => (field.told?.type === "date" ? Khue.date(field.value) : field.told?.type === "money" ? Khue.money(field.value) : typeof field.value === "number" ? Khue.number(field.value) : field.value);
    const text = (told.text ?? "").replace(/\{([^{}]+)\}/g, (whole, label) => (values[Khue.slug(label)] && said(values[Khue.slug(label)])) || "…………");
    paper.replaceChildren(...text.split(/\n+/).map((line) => Khue.make("p", {}, line)));
  }
  element.append(Khue.make("div", { class: "k-screen k-card" }, inputs), Khue.make("h2", { class: "k-screen" }, Khue.say("letter")), paper, Khue.make("div", { class: "k-buttons" }, Khue.make("button", { type: "button", onclick: () => print() }, Khue.say("print"))));
  document.addEventListener("k-change", show);
  queueMicrotask(show);
});
