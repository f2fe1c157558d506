// <k-chart list by sum type title> or <k-chart data="A: 3 | B: 5">: drawn as SVG, its figures in a table behind it.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const draw = (tag, attributes, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  // Rows by the value of a column: how many, or the sum or mean of another.
  function groups(rows, { by, sum, average, order, most = 12 }) {
    const found = new Map();
    for (const row of rows) {
      const name = String(row[by] ?? "").trim() || "–";
      const one = found.get(name) ?? { name, total: 0, count: 0 };
      one.total += sum || average ? Khue.formula.count(row[sum || average]) || 0 : 1;
      one.count++;
      found.set(name, one);
    }
    const all = [...found.values()].map((one) => ({ name: one.name, value: average ? one.total / one.count : one.total }));
    if (order !== "given") all.sort((a, b) => b.value - a.value);
    const rest = all.slice(most);
    return rest.length ? [...all.slice(0, most), { name: Khue.say("others"), value: rest.reduce((total, one) => total + one.value, 0) }] : all;
  }
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

  function bars(points, said, width) {
    const most = Math.max(...points.map((one) => one.value), 0) || 1;
    const tall = 30, wide = width, left = Math.round(Math.min(170, width * 0.36));
    return draw("svg", { viewBox: `0 0 ${wide} ${points.length * tall + 6}`, role: "img", "aria-label": said },
      ...points.flatMap((one, at) => {
        const long = Math.max(1, (Math.max(one.value, 0) / most) * (wide - left - 96));
        return [
          draw("text", { x: left - 10, y: at * tall + 20, "text-anchor": "end", class: "k-axis" }, short(one.name, Math.round(left / 7.4))),
          draw("rect", { x: left, y: at * tall + 5, width: long, height: tall - 10, rx: 3, class: "k-bar" }),
          draw("text", { x: left + long + 8, y: at * tall + 20, class: "k-figure" }, Khue.number(one.value)),
        ];
      }));
  }
  function line(points, said, width) {
    const wide = width, tall = 260, left = 56, low = 34;
    const most = Math.max(...points.map((one) => one.value), 0) || 1, least = Math.min(0, ...points.map((one) => one.value));
    const x = (at) => left + (points.length > 1 ? (at / (points.length - 1)) * (wide - left - 20) : 0);
    const y = (value) => 14 + (1 - (value - least) / (most - least)) * (tall - low - 14);
    const step = Math.ceil(points.length / Math.max(2, Math.round(width / 80)));
    return draw("svg", { viewBox: `0 0 ${wide} ${tall}`, role: "img", "aria-label": said },
      ...[0, 0.5, 1].flatMap((part) => {
        const value = least + (most - least) * part;
        return [draw("line", { x1: left, x2: wide - 20, y1: y(value), y2: y(value), class: "k-grid" }), draw("text", { x: left - 8, y: y(value) + 5, "text-anchor": "end", class: "k-axis" }, Khue.number(value, Math.abs(most) < 10 ? 1 : 0))];
      }),
      draw("polyline", { points: points.map((one, at) => `${x(at)},${y(one.value)}`).join(" "), class: "k-line" }),
      ...points.map((one, at) => draw("circle", { cx: x(at), cy: y(one.value), r: 4, class: "k-dot" })),
      ...points.filter((_, at) => at % step === 0).map((one, at) => draw("text", { x: x(at * step), y: tall - 8, "text-anchor": "middle", class: "k-axis" }, short(one.name, 11))));
  }

  Khue.define("k-chart", (element, told) => {
    const title = told.title ?? "";
    const frame = Khue.make("figure", {}, title ? Khue.make("figcaption", {}, title) : null);
    element.append(frame);
    // Letters of a chart are as large on a phone as on a desk: it is drawn for the room there is.
    const room = () => Math.max(280, Math.min(704, element.clientWidth || 640));
    let latest = [], drawn = 0;
    addEventListener("resize", () => Math.abs(room() - drawn) > 40 && show(latest));
    function show(points) {
      [latest, drawn] = [points, room()];
      frame.querySelectorAll("svg, details, p").forEach((old) => old.remove());
      if (!points.length) return void frame.append(Khue.make("p", { class: "k-note" }, Khue.say("empty")));
      const said = `${title}: ${points.map((one) => `${one.name} ${Khue.number(one.value)}`).join("; ")}`;
      frame.append((told.type === "line" ? line : bars)(points, said, room()), Khue.make("details", {}, Khue.make("summary", {}, Khue.say("figures")),
        Khue.make("table", {}, Khue.make("tbody", {}, points.map((one) => Khue.make("tr", {}, Khue.make("th", { scope: "row" }, one.name), Khue.make("td", { class: "k-right" }, Khue.number(one.value))))))));
    }
    if (told.list) Khue.rows(told.list).follow((rows) => show(groups(rows, { ...told, order: told.order ?? (told.type === "line" ? "given" : ""), most: Number(told.most ?? (told.type === "line" ? 60 : 12)) })));
    else show((Array.isArray(told.data) ? told.data : Khue.list(told.data).map((one) => ({ name: one.replace(/:[^:]*$/, ""), value: Khue.read(one.split(":").pop()) ?? 0 }))));
    element.show = show;
  });
  Khue.groups = groups;
})();
