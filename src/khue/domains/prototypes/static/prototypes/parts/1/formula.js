// A formula without eval: numbers, texts, names of fields, + − * / % ^ &, comparisons, and/or/not, a ? b : c, functions.
Khue.formula = (() => {
  const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|'([^']*)'|([\p{L}_$][\p{L}\p{N}_$.]*)|(===|!==|==|!=|<>|<=|>=|&&|\|\||[-+*\/%^&=<>!?:(),]))/uy;
  const BINDING = { "?": 1, "||": 2, or: 2, "&&": 3, and: 3, "=": 4, "==": 4, "===": 4, "!=": 4, "!==": 4, "<>": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "&": 6, "+": 7, "-": 7, "*": 8, "/": 8, "%": 8, "^": 9 };
  class Fault extends Error {}

  function tokens(text) {
    const found = [];
    TOKEN.lastIndex = 0;
    const source = text.trim().replace(/×/g, "*").replace(/÷/g, "/").replace(/−/g, "-").replace(/≥/g, ">=").replace(/≤/g, "<=").replace(/≠/g, "!=");
    while (TOKEN.lastIndex < source.length) {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(source);
      if (!match) throw new Fault(Khue.say("unread", { name: source.slice(at).trim().slice(0, 12) }));
      const [, digits, double, single, name, sign] = match;
      if (digits !== undefined) found.push({ kind: "value", value: Number(digits) });
      else if (double !== undefined || single !== undefined) found.push({ kind: "value", value: double ?? single });
      else if (name && ["and", "or"].includes(name.toLowerCase())) found.push({ kind: "sign", value: name.toLowerCase() });
      else if (name && name.toLowerCase() === "not") found.push({ kind: "sign", value: "!" });
      else found.push(name ? { kind: "name", value: name } : { kind: "sign", value: sign });
    }
    return found;
  }

  function parse(text) {
    const queue = tokens(text);
    let at = 0;
    const peek = () => queue[at];
    const is = (sign) => peek()?.kind === "sign" && peek().value === sign;
    function need(sign) {
      if (!is(sign)) throw new Fault(peek() ? Khue.say("unread", { name: peek().value }) : Khue.say("unfinished"));
      at++;
    }
    function start() {
      const token = queue[at++];
      if (!token) throw new Fault(Khue.say("unfinished"));
      if (token.kind === "value") return { value: token.value };
      if (token.kind === "name") return is("(") ? call(token.value) : { name: token.value };
      if (token.value === "(") {
        const inside = expression(0);
        need(")");
        return inside;
      }
      if (["-", "+", "!"].includes(token.value)) return { sign: token.value, only: expression(token.value === "!" ? 4 : 8.5) };
      throw new Fault(Khue.say("unread", { name: token.value }));
    }
    function call(name) {
      const given = [];
      need("(");
      while (!is(")")) {
        given.push(expression(0));
        if (!is(")")) need(",");
      }
      need(")");
      return { call: name.replace(/^Math\./, "").toLowerCase(), given };
    }
    function expression(least) {
      let left = start();
      while (peek()?.kind === "sign" && BINDING[peek().value] > least) {
        const sign = queue[at++].value;
        if (sign === "?") {
          const yes = expression(0);
          need(":");
          left = { call: "if", given: [left, yes, expression(0.5)] };
        } else left = { sign, left, right: expression(sign === "^" ? BINDING[sign] - 0.5 : BINDING[sign]) };
      }
      return left;
    }
    const whole = expression(0);
    if (peek()) throw new Fault(Khue.say("unread", { name: peek().value }));
    return whole;
  }

  const count = (value) => (typeof value === "number" ? value : value === true ? 1 : !value ? 0 : (Khue.read(value) ?? 0));
  const same = (a, b) =>
    typeof a === "string" || typeof b === "string" ? Khue.plain(a).trim() === Khue.plain(b).trim() : count(a) === count(b);
  const order = (a, b) => (typeof a === "string" && typeof b === "string" && Number.isNaN(count(a)) ? a.localeCompare(b) : count(a) - count(b));
  const isDay = (text) => /^\d{4}-\d\d-\d\d/.test(text ?? "");
  const day = (text) => (isDay(text) ? new Date(`${text.slice(0, 10)}T12:00:00`) : null);
  const shifted = (text, days) => {
    const at = day(text);
    if (!at) return "";
    at.setDate(at.getDate() + Number(days));
    return Khue.iso(at);
  };
  const isWorking = (text) => ![0, 6].includes(day(text).getDay()) && !Khue.holidays.includes(text);

  // The first working day counts from the day after: Civil Code 2015, Art. 147(2); a last day off moves on: Art. 148(5).
  function addworkdays(text, days) {
    let at = isDay(text) ? text.slice(0, 10) : "";
    const step = days < 0 ? -1 : 1;
    for (let left = Math.min(Math.abs(count(days)), 5000); at && left > 0; ) {
      at = shifted(at, step);
      if (isWorking(at)) left--;
    }
    return at;
  }
  function workdays(from, to) {
    let found = 0;
    for (let at = shifted(from, 1), most = 0; isDay(from) && isDay(to) && at <= to && most < 20000; at = shifted(at, 1), most++) if (isWorking(at)) found++;
    return found;
  }
  function onworkday(text) {
    let at = isDay(text) ? text.slice(0, 10) : "";
    while (at && !isWorking(at)) at = shifted(at, 1);
    return at;
  }
  // tiers(value, "100:5 500:4 *:3"): each part of the value at the price of its tier.
  function tiers(value, table) {
    let from = 0, total = 0;
    for (const [limit, price] of String(table).trim().split(/\s+/).map((one) => one.split(":"))) {
      const to = limit === "*" ? Infinity : Number(limit);
      total += Math.max(0, Math.min(count(value), to) - from) * Number(price);
      from = to;
    }
    return total;
  }
  // bracket(value, "100:5 500:4 *:3"): the figure of the bracket in which the value falls.
  function bracket(value, table) {
    const found = String(table).trim().split(/\s+/).map((one) => one.split(":")).find(([limit]) => limit === "*" || count(value) <= Number(limit));
    return found ? Number(found[1]) : 0;
  }
  const months = (from, to) => {
    const [a, b] = [day(from), day(to)];
    return a && b ? (b.getFullYear() - a.getFullYear()) * 12 + b.getMonth() - a.getMonth() - (b.getDate() < a.getDate() ? 1 : 0) : 0;
  };

  // Functions of texts: words of a line, lines of a list, checks of identifiers.
  const words = (a) => String(a ?? "").split(/\s+/).filter(Boolean);
  const lines = (a) => String(a ?? "").split("\n").map((one) => one.trim()).filter(Boolean);
  const unaccented = (a) => String(a ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  const isOf = (kind) => (a) => Boolean(String(a ?? "").trim()) && Khue.fields.CHECKS[kind](String(a).trim());
  const TEXTS = {
    words: (a) => words(a).length, lines: (a) => lines(a).length, sentences: (a) => (String(a ?? "").match(/[^.!?…]*[\p{L}\p{N}][^.!?…]*/gu) ?? []).length,
    lower: (a) => String(a ?? "").toLowerCase(), upper: (a) => String(a ?? "").toUpperCase(),
    proper: (a) => words(a).map((one) => one[0].toUpperCase() + one.slice(1).toLowerCase()).join(" "),
    unaccented, joined: (a) => words(a).join(""), dashed: (a) => words(a).join("-"), spaced: (a) => words(a).join(" "),
    sorted: (a) => lines(a).sort((one, other) => one.localeCompare(other, Khue.lang)).join("\n"),
    unique: (a) => [...new Set(lines(a))].join("\n"), reversed: (a) => lines(a).reverse().join("\n"),
    initials: (a) => words(a).map((one) => one[0].toUpperCase()).join(""), first: (a) => words(a)[0] ?? "", last: (a) => words(a).at(-1) ?? "",
    digits: (a) => String(a ?? "").replace(/\D/g, ""), replace: (a, b, c) => String(a ?? "").replaceAll(String(b), String(c ?? "")),
    istaxcode: isOf("mst"), isphone: isOf("phone"), isemail: isOf("email"), isidentity: isOf("cccd"),
  };

  const FUNCTIONS = {
    ...TEXTS,
    min: (...all) => Math.min(...all.map(count)), max: (...all) => Math.max(...all.map(count)),
    sum: (...all) => all.reduce((total, one) => total + count(one), 0), avg: (...all) => all.reduce((total, one) => total + count(one), 0) / all.length,
    abs: (a) => Math.abs(count(a)), floor: (a) => Math.floor(count(a) + 1e-9), ceil: (a) => Math.ceil(count(a) - 1e-9), sqrt: (a) => Math.sqrt(count(a)),
    round: (a, digits = 0) => Number(Math.round(Number(count(a) + "e" + count(digits))) + "e-" + count(digits)),
    roundup: (a, step = 1) => Math.ceil(count(a) / count(step) - 1e-9) * count(step),
    today: () => Khue.today(), days: (a, b) => (day(a) && day(b) ? Math.round((day(b) - day(a)) / 86400000) : 0),
    months, years: (a, b) => Math.floor(months(a, b) / 12), adddays: (a, n) => shifted(a, count(n)),
    addworkdays, workdays, onworkday, tiers, bracket,
    contains: (a, b) => Khue.plain(a).includes(Khue.plain(b)), len: (a) => String(a ?? "").length,
    number: (a) => Khue.number(a), money: (a) => Khue.money(a), date: (a) => Khue.date(a), text: (a) => String(a ?? ""),
  };
  const SIGNS = {
    "*": (a, b) => count(a) * count(b), "/": (a, b) => count(a) / count(b), "%": (a, b) => count(a) % count(b), "^": (a, b) => count(a) ** count(b),
    "-": (a, b) => (isDay(a) && isDay(b) ? FUNCTIONS.days(b, a) : count(a) - count(b)), "&": (a, b) => `${a ?? ""}${b ?? ""}`,
    "+": (a, b) => (isDay(a) ? shifted(a, count(b)) : typeof a === "string" && Number.isNaN(count(a)) || typeof b === "string" && Number.isNaN(count(b)) ? `${a}${b}` : count(a) + count(b)),
    "=": same, "==": same, "===": same, "!=": (a, b) => !same(a, b), "!==": (a, b) => !same(a, b), "<>": (a, b) => !same(a, b),
    "<": (a, b) => order(a, b) < 0, ">": (a, b) => order(a, b) > 0, "<=": (a, b) => order(a, b) <= 0, ">=": (a, b) => order(a, b) >= 0,
  };
  const isTrue = (value) => value === true || (typeof value === "number" && value !== 0) || (typeof value === "string" && value !== "" && !same(value, Khue.say("no")));

  function work(node, look) {
    if ("value" in node) return node.value;
    if ("name" in node) return look(node.name);
    if ("call" in node) {
      const { call, given } = node;
      if (call === "if") return isTrue(work(given[0], look)) ? work(given[1], look) : given[2] ? work(given[2], look) : "";
      if (!Object.hasOwn(FUNCTIONS, call)) throw new Fault(Khue.say("unknown", { name: call + "()" }));
      return FUNCTIONS[call](...given.map((one) => work(one, look)));
    }
    if ("only" in node) {
      const value = work(node.only, look);
      return node.sign === "!" ? !isTrue(value) : node.sign === "-" ? -count(value) : count(value);
    }
    if (node.sign === "&&" || node.sign === "and") return isTrue(work(node.left, look)) && isTrue(work(node.right, look));
    if (node.sign === "||" || node.sign === "or") return isTrue(work(node.left, look)) || isTrue(work(node.right, look));
    return SIGNS[node.sign](work(node.left, look), work(node.right, look));
  }

  function names(node, found = new Set()) {
    if (node && typeof node === "object") {
      if ("name" in node) found.add(node.name);
      for (const inside of [node.left, node.right, node.only, ...(node.given ?? [])]) names(inside, found);
    }
    return found;
  }

  // values: name → value. Raises a Fault whose message can be shown.
  function evaluate(text, values) {
    const known = new Map(Object.entries(values).flatMap(([name, value]) => [[name, value], [Khue.slug(name), value]]));
    return work(parse(text), (name) => {
      if (["true", "false"].includes(name.toLowerCase())) return name.toLowerCase() === "true";
      for (const one of [name, name.replace(/\.(value|checked)$/, ""), Khue.slug(name)]) if (known.has(one)) return known.get(one);
      throw new Fault(Khue.say("unknown", { name }));
    });
  }
  return { evaluate, parse, names: (text) => [...names(parse(text))], isTrue, count, Fault, addworkdays, workdays, shifted };
})();
