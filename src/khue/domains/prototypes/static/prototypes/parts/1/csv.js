// <k-csv list label sample>: a CSV from a file or pasted becomes the rows of a list.
Khue.define("k-csv", (element, told) => {
  const list = Khue.rows(told.list);
  const id = Khue.id("k-csv");
  const file = Khue.make("input", { type: "file", id, accept: ".csv,.txt,text/csv" });
  const pasted = Khue.make("textarea", { id: `${id}-text`, rows: 4, spellcheck: "false" });
  const said = Khue.make("p", { class: "k-note", role: "status" });
  function take(text, name) {
    const { columns, rows } = Khue.csv.read(text);
    if (columns.length < 2 || !rows.length) return void (said.textContent = Khue.say("csv-bad"));
    list.replace(rows);
    said.textContent = Khue.say("csv-read", { rows: Khue.number(rows.length), columns: columns.length, name: name ?? "CSV" });
    document.dispatchEvent(new CustomEvent("k-columns", { detail: { list: told.list, columns } }));
  }
  file.addEventListener("change", async () => {
    const given = file.files[0];
    if (!given) return;
    if (given.size > 20e6) return void (said.textContent = Khue.say("csv-large"));
    const octets = await given.arrayBuffer();
    let text = new TextDecoder("utf-8").decode(octets);
    if (text.includes("\ufffd")) text = new TextDecoder("windows-1258").decode(octets);
    take(text, given.name);
  });
  const use = Khue.make("button", { type: "button", onclick: () => take(pasted.value) }, Khue.say("csv-use"));
  element.append(
    Khue.make("label", { for: id }, told.label ?? Khue.say("csv-file")), file,
    Khue.make("details", { class: "k-screen" }, Khue.make("summary", {}, Khue.say("csv-paste")), Khue.make("label", { for: `${id}-text`, class: "k-hidden" }, Khue.say("csv-paste")), pasted, Khue.make("div", { class: "k-buttons" }, use)), said);
  if (told.sample) {
    const { rows } = Khue.csv.read(told.sample);
    list.start(rows);
    said.textContent = Khue.say("csv-sample");
  }
});
