// <k-poll> told {questions: [{text, options}]}: one answer each, tallied, with a chart; several questions make a survey.
Khue.define("k-poll", (element, told) => {
  const questions = (told.questions ?? [{ text: told.question ?? "", options: told.options }]).map((one) => ({ ...one, options: Array.isArray(one.options) ? one.options : Khue.list(one.options) }));
  const list = Khue.rows(told.list ?? "answers");
  const form = Khue.make("form", { novalidate: true });
  const said = Khue.make("p", { class: "k-done", role: "status" });
  questions.forEach((question, at) => {
    if (!question.options.length) return form.append(Khue.make("k-field", { label: question.text, name: `q${at}`, type: "longtext", rows: 2 }));
    const name = Khue.id("k-poll");
    form.append(Khue.make("fieldset", { class: "k-options" }, Khue.make("legend", {}, question.text), question.options.map((option) => {
      const id = Khue.id("k-option");
      return Khue.make("div", { class: "k-tick" }, Khue.make("input", { type: "radio", id, name, value: option, "data-question": at }), Khue.make("label", { for: id }, option));
    })));
  });
  form.append(Khue.make("div", { class: "k-buttons" }, Khue.make("button", { type: "submit" }, told.button ?? Khue.say("send-answer"))));
  const count = Khue.make("output", {});
  const id = Khue.id("k-line");
  count.setAttribute("aria-labelledby", id);
  const charts = questions.map((question) => (question.options.length ? Khue.make("k-chart", { title: question.text, data: "" }) : null));
  const save = Khue.make("button", { type: "button", class: "k-small", onclick: () => Khue.csv.save(`${Khue.slug(document.title)}.csv`, Khue.csv.write(questions.map((one) => one.text), list.all().map((row) => questions.map((_, at) => row[`q${at}`] ?? "")))) }, Khue.say("csv-out"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = Khue.fields.values(form);
    form.querySelectorAll("input[type=radio]:checked").forEach((one) => (row[`q${one.dataset.question}`] = one.value));
    const open = questions.findIndex((question, at) => question.options.length && !row[`q${at}`]);
    said.dataset.kind = open < 0 ? "yes" : "no";
    if (open >= 0) {
      said.textContent = `${Khue.say("answer-this")}: ${questions[open].text}`;
      form.querySelector(`[data-question="${open}"]`).focus();
      return;
    }
    list.add(Object.fromEntries(questions.map((_, at) => [`q${at}`, row[`q${at}`] ?? ""])));
    said.textContent = told.thanks ?? Khue.say("thanks");
    form.reset();
    form.querySelectorAll("k-field").forEach((field) => field.reset());
  });
  element.append(form, said, Khue.make("h2", {}, Khue.say("results")), Khue.make("p", { class: "k-result" }, Khue.make("span", { id }, Khue.say("answers")), count), ...charts.filter(Boolean), Khue.make("div", { class: "k-buttons" }, save), Khue.place());
  element.reset = () => (form.reset(), (said.textContent = ""));
  list.follow((rows) => {
    count.textContent = Khue.number(rows.length);
    charts.forEach((chart, at) => chart?.show?.(questions[at].options.map((option) => ({ name: option, value: rows.filter((row) => row[`q${at}`] === option).length }))));
  });
});
