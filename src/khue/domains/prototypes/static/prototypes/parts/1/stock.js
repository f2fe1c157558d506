// <k-stock> told {items: [{name, unit, quantity, least}]}: in and out, what is left, what runs short.
Khue.define("k-stock", (element, told) => {
  const items = told.items ?? [];
  const moves = Khue.rows("moves");
  const field = (settings) => Khue.make("k-field", settings);
  const form = Khue.make("k-form", { list: "moves", button: Khue.say("stock-record"), stamp: "", keep: "" });
  form.append(
    field({ label: Khue.say("stock-item"), name: "item", type: "choice", options: items.map((one) => one.name).join("|"), required: "", value: items[0]?.name }),
    field({ label: Khue.say("stock-way"), name: "way", type: "choice", options: `${Khue.say("stock-out")}|${Khue.say("stock-in")}`, value: Khue.say("stock-out") }),
    field({ label: Khue.say("stock-number"), name: "number", type: "number", min: 0, required: "" }),
    field({ label: Khue.say("stock-who"), name: "who" }));
  const left = (item) => moves.all().filter((one) => one.item === item.name).reduce((sum, one) => sum + (one.way === Khue.say("stock-in") ? 1 : -1) * Khue.formula.count(one.number), item.quantity ?? 0);
  const body = Khue.make("tbody");
  const short = Khue.make("div", { class: "k-verdict", role: "status" });
  const head = ["stock-item", "stock-left", "stock-least"].map((name) => Khue.make("th", { scope: "col", class: name === "stock-item" ? null : "k-right" }, Khue.say(name)));
  const table = Khue.make("table", {}, Khue.make("caption", {}, Khue.say("stock-now")), Khue.make("thead", {}, Khue.make("tr", {}, head)), body);
  const log = Khue.make("k-table", { list: "moves" });
  log.append(Khue.make("script", { type: "application/json" }, JSON.stringify({ title: Khue.say("stock-log"), columns: [{ name: "at", label: Khue.say("time"), type: "moment" }, { name: "item", label: Khue.say("stock-item") }, { name: "way", label: Khue.say("stock-way") }, { name: "number", label: Khue.say("stock-number"), type: "number" }, { name: "who", label: Khue.say("stock-who") }] })));
  element.append(form, short, Khue.make("div", { class: "k-scroll", tabindex: 0, role: "region", "aria-label": Khue.say("stock-now") }, table), log);
  moves.follow(() => {
    const low = items.filter((item) => left(item) < (item.least ?? 0));
    body.replaceChildren(...items.map((item) => Khue.make("tr", { class: low.includes(item) ? "k-marked" : null }, Khue.make("th", { scope: "row" }, item.name), Khue.make("td", { class: "k-right" }, `${Khue.number(left(item))} ${item.unit ?? ""}`), Khue.make("td", { class: "k-right" }, item.least ? Khue.number(item.least) : "–"))));
    short.dataset.kind = low.length ? "wait" : "yes";
    short.replaceChildren(Khue.make("p", {}, low.length ? `${Khue.say("stock-short")}: ${low.map((item) => item.name).join(", ")}` : Khue.say("stock-enough")));
  });
});
