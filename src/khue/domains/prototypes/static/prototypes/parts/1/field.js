// <k-field label name type required options="a|b" hint min max value>: a label, an input, a hint and an error in words.
Khue.fields = (() => {
  const digits = (text) => String(text ?? "").replace(/[\s.\-]/g, "");
  const PROVINCES = "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096".split(" ");
  const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  function isCccd(text) {
    const given = digits(text);
    if (!/^\d{12}$/.test(given) || !PROVINCES.includes(given.slice(0, 3))) return false;
    const born = 1900 + Math.floor(given[3] / 2) * 100 + Number(given.slice(4, 6));
    return born <= new Date().getFullYear();
  }
  function isMst(text) {
    const given = digits(text);
    if (isCccd(given)) return true;
    if (!/^\d{10}(\d{3})?$/.test(given) || given.slice(10) === "000") return false;
    const rest = WEIGHTS.reduce((total, weight, at) => total + weight * given[at], 0) % 11;
    return rest !== 0 && Number(given[9]) === 10 - rest;
  }
  const CHECKS = {
    email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text),
    phone: (text) => /^(?:0|\+?84)(?:[235789]\d{8}|2\d{9})$/.test(digits(text).replace(/[()]/g, "")),
    cccd: isCccd, mst: isMst,
    cmnd: (text) => /^\d{9}$/.test(digits(text)),
    bhxh: (text) => /^\d{10}$/.test(digits(text)),
    bhyt: (text) => /^(?:[A-Za-z]{2}\d{13}|\d{10})$/.test(digits(text)),
    passport: (text) => /^[A-Za-z]\d{7,8}$/.test(digits(text)),
    plate: (text) => /^\d{2}[A-Za-z]{1,2}\d?\d{4,5}$/.test(digits(text)),
  };
  const KEYS = { phone: "tel", email: "email", cccd: "numeric", cmnd: "numeric", mst: "numeric", bhxh: "numeric", number: "decimal", money: "numeric" };
  const FILLS = { email: "email", phone: "tel" };

  // Why a value cannot stand, in words; "" when it can.
  function fault(field, text, told) {
    const given = String(text ?? "").trim();
    if (!given) return "required" in told ? Khue.say("required") : "";
    if (["number", "money"].includes(told.type)) {
      const value = Khue.read(given);
      if (Number.isNaN(value)) return Khue.say("number", { example: Khue.number(1234.5) });
      if (told.min !== undefined && value < Number(told.min)) return Khue.say("least", { limit: Khue.number(told.min) });
      if (told.max !== undefined && value > Number(told.max)) return Khue.say("most", { limit: Khue.number(told.max) });
    }
    if (field.validity?.badInput) return Khue.say("date");
    return CHECKS[told.type] && !CHECKS[told.type](given) ? Khue.say(told.type) : "";
  }

  function control(told, id) {
    const shared = { id, name: told.name, placeholder: told.placeholder };
    if (told.type === "longtext") return Khue.make("textarea", { ...shared, rows: told.rows ?? 4 }, told.value ?? "");
    if (told.type === "yesno") return Khue.make("input", { ...shared, type: "checkbox", checked: ["yes", "true", "1"].includes(String(told.value ?? "")) });
    if (told.type === "choice") {
      const options = Array.isArray(told.options) ? told.options : Khue.list(told.options);
      const empty = told.value === undefined ? [Khue.make("option", { value: "" }, Khue.say("choose"))] : [];
      return Khue.make("select", shared, empty, options.map((one) => Khue.make("option", { value: one, selected: one === told.value }, one)));
    }
    const native = { date: "date", time: "time", email: "email", phone: "tel" }[told.type] ?? "text";
    const value = ["number", "money"].includes(told.type) && told.value !== undefined ? Khue.number(Khue.read(told.value)) : told.value === "today" ? Khue.today() : told.value;
    return Khue.make("input", { ...shared, type: native, value, inputmode: KEYS[told.type], autocomplete: FILLS[told.type] ?? "off" });
  }

  function show(element, text) {
    const { input, error } = element.parts;
    error.textContent = text;
    error.hidden = !text;
    text ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", [element.parts.hint?.id, text && error.id].filter(Boolean).join(" "));
  }

  Khue.define("k-field", (element, told) => {
    told.type = told.type in { integer: 1, int: 1, decimal: 1 } ? "number" : told.type in { select: 1, radio: 1 } ? "choice" : told.type === "checkbox" ? "yesno" : told.type === "textarea" ? "longtext" : (told.type ?? "text");
    told.name ??= Khue.slug(told.label);
    const id = Khue.id("k-field");
    const input = control(told, id);
    const label = Khue.make("label", { for: id }, told.label ?? told.name);
    const hint = told.hint ? Khue.make("p", { class: "k-hint", id: `${id}-hint` }, told.hint) : null;
    const error = Khue.make("p", { class: "k-error", id: `${id}-error`, role: "alert", hidden: true });
    const unit = told.unit ? Khue.make("span", { class: "k-unit" }, told.unit) : null;
    if ("required" in told) input.setAttribute("aria-required", "true");
    else if (element.closest("k-form") && told.type !== "yesno" && told.value === undefined) label.append(" ", Khue.make("span", { class: "k-optional" }, `(${Khue.say("optional")})`));
    element.parts = { input, error, hint };
    element.dataset.type = told.type;
    element.name = told.name;
    const row = Khue.make("div", { class: "k-input" }, input, unit);
    element.replaceChildren(...(told.type === "yesno" ? [Khue.make("div", { class: "k-tick" }, input, label)] : [label]), ...(hint ? [hint] : []), ...(told.type === "yesno" ? [] : [row]), error);
    if (hint) input.setAttribute("aria-describedby", hint.id);

    Object.defineProperty(element, "value", {
      get() {
        if (told.type === "yesno") return input.checked;
        if (["number", "money"].includes(told.type)) return Khue.read(input.value);
        return input.value.trim();
      },
      set(value) {
        if (told.type === "yesno") input.checked = value === true || value === "true";
        else input.value = ["number", "money"].includes(told.type) && typeof value === "number" ? Khue.number(value) : (value ?? "");
      },
    });
    element.told = told;
    element.check = () => {
      const why = fault(input, told.type === "yesno" ? (input.checked ? "1" : "") : input.value, told);
      show(element, why);
      return !why;
    };
    const first = told.type === "yesno" ? input.checked : input.value;
    element.reset = () => {
      told.type === "yesno" ? (input.checked = first) : (input.value = first);
      show(element, "");
    };
    const changed = () => document.dispatchEvent(new CustomEvent("k-change", { detail: element }));
    input.addEventListener("input", () => {
      if (input.hasAttribute("aria-invalid")) element.check();
      changed();
    });
    input.addEventListener("change", () => {
      if (String(input.value).trim() || input.hasAttribute("aria-invalid")) element.check();
      if (["number", "money"].includes(told.type) && !Number.isNaN(Khue.read(input.value) ?? NaN)) input.value = Khue.number(Khue.read(input.value), told.digits);
      changed();
    });
  });

  // All fields inside `scope`, and native inputs with a name, by name.
  function values(scope = document) {
    const found = { ...Khue.state };
    for (const native of scope.querySelectorAll("input[name], select[name], textarea[name], input[id], select[id], textarea[id]")) {
      if (native.closest("k-field")) continue;
      if (native.type === "radio" && !native.checked) continue;
      const key = native.name || native.id;
      const isNumber = native.type === "number" || native.inputMode === "decimal" || native.inputMode === "numeric";
      found[key] = native.type === "checkbox" ? native.checked : isNumber ? Khue.read(native.value) : native.value;
    }
    for (const field of scope.querySelectorAll("k-field")) found[field.name] = field.value;
    for (const calc of scope.querySelectorAll("k-calc")) if (calc.name) found[calc.name] ??= calc.value;
    return found;
  }
  const check = (scope = document) => {
    const wrong = [...scope.querySelectorAll("k-field")].filter((field) => !field.closest("[hidden]") && !field.check());
    wrong[0]?.parts.input.focus();
    return wrong.length === 0;
  };
  return { values, check, CHECKS, fault };
})();
