// <k-sheet name>: what is filled, worked out and printed together, with buttons to print and to start again.
Khue.define("k-sheet", (element, told) => {
  const again = () => {
    element.querySelectorAll("*").forEach((inside) => inside.reset?.());
    Khue.follow();
    element.querySelector("input, select, textarea")?.focus();
  };
  if (told.buttons === "none") return;
  element.append(
    Khue.make("div", { class: "k-buttons" },
      Khue.make("button", { type: "button", onclick: () => print() }, Khue.say("print")),
      Khue.make("button", { type: "button", onclick: again }, Khue.say("again"))),
  );
});
