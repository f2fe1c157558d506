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

// A line that says where it is kept, beside what is kept.
Khue.place = () => Khue.make("p", { class: "k-note k-screen" }, Khue.say(`kept-${Khue.store.kind}`));
