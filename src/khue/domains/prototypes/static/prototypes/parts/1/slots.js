// <k-slots> told {from, to, minutes, places, prefix, place}: the next free time, a slip with a number, the list of the day.
Khue.define("k-slots", (element, told) => {
  const list = Khue.rows(told.list ?? "appointments");
  const toMinutes = (text) => text.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));
  const clockTime = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const times = [];
  for (const [from, to] of told.spans ?? [[told.from ?? "08:00", told.to ?? "17:00"]]) for (let at = toMinutes(from); at + Number(told.minutes ?? 30) <= toMinutes(to); at += Number(told.minutes ?? 30)) times.push(clockTime(at));
  const places = Number(told.places ?? 1);
  const name = Khue.make("k-field", { label: told.who ?? Khue.say("full-name"), name: "who", required: "" });
  const day = Khue.make("k-field", { label: Khue.say("day"), name: "day", type: "date", required: "", value: "today" });
  const time = Khue.make("select", { id: Khue.id("k-time") });
  const slip = Khue.make("div", { class: "k-slip", role: "status", hidden: true });
  const said = Khue.make("p", { class: "k-done", role: "status" });
  const free = (on) => times.filter((at) => list.all().filter((row) => row.day === on && row.time === at).length < places);
  function offer() {
    const was = time.value, open = day.value ? free(day.value) : [];
    time.replaceChildren(...open.map((at) => Khue.make("option", { selected: at === was }, at)));
    left.textContent = Khue.number(open.reduce((sum, at) => sum + places - list.all().filter((row) => row.day === day.value && row.time === at).length, 0));
  }
  const form = Khue.make("form", { novalidate: true, class: "k-card" }, name, day, Khue.make("label", { for: time.id }, Khue.say("time")), time);
  const id = Khue.id("k-line");
  const left = Khue.make("output", { "aria-labelledby": id });
  form.append(Khue.make("p", { class: "k-result" }, Khue.make("span", { id }, Khue.say("places-left")), left), Khue.make("div", { class: "k-buttons" }, Khue.make("button", { type: "submit" }, told.button ?? Khue.say("book"))), said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!Khue.fields.check(form)) return;
    if (!time.value) return void ((said.textContent = Khue.say("full")), (said.dataset.kind = "no"));
    const number = list.all().filter((row) => row.day === day.value).length + 1;
    const row = { number: `${told.prefix ?? ""}${String(number).padStart(3, "0")}`, who: name.value, day: day.value, time: time.value };
    list.add(row);
    said.textContent = "";
    slip.hidden = false;
    slip.replaceChildren(Khue.make("p", {}, told.title ?? document.title), Khue.make("strong", {}, row.number), Khue.make("p", {}, `${row.who}`), Khue.make("p", {}, `${Khue.date(row.day)}, ${row.time}`), ...(told.place ? [Khue.make("p", {}, told.place)] : []), ...(told.bring ? [Khue.make("p", { class: "k-note" }, told.bring)] : []), Khue.make("div", { class: "k-buttons" }, Khue.make("button", { type: "button", onclick: () => (document.body.classList.add("k-only-slip"), print(), document.body.classList.remove("k-only-slip")) }, Khue.say("print-slip"))));
    name.reset();
    offer();
  });
  const columns = ["number", "who", "day", "time"].map((one) => ({ name: one, label: one === "who" ? (told.who ?? Khue.say("full-name")) : Khue.say(one === "number" ? "number-" : one), type: one === "day" ? "date" : "text" }));
  const table = Khue.make("k-table", { list: list.name });
  table.append(Khue.make("script", { type: "application/json" }, JSON.stringify({ title: Khue.say("list"), columns })));
  element.append(form, slip, table);
  document.addEventListener("k-change", offer);
  list.follow(offer);
  element.reset = () => (slip.hidden = true);
});
