// <k-steps> with <section title="…"> in it: one at a time on the screen, all of them on paper.
Khue.define("k-steps", (element) => {
  const sections = [...element.querySelectorAll(":scope > section")];
  const where = Khue.make("p", { class: "k-note k-screen", role: "status" });
  const back = Khue.make("button", { type: "button", onclick: () => go(at - 1) }, Khue.say("back"));
  const next = Khue.make("button", { type: "button", class: "k-main", onclick: () => Khue.fields.check(sections[at]) && go(at + 1) }, Khue.say("next"));
  let at = 0;
  sections.forEach((one) => {
    const title = one.getAttribute("title");
    one.removeAttribute("title");
    if (title) one.prepend(Khue.make("h2", { tabindex: -1 }, title));
  });
  function go(to, focus = true) {
    at = Math.max(0, Math.min(to, sections.length - 1));
    sections.forEach((one, index) => one.toggleAttribute("data-away", index !== at));
    where.textContent = Khue.say("step", { at: at + 1, of: sections.length });
    back.disabled = at === 0;
    next.hidden = at === sections.length - 1;
    if (focus) sections[at].querySelector("h2, input, select, textarea")?.focus();
  }
  element.prepend(where);
  element.append(Khue.make("div", { class: "k-buttons" }, back, next));
  element.reset = () => go(0, false);
  go(0, false);
});
