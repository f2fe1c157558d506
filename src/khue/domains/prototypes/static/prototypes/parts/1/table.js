// <k-table list columns title file>: rows of a list; a column may be changed in place, worked out, or summed.
(() => {
  const FORMATS = { money: Khue.money, number: (v) => Khue.number(v), date: Khue.date, moment: (v) => `${Khue.date(v)} ${String(v).slice(11)}`.trim(), yesno: (v) => Khue.say(v === true || v === "true" ? "yes" : "no") };
  const RIGHT = ["money", "number"];
  function value(column, row) {
    if (!column.formula) return row[column.name];
    try {
      return Khue.formula.evaluate(column.formula, row);
    } catch {
      return "";
    }
  }
  const shown = (column, row) => {
    const given = value(column, row);
    return given === undefined || given === null ? "" : (FORMATS[column.type]?.(given) ?? (typeof given === "number" ? Khue.number(given) : String(given)));
  };
  Khue.cell = { value, shown };

  function choice(list, column, row) {
    const options = (Array.isArray(column.options) ? column.options : Khue.list(column.options)).map((one) => Khue.make("option", { selected: one === row[column.name] }, one));
    return Khue.make("select", { "aria-label": `${column.label}, ${row.id}`, onchange: ({ target }) => list.change(row.id, { [column.name]: target.value }) }, options);
  }

  Khue.define("k-table", (element, told) => {
    const list = Khue.rows(told.list);
    const id = Khue.id("k-row");
    const parse = (given) => (typeof given === "string" ? Khue.list(given).map((one) => ({ name: one, label: one })) : given);
    let columns = parse(told.columns);
    if (told.rows) list.start(told.rows);
    const search = Khue.make("input", { type: "search", "aria-label": Khue.say("search"), placeholder: Khue.say("search") });
    const seeking = Khue.make("div", { class: "k-search k-screen", hidden: true }, search);
    const body = Khue.make("tbody");
    const foot = Khue.make("tfoot");
    const heading = Khue.make("tr");
    const table = Khue.make("table", {}, told.title ? Khue.make("caption", {}, told.title) : null, Khue.make("thead", {}, heading), body, foot);
    const holder = Khue.make("div", { class: "k-scroll", tabindex: 0, role: "region", "aria-label": told.title ?? Khue.say("table") }, table);
    const empty = Khue.make("p", { class: "k-note" }, told.empty ?? Khue.say("empty"));
    const save = Khue.make("button", { type: "button", class: "k-small", onclick: () => Khue.csv.save(`${Khue.slug(told.title ?? document.title)}.csv`, Khue.csv.write(columns.map((c) => c.label), list.all().map((row) => columns.map((c) => value(c, row))))) }, Khue.say("csv-out"));
    const paper = Khue.make("button", { type: "button", class: "k-small", onclick: () => print() }, Khue.say("print"));
    const buttons = Khue.make("div", { class: "k-buttons" }, save, paper);
    // Rows of a CSV with the same names of columns, as this table saves it, come behind those that are here.
    const file = Khue.make("input", { type: "file", accept: ".csv,text/csv", "aria-label": Khue.say("csv-in"), hidden: true, onchange: () => file.files[0]?.text().then(take) });
    const open = Khue.make("button", { type: "button", class: "k-small", onclick: () => file.click() }, Khue.say("csv-in"));
    function take(text) {
      const { rows } = Khue.csv.read(text);
      const known = rows.map((row) => Object.fromEntries(columns.filter((column) => column.label in row && !column.formula).map((column) => [column.name, row[column.label]])));
      const whole = known.filter((row) => Object.values(row).some(Boolean));
      whole.forEach((row) => list.add(row));
      Khue.tell(Khue.say("csv-taken", { rows: whole.length }));
      said.textContent = Khue.say("csv-taken", { rows: whole.length });
    }
    const said = Khue.make("p", { class: "k-note" });
    if (!("fixed" in told)) element.append(Khue.make("div", { class: "k-screen k-open" }, open, file, said));
    element.append(seeking, holder, empty, buttons, ...("fixed" in told ? [] : [Khue.place()]));

    function line(row) {
      const marked = told.mark && Khue.formula.isTrue(value({ formula: told.mark }, row));
      const cells = columns.map((column, at) => Khue.make(at ? "td" : "th", { scope: at ? null : "row", class: RIGHT.includes(column.type) ? "k-right" : ["date", "moment"].includes(column.type) ? "k-whole" : null, "data-label": column.label }, column.options && !("fixed" in told) ? choice(list, column, row) : shown(column, row)));
      const remove = Khue.sure(Khue.say("remove"), () => list.remove(row.id), { "aria-describedby": `${id}-${row.id}` });
      cells[0].id = `${id}-${row.id}`;
      if (marked && told.marked) cells[cells.length - 1].append(" ", Khue.make("strong", { class: "k-mark" }, told.marked));
      return Khue.make("tr", { class: marked ? "k-marked" : null }, cells, "fixed" in told ? null : Khue.make("td", { class: "k-screen" }, remove));
    }
    function show(rows) {
      if (!told.columns) columns = parse(Object.keys(rows[0] ?? {}).filter((name) => name !== "id").join("|"));
      heading.replaceChildren(...columns.map((c) => Khue.make("th", { scope: "col", class: RIGHT.includes(c.type) ? "k-right" : null }, c.label)), ...("fixed" in told ? [] : [Khue.make("td", { class: "k-screen" })]));
      const wanted = Khue.plain(search.value);
      const found = wanted ? rows.filter((row) => columns.some((column) => Khue.plain(shown(column, row)).includes(wanted))) : rows;
      const most = Number(told.most ?? 500);
      body.replaceChildren(...found.slice(0, most).map(line));
      const sums = columns.some((column) => column.sum);
      foot.replaceChildren(...(sums && rows.length ? [Khue.make("tr", {}, columns.map((c, at) => Khue.make(at ? "td" : "th", { class: RIGHT.includes(c.type) ? "k-right" : null }, at ? (c.sum ? shown({ ...c, formula: undefined }, { [c.name]: found.reduce((total, row) => total + Khue.formula.count(value(c, row)), 0) }) : "") : Khue.say("total"))))] : []));
      seeking.hidden = rows.length < 6 && !search.value;
      holder.hidden = buttons.hidden = !rows.length;
      empty.hidden = rows.length > 0;
    }
    search.addEventListener("input", () => show(list.all()));
    list.follow(show);
    element.reset = () => (search.value = "");
  });

  // <k-count list label where sum format>: how many rows, or the sum of a column, of those that fit.
  Khue.define("k-count", (element, told) => {
    const id = Khue.id("k-count");
    const output = Khue.make("output", { "aria-labelledby": id });
    element.replaceChildren(Khue.make("span", { id }, told.label ?? ""), output);
    const fits = (row) => {
      try {
        return !told.where || Khue.formula.isTrue(Khue.formula.evaluate(told.where, row));
      } catch {
        return false;
      }
    };
    Khue.rows(told.list).follow((rows) => {
      const found = rows.filter(fits);
      const sum = told.sum ? found.reduce((total, row) => total + Khue.formula.count(Khue.cell.value({ name: told.sum, formula: /^\w+$/.test(told.sum) ? undefined : told.sum }, row)), 0) : found.length;
      const base = told.from === undefined ? sum : Number(told.from) - sum;
      const final = "average" in told ? (found.length ? sum / found.length : 0) : base;
      element.dataset.kind = told.from !== undefined && base < 0 ? "no" : "";
      output.textContent = told.format === "money" ? Khue.money(final) : Khue.number(final);
    });
  });
})();
