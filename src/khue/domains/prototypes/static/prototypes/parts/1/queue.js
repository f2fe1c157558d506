// <k-queue counters="1|2" prefix start>: tickets are taken, counters call the next, everybody sees who is called.
Khue.define("k-queue", (element, told) => {
  const counters = Array.isArray(told.counters) ? told.counters : Khue.list(told.counters ?? "1");
  const first = Number(told.start ?? 1);
  const fresh = () => ({ taken: first - 1, called: first - 1, at: {} });
  let state = Khue.store.get("queue") ?? fresh();
  const ticket = (number) => `${told.prefix ?? ""}${String(number).padStart(3, "0")}`;
  const waiting = Khue.make("output", {});
  const last = Khue.make("output", {});
  const board = Khue.make("div", { class: "k-board", role: "status", "aria-live": "assertive" });
  const calls = counters.map((name) => Khue.make("button", { type: "button", onclick: () => call(name) }, `${Khue.say("call-next")}: ${name}`));
  const take = Khue.make("button", { type: "button", class: "k-main", onclick: () => change({ ...state, taken: state.taken + 1 }) }, told.take ?? Khue.say("take-ticket"));
  const clear = Khue.make("button", { type: "button", onclick: () => change(fresh()) }, Khue.say("new-day"));
  const change = (next) => {
    state = next;
    Khue.store.set("queue", state);
    show();
  };
  function call(name) {
    if (state.called >= state.taken) return void Khue.tell(Khue.say("nobody"));
    change({ ...state, called: state.called + 1, at: { ...state.at, [name]: state.called + 1 } });
  }
  function show() {
    board.replaceChildren(...counters.map((name) => Khue.make("p", { class: "k-call" }, Khue.make("span", {}, name), Khue.make("strong", {}, state.at[name] ? ticket(state.at[name]) : "–"))));
    waiting.textContent = Khue.number(state.taken - state.called);
    last.textContent = state.taken >= first ? ticket(state.taken) : "–";
    calls.forEach((button) => (button.disabled = state.called >= state.taken));
  }
  const line = (label, output) => {
    const id = Khue.id("k-line");
    output.setAttribute("aria-labelledby", id);
    return Khue.make("p", { class: "k-result" }, Khue.make("span", { id }, label), output);
  };
  element.append(board, line(Khue.say("last-ticket"), last), line(Khue.say("waiting"), waiting), Khue.make("div", { class: "k-buttons" }, take), Khue.make("div", { class: "k-buttons" }, calls, clear), Khue.place());
  document.addEventListener("k-stored", () => ((state = Khue.store.get("queue") ?? fresh()), show()));
  element.reset = () => change(fresh());
  show();
});
