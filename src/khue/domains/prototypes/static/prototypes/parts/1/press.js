// <k-press label sets formula>: a button that changes a number which formulas know by its name; without it a plain one.
Khue.define("k-press", (element, told) => {
  const button = Khue.make("button", { type: "button" }, told.label ?? "+");
  if (told.sets) Khue.state[told.sets] ??= 0;
  element.append(button);
  element.reset = () => told.sets && (Khue.state[told.sets] = 0);
  button.addEventListener("click", () => {
    if (told.sets) Khue.state[told.sets] = Khue.formula.count(Khue.formula.evaluate(told.formula ?? `${told.sets} + 1`, Khue.fields.values()));
    Khue.follow();
    Khue.tell(told.label ?? "");
  });
});
