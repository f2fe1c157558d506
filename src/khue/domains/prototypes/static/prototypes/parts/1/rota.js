// <k-rota> told {people, shifts, days, start, working}: fair turns, nobody twice on a day, and how often each has served.
Khue.define("k-rota", (element, told) => {
  const people = Array.isArray(told.people) ? told.people : Khue.list(told.people);
  const shifts = Array.isArray(told.shifts) ? told.shifts : Khue.list(told.shifts ?? Khue.say("shift"));
  const from = Khue.make("k-field", { label: Khue.say("from-day"), name: "from", type: "date", value: told.start ?? "today" });
  const days = Khue.make("k-field", { label: Khue.say("number-of-days"), name: "days", type: "number", min: 1, max: 62, value: told.days ?? 7 });
  const table = Khue.make("table", {});
  const counts = Khue.make("ul", { class: "k-counts" });
  const weekday = (day) => new Date(`${day}T12:00`).toLocaleDateString(Khue.lang === "vi" ? "vi-VN" : Khue.lang, { weekday: "short" });
  function plan() {
    const found = [], served = new Map(people.map((name) => [name, 0]));
    let turn = 0;
    for (let day = from.value, most = 0; found.length < Math.min(62, days.value || 0) && most < 400; day = Khue.formula.shifted(day, 1), most++) {
      if (!day || (told.working && ([0, 6].includes(new Date(`${day}T12:00`).getDay()) || Khue.holidays.includes(day)))) continue;
      const names = shifts.map(() => {
        const name = people[turn++ % people.length];
        served.set(name, served.get(name) + 1);
        return name;
      });
      found.push({ day, names });
    }
    return { found, served };
  }
  function show() {
    const { found, served } = plan();
    table.replaceChildren(Khue.make("caption", {}, told.title ?? ""), Khue.make("thead", {}, Khue.make("tr", {}, [Khue.say("day"), ...shifts].map((name) => Khue.make("th", { scope: "col" }, name)))), Khue.make("tbody", {}, found.map((one) => Khue.make("tr", {}, Khue.make("th", { scope: "row" }, `${weekday(one.day)} ${Khue.date(one.day)}`), one.names.map((name) => Khue.make("td", {}, name))))));
    counts.replaceChildren(...[...served].map(([name, times]) => Khue.make("li", {}, `${name}: ${Khue.say("times", { n: times })}`)));
  }
  element.append(Khue.make("div", { class: "k-screen" }, from, days), Khue.make("div", { class: "k-scroll", tabindex: 0, role: "region", "aria-label": told.title ?? Khue.say("table") }, table), Khue.make("h2", {}, Khue.say("turns")), counts,
    Khue.make("div", { class: "k-buttons" }, Khue.make("button", { type: "button", onclick: () => print() }, Khue.say("print")), Khue.make("button", { type: "button", onclick: () => Khue.csv.save(`${Khue.slug(document.title)}.csv`, Khue.csv.write([Khue.say("day"), ...shifts], plan().found.map((one) => [one.day, ...one.names]))) }, Khue.say("csv-out"))));
  document.addEventListener("k-change", show);
  queueMicrotask(show);
});
