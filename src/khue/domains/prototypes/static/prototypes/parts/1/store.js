// Where a tool keeps what is typed: with the studio, else on this device, else for as long as the page is open.
Khue.store = (() => {
  const key = () => `khue:${Khue.slug(document.title)}`;
  let held = {};
  let kind = "device";
  function start() {
    try {
      held = JSON.parse(localStorage.getItem(key()) ?? "{}") ?? {};
      localStorage.setItem(`${key()}:try`, "1");
      localStorage.removeItem(`${key()}:try`);
    } catch {
      kind = "page";
    }
  }
  if (window.khueStore) {
    kind = "khue";
    Promise.resolve(window.khueStore.load()).then((given) => {
      held = given && typeof given === "object" ? given : {};
      document.dispatchEvent(new CustomEvent("k-stored"));
    }, () => (kind = "page"));
  } else start();

  function keep() {
    if (kind === "khue") return window.khueStore.save(held);
    try {
      if (kind === "device") localStorage.setItem(key(), JSON.stringify(held));
    } catch {
      kind = "page";
      Khue.tell(Khue.say("unsaved"));
    }
  }
  return {
    get: (name, otherwise) => (Object.hasOwn(held, name) ? held[name] : otherwise),
    set(name, value) {
      held[name] = value;
      keep();
    },
    get kind() {
      return kind;
    },
    clear() {
      held = {};
      keep();
      document.dispatchEvent(new CustomEvent("k-stored"));
    },
  };
})();

// A button that acts when pressed a second time: no dialogue, which a sandbox may not show.
Khue.sure = (words, act, attributes = {}) => {
  const button = Khue.make("button", { type: "button", class: "k-small", ...attributes }, words);
  const calm = () => (delete button.dataset.sure, (button.textContent = words));
  button.addEventListener("click", () => {
    if (button.dataset.sure) return calm(), act();
    button.dataset.sure = "yes";
    button.textContent = Khue.say("sure");
    setTimeout(calm, 4000);
  });
  return button;
};

// A line that says where it is kept, and a way to leave nothing behind on a machine that others use.
Khue.place = () =>
  Khue.make("div", { class: "k-place k-screen" },
    Khue.make("p", { class: "k-note" }, Khue.say(`kept-${Khue.store.kind}`)),
    Khue.sure(Khue.say("forget"), () => (Khue.store.clear(), Khue.tell(Khue.say("forgotten")))));
