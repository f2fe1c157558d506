// <k-lookup> told {entries: [{question, answer}]}: found while typing, with or without Vietnamese marks.
Khue.define("k-lookup", (element, told) => {
  const entries = (told.entries ?? []).map((one) => ({ ...one, all: Khue.plain(`${one.question} ${one.answer} ${one.words ?? ""}`) }));
  const id = Khue.id("k-lookup");
  const field = Khue.make("input", { type: "search", id, oninput: show });
  const said = Khue.make("p", { class: "k-note", role: "status" });
  const list = Khue.make("div", {});
  function show() {
    const wanted = Khue.plain(field.value).split(/\s+/).filter(Boolean);
    const found = entries.filter((one) => wanted.every((word) => one.all.includes(word)));
    said.textContent = found.length ? Khue.say("found", { n: found.length }) : (told.none ?? Khue.say("none-found"));
    list.replaceChildren(...found.map((one) => Khue.make("details", { open: found.length <= 2 || found.length === entries.length && entries.length <= 6 }, Khue.make("summary", {}, one.question), Khue.make("p", {}, one.answer))));
  }
  element.reset = () => {
    field.value = "";
    show();
  };
  element.append(Khue.make("label", { for: id }, told.label ?? Khue.say("search")), field, said, list);
  show();
});
