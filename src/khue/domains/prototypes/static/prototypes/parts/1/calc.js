// <k-calc label formula format="money|number|date|text|percent" unit>: a result that follows the fields around it.
(() => {
  // An amount in Vietnamese words, as receipts have it.
  const DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split(" ");
  const STEPS = ["", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ"];
  function three(number, isFirst) {
    const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
    const said = hundreds || !isFirst ? [`${DIGITS[hundreds]} trăm`] : [];
    if (tens > 1) said.push(`${DIGITS[tens]} mươi`);
    else if (tens === 1) said.push("mười");
    else if (ones && said.length) said.push("lẻ");
    if (ones === 1 && tens > 1) said.push("mốt");
    else if (ones === 5 && tens) said.push("lăm");
    else if (ones) said.push(DIGITS[ones]);
    return said.join(" ");
  }
  function spoken(amount) {
    if (!Number.isFinite(amount) || Math.abs(amount) >= 1e18) return "";
    const groups = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, ",").split(",").map(Number);
    const said = groups.map((group, at) => (group ? three(group, at === 0) + STEPS[groups.length - 1 - at] : "")).filter(Boolean).join(" ") || "không";
    const whole = `${amount < 0 ? "âm " : ""}${said} đồng`;
    return whole[0].toUpperCase() + whole.slice(1);
  }
  const FORMATS = {
    money: (value) => Khue.money(Math.round(Khue.formula.count(value))),
    number: (value) => Khue.number(Khue.formula.count(value)),
    percent: (value) => Khue.number(Khue.formula.count(value)) + "\u00a0%",
    date: (value) => Khue.date(value),
    words: (value) => spoken(Math.round(Khue.formula.count(value))),
    text: (value) => (value === true ? Khue.say("yes") : value === false ? Khue.say("no") : typeof value === "number" ? Khue.number(value) : String(value ?? "")),
  };
  const all = () => [...document.querySelectorAll("k-calc")];

  function work(element) {
    const scope = element.closest("k-form, [data-scope]") ?? document;
    const { told, output } = element;
    try {
      element.value = Khue.formula.evaluate(told.formula ?? "", Khue.fields.values(scope));
      if (typeof element.value === "number" && !Number.isFinite(element.value)) element.value = null;
      const text = element.value === null || element.value === "" ? "–" : (FORMATS[told.format] ?? FORMATS.text)(element.value) || "–";
      const full = told.unit && text !== "–" ? `${text} ${told.unit}` : text;
      if (output.textContent !== full) output.textContent = full;
      element.removeAttribute("data-fault");
    } catch (fault) {
      if (!(fault instanceof Khue.formula.Fault)) throw fault;
      element.value = null;
      output.textContent = Khue.say("formula", { why: fault.message });
      element.dataset.fault = fault.message;
    }
  }

  // Results may stand on other results: as many rounds as it takes for a chain, and no more.
  function follow() {
    for (let round = 0; round < 4; round++) all().forEach(work);
    document.dispatchEvent(new CustomEvent("k-worked"));
  }

  Khue.define("k-calc", (element, told) => {
    element.told = told;
    element.name = told.name ?? (told.label ? Khue.slug(told.label) : "");
    const id = Khue.id("k-calc");
    element.output = Khue.make("output", { id: `${id}-value`, "aria-labelledby": `${id}-label` });
    element.replaceChildren(Khue.make("span", { class: "k-calc-label", id: `${id}-label` }, told.label ?? ""), element.output);
    queueMicrotask(follow);
  });
  for (const event of ["k-change", "input", "change"]) document.addEventListener(event, () => queueMicrotask(follow));
  Khue.follow = follow;
})();
