// Tries acceptance examples inside a tool, as a person would: finds fields by what they are called, fills, presses, looks.
(() => {
  "use strict";
  const faults = [];
  addEventListener("error", (event) => faults.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  const plain = (text) =>
    String(text ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[\s\u00a0\u202f]+/g, " ").replace(/[*:?]+$/, "").trim();
  const MONTHS = "january february march april may june july august september october november december".split(" ");
  const two = (value) => String(value).padStart(2, "0");
  const dates = (text) =>
    text
      .replace(/\b(\d{1,2})[\/.](\d{1,2})[\/.](\d{4})\b/g, (_, day, month, year) => `${year}-${two(month)}-${two(day)}`)
      .replace(new RegExp(`\\b(\\d{1,2}) (${MONTHS.join("|")}),? (\\d{4})\\b`, "gi"), (_, day, month, year) => `${year}-${two(MONTHS.indexOf(month.toLowerCase()) + 1)}-${two(day)}`)
      .replace(new RegExp(`\\b(${MONTHS.join("|")}) (\\d{1,2}), (\\d{4})\\b`, "gi"), (_, month, day, year) => `${year}-${two(MONTHS.indexOf(month.toLowerCase()) + 1)}-${two(day)}`);
  // One way to write numbers, money and dates, so that 24.000 ₫, 24,000 đồng and 24 000 VND are the same.
  function even(text) {
    let given = dates(String(text ?? "").normalize("NFC").toLowerCase()).replace(/[−–—]/g, "-").replace(/[’‘]/g, "'");
    given = given.replace(/(\d)\s*(?:vnđ|vnd|đồng|dong|₫|đ)(?!\p{L})/gu, "$1 ₫");
    for (let before = ""; before !== given; ) {
      before = given;
      given = given.replace(/(\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))/g, "$1");
    }
    return given.replace(/(\d),(?=\d)/g, "$1.").replace(/(\.\d*?)0+(?=\D|$)/g, "$1").replace(/\.(?=\D|$)/g, (sign, at, whole) => (/\d/.test(whole[at - 1] ?? "") ? "" : sign)).replace(/[\s\u00a0\u202f]+/g, " ").trim();
  }
  const clean = (text) => even(text).replace(/\s*₫/g, "").replace(/[.!]+$/, "");
  // Whole numbers and whole words only: 24 is not in 240.
  function holds(text, wanted) {
    const [whole, part] = [clean(text), clean(wanted)];
    for (let at = whole.indexOf(part); part && at >= 0; at = whole.indexOf(part, at + 1)) {
      const before = whole[at - 1] ?? " ", after = whole.slice(at + part.length, at + part.length + 2);
      if (/[\d.]/.test(part[0]) && /[\d.,-]/.test(before) && !/^-/.test(part) && !/[,.-] ?$/.test(whole.slice(0, at - 1) + " ")) if (/[\d.-]/.test(before)) continue;
      if (/\p{L}/u.test(part[0]) && /\p{L}/u.test(before)) continue;
      if (/\d$/.test(part) && (/^\d/.test(after) || /^\.\d/.test(after))) continue;
      if (/\p{L}$/u.test(part) && /^\p{L}/u.test(after)) continue;
      return true;
    }
    return false;
  }

  const isSeen = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
  const text = (element) => (element.innerText ?? element.textContent ?? "").trim();
  function called(control) {
    const names = [...(control.labels ?? [])].map(text);
    names.push(control.getAttribute("aria-label"), control.placeholder, control.name, control.id, control.title);
    for (const id of (control.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)) names.push(text(document.getElementById(id) ?? document.createElement("i")));
    const before = control.previousElementSibling ?? control.parentElement?.previousElementSibling;
    if (!control.labels?.length && before && !before.matches("input, select, textarea, button")) names.push(text(before));
    return names.filter(Boolean).map((name) => plain(name).replace(/ \((optional|khong bat buoc|facultatif|tuy chon)\)$/, ""));
  }
  function likeness(name, wanted) {
    if (!name || !wanted) return 0;
    if (name === wanted || name.replace(/[_-]/g, " ") === wanted) return 100;
    if (name.startsWith(wanted)) return 85;
    if (` ${name} `.includes(` ${wanted} `)) return 70;
    if (wanted.startsWith(name) && name.length > 2) return 60;
    if (` ${wanted} `.includes(` ${name} `) && name.length > 2) return 50;
    const [mine, theirs] = [new Set(name.split(/[\s_\-/(),]+/)), wanted.split(/[\s_\-/(),]+/)];
    const share = theirs.filter((word) => mine.has(word)).length / Math.max(theirs.length, 1);
    return share >= 0.5 ? 40 * share : 0;
  }
  const best = (elements, names, wanted) => {
    const scored = elements.map((element) => [Math.max(0, ...names(element).map((name) => likeness(name, wanted))), element]);
    scored.sort((one, other) => other[0] - one[0]);
    return scored[0]?.[0] >= 20 ? scored[0][1] : null;
  };
  const controls = () => [...document.querySelectorAll("input:not([type=hidden], [type=button], [type=submit], [type=file]), select, textarea")].filter((one) => isSeen(one) && !one.disabled);
  const buttons = () => [...document.querySelectorAll("button, input[type=button], input[type=submit], [role=button], summary, a[href^='#']")].filter((one) => isSeen(one) && !one.disabled);
  const YES = ["co", "yes", "oui", "true", "1", "x", "dung", "vrai"], NO = ["khong", "no", "non", "false", "0", "sai", "faux"];
  const fire = (element, ...events) => events.forEach((event) => element.dispatchEvent(new Event(event, { bubbles: true })));

  function valueFor(control, value) {
    if (/^(hôm nay|today|aujourd'hui|aujourd’hui)$/i.test(value.trim())) {
      const now = new Date();
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    }
    if (control.type === "date") return (/\d{4}-\d\d-\d\d/.exec(dates(value)) ?? [value])[0];
    if (control.type === "time") {
      const found = /^(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{2})?/i.exec(value.trim());
      return found ? `${two(found[1])}:${found[2] ?? "00"}` : value;
    }
    if (control.type === "number" || control.type === "range") return (/-?\d+(\.\d+)?/.exec(clean(value)) ?? [value])[0];
    return value;
  }
  function set(control, value) {
    control.focus();
    if (control.type === "checkbox") {
      const wanted = !NO.includes(plain(value));
      if (control.checked !== wanted) control.click();
      return true;
    }
    if (control.type === "radio") {
      control.click();
      return true;
    }
    if (control.tagName === "SELECT") {
      const option = best([...control.options].filter((one) => one.value !== "" || one.text), (one) => [plain(one.text), plain(one.value)], plain(value));
      if (!option) return false;
      control.value = option.value;
    } else control.value = valueFor(control, value);
    fire(control, "input", "change");
    return true;
  }
  // Radio buttons and boxes in a group: the group has the name, the one chosen is the value.
  function grouped(label, value) {
    const groups = [...document.querySelectorAll("fieldset, [role=radiogroup], [role=group]")].filter(isSeen);
    const group = best(groups, (one) => [plain(text(one.querySelector("legend") ?? document.createElement("i"))), plain(one.getAttribute("aria-label")), plain(text(document.getElementById(one.getAttribute("aria-labelledby") ?? "") ?? document.createElement("i")))], plain(label));
    if (!group) return null;
    const inside = [...group.querySelectorAll("input[type=radio], input[type=checkbox], button")].filter(isSeen);
    return best(inside, (one) => (one.tagName === "BUTTON" ? [plain(text(one))] : [...called(one), plain(one.value)]), plain(value));
  }
  function fill({ label, value }) {
    const all = controls();
    const found = label ? best(all, called, plain(label)) : null;
    const member = label ? grouped(label, value) : null;
    const sure = found ? Math.max(...called(found).map((name) => likeness(name, plain(label)))) : 0;
    if (member && (!found || found.type === "radio" || sure < 85)) return member.click(), true;
    if (found) return set(found, value);
    if (label) {
      const choice = all.find((one) => one.tagName === "SELECT" && [...one.options].some((option) => plain(option.text) === plain(label)));
      if (choice && YES.includes(plain(value))) return set(choice, label);
      const button = YES.includes(plain(value)) ? best(buttons(), (one) => [plain(text(one))], plain(label)) : null;
      if (button) return button.click(), true;
      const numeric = all.filter((one) => one.type === "number" || ["decimal", "numeric"].includes(one.inputMode));
      return numeric.length === 1 && /^[\d.,\s-]+$/.test(value) ? set(numeric[0], value) : false;
    }
    const option = all.find((one) => one.tagName === "SELECT" && best([...one.options].filter((each) => plain(each.text) === plain(value)), (each) => [plain(each.text)], plain(value)));
    if (option) return set(option, value);
    const box = best(all.filter((one) => ["checkbox", "radio"].includes(one.type)), called, plain(value));
    if (box) return set(box, "yes");
    const open = all.find((one) => ["text", "search", "textarea"].includes(one.type) && !one.value) ?? all.find((one) => ["text", "search", "textarea", "number"].includes(one.type));
    return open ? set(open, value) : false;
  }
  const nameOf = (one) => [plain(text(one) || one.value), plain(one.getAttribute("aria-label"))];
  function press(name) {
    const button = best(buttons(), nameOf, plain(name));
    button?.click();
    return Boolean(button);
  }
  const sender = () => buttons().find((one) => one.type === "submit" && one.form) ?? document.querySelector("button.k-main:not([disabled])") ?? buttons().find((one) => !/^(in|print|imprimer|xoa|clear|reset|lam lai|start again|recommencer|effacer)/.test(nameOf(one)[0]));

  const outputs = () => [...document.querySelectorAll("input[readonly], input:disabled, textarea[readonly]")].map((one) => `${called(one)[0] ?? ""}: ${one.value}`).join("\n");
  const page = () => `${document.body?.innerText ?? ""}\n${outputs()}`;
  const within = (label) => {
    const wanted = plain(label), near = [];
    const lines = page().split("\n").map((line) => line.trim()).filter(Boolean);
    lines.forEach((line, at) => {
      const found = plain(line);
      if (found === wanted || likeness(found, wanted) >= 85 || ` ${found} `.includes(` ${wanted} `)) near.push(line.slice(0), ...(plain(line).length <= wanted.length + 3 ? lines.slice(at + 1, at + 2) : []));
    });
    for (const head of document.querySelectorAll("th")) {
      if (likeness(plain(text(head)), wanted) < 85 || head.closest("tbody")) continue;
      for (const row of head.closest("table").querySelectorAll("tbody tr")) near.push(text(row.children[head.cellIndex] ?? head));
    }
    for (const control of controls()) if (called(control).some((name) => likeness(name, wanted) >= 85)) near.push(control.value);
    return near;
  };
  const looseLabel = (label) => within(label).length > 0;
  // The label's own words are not the value: "Total 3" in "Total 3 items: 5" is none.
  function met({ label, text: wanted, absent }) {
    if (absent) return !holds(page(), wanted);
    if (!label || !looseLabel(label)) return holds(page(), label ? `${label} ${wanted}` : wanted) || (label ? holds(page(), `${label}: ${wanted}`) : false);
    return within(label).some((line) => holds(line, wanted)) || holds(page(), `${label} ${wanted}`);
  }
  const seen = ({ label }) => (label && looseLabel(label) ? within(label).join(" · ") : page().replace(/\s+/g, " ")).slice(0, 200);

  async function eventually(expects, time) {
    for (const until = Date.now() + time; ; await pause(20)) {
      const missed = expects.find((expect) => !met(expect));
      if (!missed || Date.now() > until) return missed;
    }
  }
  async function one(example) {
    const told = (passed, problem = "", what = "") => ({ text: example.text, passed, problem, seen: what, faults: faults.slice(0, 5) });
    await pause(30);
    for (const step of example.steps) {
      const done = step.kind === "press" ? press(step.name) : fill(step);
      if (!done) return told(false, step.kind === "press" ? `button: ${step.name}` : `field: ${step.label || step.value}`, page().replace(/\s+/g, " ").slice(0, 200));
      await pause(step.kind === "press" ? 60 : 10);
    }
    const hasPressed = example.steps.some((step) => step.kind === "press");
    let missed = await eventually(example.expects, hasPressed ? 500 : 120);
    // Who filled everything in presses the one button that works it out.
    if (missed && !hasPressed && sender()) {
      sender().click();
      missed = await eventually(example.expects, 500);
    }
    return missed ? told(false, missed.absent ? "absent" : "different", seen(missed)) : told(true);
  }

  window.khueHarness = { one, faults, even, holds };
  addEventListener("message", async (event) => {
    if (event.source !== parent || event.data?.khue !== "examples") return;
    const outcomes = [];
    for (const example of event.data.examples) outcomes.push(await one(example));
    parent.postMessage({ khue: "outcomes", id: event.data.id, outcomes }, "*");
  });
})();
