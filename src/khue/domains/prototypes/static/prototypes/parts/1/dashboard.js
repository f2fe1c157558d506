// <k-dashboard by measure chart sample>: a CSV of one's own: totals, a chart by any column, the table.
Khue.define("k-dashboard", (element, told) => {
  const list = Khue.rows("data");
  const csv = Khue.make("k-csv", { list: "data", sample: told.sample ?? `${told.by},${told.measure ?? Khue.say("amount-")}\nA,3\nB,2\n` });
  const id = Khue.id("k-pick");
  const pick = (name) => Khue.make("select", { id: `${id}-${name}`, onchange: draw });
  const [by, measure, kind] = ["by", "measure", "kind"].map(pick);
  const choice = (name, control) => Khue.make("div", {}, Khue.make("label", { for: control.id }, Khue.say(`pick-${name}`)), control);
  kind.append(...["bar", "line"].map((one) => Khue.make("option", { value: one, selected: one === told.chart }, Khue.say(`chart-${one}`))));
  const chart = Khue.make("div", {});
  const line = (key) => {
    const name = Khue.id("k-line");
    const output = Khue.make("output", { "aria-labelledby": name });
    return [output, Khue.make("p", { class: "k-result" }, Khue.make("span", { id: name }, Khue.say(key)), output)];
  };
  const [count, countLine] = line("rows-");
  const [total, totalLine] = line("total");
  const [mean, meanLine] = line("mean");
  const table = Khue.make("k-table", { list: "data", title: Khue.say("table"), fixed: "", most: 200 });
  element.append(Khue.make("div", { class: "k-card k-screen" }, csv), Khue.make("div", { class: "k-pick k-screen" }, choice("by", by), choice("measure", measure), choice("kind", kind)), countLine, totalLine, meanLine, chart, table);
  const isFigure = (rows, name) => rows.length && rows.filter((row) => row[name] !== "").every((row) => !Number.isNaN(Khue.read(row[name]) ?? NaN));
  function columns(rows) {
    const names = Object.keys(rows[0] ?? {}).filter((name) => name !== "id");
    if (by.dataset.names === names.join("|")) return;
    by.dataset.names = names.join("|");
    const figures = names.filter((name) => isFigure(rows, name));
    const first = names.includes(told.by) ? told.by : names.find((name) => !figures.includes(name)) ?? names[0];
    const second = figures.includes(told.measure) ? told.measure : (told.measure ? figures.find((name) => name !== first) : "");
    by.replaceChildren(...names.map((name) => Khue.make("option", { selected: name === first }, name)));
    measure.replaceChildren(Khue.make("option", { value: "" }, Khue.say("count-rows")), ...figures.map((name) => Khue.make("option", { value: name, selected: name === second }, name)));
  }
  function draw() {
    const rows = list.all();
    const figures = rows.map((row) => Khue.read(row[measure.value])).filter((one) => one !== null && !Number.isNaN(one));
    count.textContent = Khue.number(rows.length);
    totalLine.hidden = meanLine.hidden = !measure.value;
    total.textContent = Khue.number(figures.reduce((sum, one) => sum + one, 0));
    mean.textContent = figures.length ? Khue.number(figures.reduce((sum, one) => sum + one, 0) / figures.length) : "–";
    const points = Khue.groups(rows, { by: by.value, sum: measure.value, most: kind.value === "line" ? 60 : 12, order: kind.value === "line" ? "given" : "" });
    const title = `${measure.value || Khue.say("count-rows")} · ${by.value}`;
    const drawn = Khue.make("k-chart", { title, type: kind.value, data: "" });
    chart.replaceChildren(drawn);
    drawn.show(points);
  }
  list.follow((rows) => (columns(rows), draw()));
});
