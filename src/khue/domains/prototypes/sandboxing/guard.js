// Runs before a tool, in its frame. The frame's policy keeps it from the network; what a policy does not reach
// (hints to look up or open a connection) is kept out here, and so is any way to a window that was not guarded.
// Then the narrow channel: own storage, the chosen data, questions to an assistant, files to save.
(() => {
  "use strict";
  const BARRED = /<\/?(?:[\w.-]+:)?(?:link|meta|base|iframe|frame|frameset|object|embed|portal|fencedframe|applet)(?=[\s/>]|$)|<!ENTITY/i;
  const NAMES = new Set(["link", "meta", "base", "iframe", "frame", "frameset", "object", "embed", "portal", "fencedframe", "applet"]);
  const freeze = (owner, name, value) => Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
  const refuse = (what) => { throw new DOMException(what + " is not open to a tool", "SecurityError"); };
  const shellPolicy = window.trustedTypes?.createPolicy("khue-shell", { createHTML: (text) => text });
  const check = (text) => (BARRED.test(text) ? refuse("This element") : text);
  window.trustedTypes?.createPolicy("default", {
    createHTML: check,
    createScript: () => refuse("Code made from text"),
    createScriptURL: () => refuse("Code from an address"),
  });
  // In the tool's own text these become elements that nobody knows; its character set, size and policy stay
  const STAYS = /^<meta\s+(?:charset="utf-8">|(?:name="(?:viewport|generator|description|color-scheme)"|http-equiv="Content-Security-Policy") content="[^"<>]*">)/i;
  const cleaned = (html) => html.replace(new RegExp(BARRED.source, "gi"), (found, at) => (STAYS.test(html.slice(at, at + 8000)) ? found : "<x-barred"));

  // Elements that would be a window, or would look something up
  const bare = (name) => String(name).toLowerCase().split(":").pop();
  for (const [owner, method, at] of [[Document.prototype, "createElement", 0], [Document.prototype, "createElementNS", 1]]) {
    const original = owner[method];
    freeze(owner, method, function (...given) {
      given[at] = String(given[at]);
      if (NAMES.has(bare(given[at])) || (at === 1 && /[^\w:.-]/.test(given[at]))) refuse("This element");
      return original.apply(this, given);
    });
  }
  const define = CustomElementRegistry.prototype.define;
  freeze(CustomElementRegistry.prototype, "define", function (name, made) {
    return define.call(this, name, made);
  });
  for (const name of [
    "HTMLLinkElement", "HTMLIFrameElement", "HTMLObjectElement", "HTMLEmbedElement", "HTMLFrameElement", "XSLTProcessor",
    "RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocketStream", "SharedWorker", "Worker",
    "PaymentRequest", "Notification", "BroadcastChannel", "NavigationPreloadManager", "HTMLPortalElement", "HTMLFencedFrameElement",
    "FencedFrameConfig", "PresentationRequest", "SharedStorage", "sharedStorage",
  ]) {
    if (name in window) { try { freeze(window, name, undefined); } catch { /* not ours to change */ } }
  }
  try { freeze(window, "open", () => null); } catch { /* as it is */ }

  // The channel -------------------------------------------------------------------------------------
  let port = null;
  let count = 0;
  const open = new Map();
  const later = [];
  const send = (message) => (port ? port.postMessage(message) : later.push(message));
  const ask = (kind, body) => new Promise((resolve, reject) => {
    const id = (count += 1);
    open.set(id, { resolve, reject });
    send({ kind, id, body });
  });

  // Storage as tools know it: in this frame there is none, so it goes through the channel and stays with the page around
  const kept = new Map();
  let storing = 0;
  const store = () => {
    clearTimeout(storing);
    storing = setTimeout(() => send({ kind: "store", body: JSON.stringify(Object.fromEntries(kept)) }), 150);
  };
  const storage = Object.freeze({
    getItem: (key) => (kept.has(String(key)) ? kept.get(String(key)) : null),
    setItem: (key, value) => { kept.set(String(key), String(value)); store(); },
    removeItem: (key) => { kept.delete(String(key)); store(); },
    clear: () => { kept.clear(); store(); },
    key: (n) => [...kept.keys()][n] ?? null,
    get length() { return kept.size; },
  });
  for (const name of ["localStorage", "sessionStorage"]) {
    try { Object.defineProperty(window, name, { get: () => storage, configurable: false }); } catch { /* as it is */ }
  }

  const PARTS = "khue-store";
  freeze(window, "khueStore", Object.freeze({
    load: async () => { try { return JSON.parse(kept.get(PARTS) ?? "{}"); } catch { return {}; } },
    save: (all) => { kept.set(PARTS, JSON.stringify(all)); store(); },
  }));

  // Files: bytes go to the page around, which asks the person's browser to save them
  const blobs = new Map();
  const makeAddress = URL.createObjectURL.bind(URL);
  freeze(URL, "createObjectURL", (blob) => {
    const address = makeAddress(blob);
    if (blob instanceof Blob) blobs.set(address, blob);
    if (blobs.size > 50) blobs.delete(blobs.keys().next().value);
    return address;
  });
  const save = async (link) => {
    const href = String(link.href);
    const blob = blobs.get(href) ?? (href.startsWith("data:") ? dataBlob(href) : null);
    if (blob) send({ kind: "save", body: { name: String(link.download || "file").slice(0, 120), type: blob.type, bytes: await blob.arrayBuffer() } });
  };
  const dataBlob = (href) => {
    const [head, text] = [href.slice(5, href.indexOf(",")), href.slice(href.indexOf(",") + 1)];
    if (!head.endsWith(";base64")) return new Blob([decodeURIComponent(text)], { type: head });
    return new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type: head.slice(0, -7) });
  };
  const click = HTMLElement.prototype.click;
  freeze(HTMLElement.prototype, "click", function () {
    if (this instanceof HTMLAnchorElement && this.hasAttribute("download")) save(this);
    else click.call(this);
  });

  // What goes wrong in a tool is said outside, in words
  let told = 0;
  const tell = (message, line) => { if ((told += 1) <= 20) send({ kind: "error", body: { message: String(message).slice(0, 500), line: Number(line) || 0 } }); };
  const listen = () => {
    addEventListener("error", (event) => tell(event.message || (event.target?.tagName && event.target.tagName + " was not loaded"), event.lineno), true);
    addEventListener("unhandledrejection", (event) => tell(event.reason?.message ?? event.reason, 0));
    addEventListener("securitypolicyviolation", (event) => { if ((told += 1) <= 20) send({ kind: "barred", body: { what: event.effectiveDirective, where: String(event.blockedURI).slice(0, 200) } }); });
    addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link) return;
      if (link.hasAttribute("download")) { event.preventDefault(); save(link); return; }
      const href = link.getAttribute("href");
      if (!href.startsWith("#") && !href.startsWith("javascript:")) { event.preventDefault(); send({ kind: "barred", body: { what: "link", where: href.slice(0, 200) } }); }
    }, true);
  };

  freeze(window, "khue", Object.freeze({
    storage,
    dataset: () => ask("dataset", null),
    ask: (question) => ask("ask", String(question).slice(0, 2000)),
    results: (outcomes) => send({ kind: "results", body: JSON.stringify(outcomes).slice(0, 200000) }),
  }));

  const heard = (event) => {
    const { kind, id, body } = event.data ?? {};
    if (kind === "ping") port.postMessage({ kind: "pong", id });
    else if (kind === "answer" && open.has(id)) { open.get(id).resolve(body); open.delete(id); }
    else if (kind === "refused" && open.has(id)) { open.get(id).reject(new Error(String(body))); open.delete(id); }
    else if (kind === "print") window.print();
    else if (kind === "run") window.dispatchEvent(new CustomEvent("khue:run", { detail: body }));
  };

  // The page around hands over one port and the tool, once
  const begin = (event) => {
    if (event.source !== parent || event.data?.khue !== "tool" || port || !event.ports[0]) return;
    removeEventListener("message", begin);
    event.stopImmediatePropagation();
    port = event.ports[0];
    const { html, stored, nonce } = event.data;
    try { for (const [key, value] of Object.entries(JSON.parse(stored || "{}"))) kept.set(key, String(value)); } catch { /* nothing kept */ }
    port.onmessage = heard;
    port.postMessage({ kind: "ready", body: nonce });
    later.splice(0).forEach((message) => port.postMessage(message));
    document.open();
    listen();
    document.write(shellPolicy ? shellPolicy.createHTML(cleaned(html)) : cleaned(html));
    document.close();
    port.postMessage({ kind: "drawn", body: { height: document.documentElement.scrollHeight } });
  };
  addEventListener("message", begin);
  parent.postMessage({ khue: "frame" }, "*");
})();
