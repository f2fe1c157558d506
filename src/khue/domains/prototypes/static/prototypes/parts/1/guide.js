// <k-guide> told {steps: [{id, text, options: [{text, to}], result}]}: one question at a time, and the way back.
Khue.define("k-guide", (element, told) => {
  const steps = new Map((told.steps ?? []).map((one) => [one.id, one]));
  const first = told.start ?? told.steps?.[0]?.id;
  const box = Khue.make("div", { class: "k-guide-step", role: "status" });
  const path = Khue.make("ol", { class: "k-path" });
  let way = [{ id: first }];
  const go = (to, said) => {
    way = [...way, { id: to, said }];
    show(true);
  };
  function show(focus) {
    const here = way[way.length - 1];
    const step = steps.get(here.id) ?? { result: here.id };
    const heading = Khue.make("h2", { tabindex: -1 }, step.result ?? step.text);
    const options = (step.options ?? []).map((one) => Khue.make("button", { type: "button", class: "k-choice", onclick: () => go(one.to, one.text) }, one.text));
    box.dataset.kind = step.result ? "yes" : "";
    box.replaceChildren(heading, ...(step.note ? [Khue.make("p", {}, step.note)] : []), Khue.make("div", { class: "k-choices" }, options));
    path.replaceChildren(...way.slice(1).map((one, at) => Khue.make("li", {}, `${steps.get(way[at].id)?.text ?? ""} `, Khue.make("strong", {}, one.said))));
    back.hidden = way.length < 2;
    if (focus) heading.focus();
  }
  const back = Khue.make("button", { type: "button", onclick: () => ((way = way.slice(0, -1)), show(true)) }, Khue.say("back"));
  const again = Khue.make("button", { type: "button", onclick: () => element.reset(true) }, Khue.say("again"));
  element.reset = (focus) => {
    way = [{ id: first }];
    show(focus);
  };
  element.append(box, Khue.make("div", { class: "k-buttons" }, back, again), path);
  show(false);
});
