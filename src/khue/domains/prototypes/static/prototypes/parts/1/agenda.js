// <k-agenda> told {start, items: [{text, minutes, who}]}: when each item begins and ends, and a clock for the one running.
Khue.define("k-agenda", (element, told) => {
  const items = told.items ?? [];
  const id = Khue.id("k-start");
  const start = Khue.make("input", { type: "time", id, value: told.start ?? "08:00", onchange: show, oninput: show });
  const body = Khue.make("tbody");
  const clock = Khue.make("p", { class: "k-clock", role: "timer" });
  const end = Khue.make("output", {});
  const total = Khue.make("output", {});
  let at = -1, left = 0, ticking = 0;
  const clockTime = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  function show() {
    const [hours, minutes] = (start.value || "08:00").split(":").map(Number);
    let now = hours * 60 + minutes;
    body.replaceChildren(...items.map((item, index) => {
      const row = Khue.make("tr", { "aria-current": index === at ? "step" : null, class: index === at ? "k-marked" : null }, Khue.make("td", {}, `${clockTime(now)}–${clockTime(now + item.minutes)}`), Khue.make("th", { scope: "row" }, item.text), Khue.make("td", {}, item.who ?? ""), Khue.make("td", { class: "k-right" }, Khue.say("minutes", { n: item.minutes })));
      now += item.minutes;
      return row;
    }));
    end.textContent = clockTime(now);
    total.textContent = Khue.say("minutes", { n: items.reduce((sum, item) => sum + item.minutes, 0) });
  }
  function tick() {
    left--;
    const over = left < 0;
    clock.textContent = `${items[at].text}: ${over ? "+" : ""}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    clock.dataset.kind = over ? "no" : left < 60 ? "wait" : "";
    if (left === 60 || left === 0) Khue.tell(Khue.say(left ? "minute-left" : "time-over", { item: items[at].text }));
  }
  function go(to) {
    clearInterval(ticking);
    at = to;
    clock.hidden = !(at >= 0 && at < items.length);
    next.textContent = Khue.say(at < 0 ? "start" : at < items.length - 1 ? "next-item" : "finish");
    if (at >= items.length) at = -1;
    if (at >= 0) {
      left = items[at].minutes * 60 + 1;
      tick();
      ticking = setInterval(tick, 1000);
    }
    show();
  }
  const next = Khue.make("button", { type: "button", class: "k-main", onclick: () => go(at + 1) });
  const stop = Khue.make("button", { type: "button", onclick: () => go(-1) }, Khue.say("stop"));
  const line = (label, output) => {
    const name = Khue.id("k-line");
    output.setAttribute("aria-labelledby", name);
    return Khue.make("p", { class: "k-result" }, Khue.make("span", { id: name }, label), output);
  };
  const head = ["time", "item", "who", "length"].map((name) => Khue.make("th", { scope: "col" }, Khue.say(name)));
  element.append(
    Khue.make("label", { for: id }, Khue.say("begins")), start, clock,
    Khue.make("div", { class: "k-scroll", tabindex: 0, role: "region", "aria-label": Khue.say("item") }, Khue.make("table", {}, Khue.make("thead", {}, Khue.make("tr", {}, head)), body)),
    line(Khue.say("length"), total), line(Khue.say("ends"), end),
    Khue.make("div", { class: "k-buttons" }, next, stop, Khue.make("button", { type: "button", onclick: () => print() }, Khue.say("print"))));
  element.reset = () => {
    start.value = told.start ?? "08:00";
    go(-1);
  };
  go(-1);
});
