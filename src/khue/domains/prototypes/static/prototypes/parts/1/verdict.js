// <k-verdict rules otherwise all>: the first rule whose condition holds says what comes out; `all` shows every one.
Khue.define("k-verdict", (element, told) => {
  const box = Khue.make("div", { class: "k-verdict", role: "status" });
  element.append(box);
  const rules = told.rules ?? [];
  function show() {
    const scope = element.closest("k-form, [data-scope]") ?? document;
    const values = Khue.fields.values(scope);
    const open = told.wait && Khue.list(told.wait).some((name) => values[name] === null || values[name] === "" || values[name] === undefined);
    if (open) return box.replaceChildren(Khue.make("p", { class: "k-note" }, told.waiting ?? Khue.say("answer-all")));
    let found;
    try {
      found = rules.filter((rule) => Khue.formula.isTrue(Khue.formula.evaluate(rule.when, values)));
    } catch (fault) {
      return box.replaceChildren(Khue.make("p", { class: "k-error" }, Khue.say("formula", { why: fault.message })));
    }
    const shown = found.length ? ("all" in told ? found : found.slice(0, 1)) : told.otherwise ? [{ text: told.otherwise, kind: told.otherwise_kind ?? "yes" }] : [];
    const kind = shown.some((one) => one.kind === "no") ? "no" : (shown[0]?.kind ?? "yes");
    box.dataset.kind = kind;
    const heading = kind === "no" ? told.no : kind === "yes" ? told.yes : "";
    const reasons = shown.filter((one) => one.text && one.text !== heading);
    const fresh = [heading ? Khue.make("p", { class: "k-verdict-head" }, heading) : null, reasons.length ? Khue.make("ul", {}, reasons.map((one) => Khue.make("li", {}, one.text))) : null].filter(Boolean);
    if (box.textContent !== fresh.map((one) => one.textContent).join("")) box.replaceChildren(...fresh);
  }
  document.addEventListener("k-worked", show);
  for (const event of ["k-change", "change", "input"]) document.addEventListener(event, () => queueMicrotask(show));
  queueMicrotask(show);
});
