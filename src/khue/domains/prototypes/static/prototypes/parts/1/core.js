// Khuê parts 1: what every part stands on. No network, no eval; the words of parts are in the language of the page.
"use strict";
window.Khue = (() => {
  const lang = ["vi", "en", "fr"].find((one) => document.documentElement.lang.toLowerCase().startsWith(one)) ?? "vi";
  const words = {};
  const say = (key, values = {}) =>
    (words[key]?.[lang] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // The text of children is always text: nothing that a person or a file gives is read as HTML.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null));
    return element;
  }

  // Numbers and dates as they are written in the language of the page, and read back.
  const signs = { vi: [".", ","], en: [",", "."], fr: ["\u202f", ","] }[lang];
  function number(value, digits) {
    if (value === null || value === undefined || value === "" || Number.isNaN(Number(value))) return "";
    const most = digits ?? 2;
    const rounded = Number(Math.round(Number(Math.abs(value) + "e" + most)) + "e-" + most) || Number(Number(value).toFixed(most));
    const [whole, part = ""] = Math.abs(rounded).toFixed(most).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, signs[0]);
    const rest = digits === undefined ? part.replace(/0+$/, "") : part;
    return (value < 0 && rounded ? "−" : "") + grouped + (rest ? signs[1] + rest : "");
  }
  const money = (value) => (value === null || value === "" || Number.isNaN(Number(value)) ? "" : number(value, 0) + "\u00a0₫");
  function read(text) {
    let given = String(text ?? "").trim().replace(/VND|VNĐ|đồng|[\s\u00a0\u202f'₫đ%]/gi, "").replace(/^[−–]/, "-");
    if (!given) return null;
    const last = Math.max(given.lastIndexOf("."), given.lastIndexOf(","));
    if (last >= 0) {
      const sign = given[last];
      const once = given.indexOf(sign) === last && !given.includes(sign === "." ? "," : ".");
      const grouping = once ? /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(given) && sign !== signs[1] : given.indexOf(sign) !== last;
      given = grouping
        ? given.replace(/[.,]/g, "")
        : given.slice(0, last).replace(/[.,]/g, "") + "." + given.slice(last + 1);
    }
    return /^-?\d*\.?\d+$/.test(given) ? Number(given) : NaN;
  }

  const months = "January February March April May June July August September October November December".split(" ");
  function date(value) {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(value ?? "");
    if (!found) return "";
    const [, year, month, day] = found;
    return lang === "en" ? `${Number(day)} ${months[month - 1]} ${year}` : `${day}/${month}/${year}`;
  }
  const pad = (value) => String(value).padStart(2, "0");
  const iso = (day) => `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  const today = () => iso(new Date());
  const moment = () => `${today()} ${pad(new Date().getHours())}:${pad(new Date().getMinutes())}`;

  // "Số bản cần" → so_ban_can: the name by which formulas know a field that was given none.
  const plain = (text) =>
    String(text ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  const slug = (text) => plain(text).replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "") || "field";

  let made = 0;
  const id = (stem = "k") => `${stem}-${++made}`;
  const list = (text) => String(text ?? "").split("|").map((one) => one.trim()).filter(Boolean);

  // What a part is told: attributes for a few words, a JSON child for more.
  function config(element) {
    const held = element.querySelector(':scope > script[type="application/json"]');
    let told = {};
    try {
      told = held ? JSON.parse(held.textContent) : {};
    } catch {
      console.error(`${element.localName}: its settings are no JSON`);
    }
    for (const { name, value } of element.attributes) if (!(name in told)) told[name] = value;
    return told;
  }

  function define(name, setup) {
    if (customElements.get(name)) return;
    customElements.define(name, class extends HTMLElement {
      connectedCallback() {
        if (this.dataset.ready) return;
        this.dataset.ready = "yes";
        setup(this, config(this));
      }
    });
  }

  const live = make("p", { class: "k-said", role: "status", "aria-live": "polite" });
  function tell(text) {
    if (!live.isConnected) document.body.append(live);
    live.textContent = text;
  }

  return { lang, words, say, make, number, money, read, date, iso, today, moment, plain, slug, id, list, config, define, tell, holidays: [], state: {} };
})();
