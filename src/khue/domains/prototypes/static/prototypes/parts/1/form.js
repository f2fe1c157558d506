// <k-form list button done stamp keep>: its fields become a row of a list; one alone only says that it was checked.
Khue.define("k-form", (element, told) => {
  const form = Khue.make("form", { novalidate: true });
  form.append(...element.childNodes);
  const main = Khue.make("button", { type: "submit" }, told.button ?? Khue.say("add"));
  form.append(Khue.make("div", { class: "k-buttons" }, main));
  // sets="status=New": what every row begins with
  const sets = Object.fromEntries(Khue.list(told.sets).map((one) => one.split("=")));
  const done = Khue.make("p", { class: "k-done", role: "status" });
  element.append(form, done);
  element.reset = () => (done.textContent = "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done.textContent = "";
    if (!Khue.fields.check(element)) return Khue.tell(Khue.say("look"));
    const row = { ...Khue.fields.values(element), ...sets };
    if (told.must && !Khue.formula.isTrue(Khue.formula.evaluate(told.must, row))) {
      done.textContent = told.else ?? Khue.say("look");
      done.dataset.kind = "no";
      return;
    }
    const clash = told.unless && Khue.rows(told.list).all().find((one) => Khue.formula.isTrue(Khue.formula.evaluate(told.unless, { ...prefixed(one), ...row })));
    if (clash) {
      done.textContent = told.clash ?? Khue.say("clash");
      done.dataset.kind = "no";
      return;
    }
    done.dataset.kind = "yes";
    if ("stamp" in told) row.at = Khue.moment();
    const number = told.list ? Khue.rows(told.list).add(row) : 0;
    done.textContent = (told.done ?? Khue.say("added")).replace("{n}", number).replace(/\{(\w+)\}/g, (whole, name) => row[name] ?? whole);
    element.dispatchEvent(new CustomEvent("k-sent", { detail: { ...row, id: number }, bubbles: true }));
    if (told.keep === undefined) element.querySelectorAll("k-field").forEach((field) => field.reset());
    Khue.follow();
    element.querySelector("input, select, textarea")?.focus({ preventScroll: true });
  });
  const prefixed = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [`old_${name}`, value]));
});
