// A tool in its frame, seen from the page around it. The frame has an origin of its own; all that passes is what
// comes through one port, and each message is looked at: what it asks, how large it is, how often.

const SILENT_MS = 4000;
const PING_MS = 1000;
const MOST = { store: 256 * 1024, save: 10 * 1024 * 1024, results: 200_000 };
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

/** What a tool keeps: in this browser under the tool's own name; where the browser keeps nothing, until the page is left. */
export class Store {
  constructor(name) {
    this.name = `khue-tool-${name}`;
    this.text = "{}";
    this.lasts = true;
    try {
      this.text = localStorage.getItem(this.name) ?? "{}";
    } catch {
      this.lasts = false;
    }
  }

  keep(text) {
    this.text = text;
    try {
      localStorage.setItem(this.name, text);
    } catch {
      this.lasts = false;
    }
    return this.lasts;
  }
}

export class Tool extends EventTarget {
  /** `place`: the element that holds the frame; its data say where the frame's page is and what the channel gives. */
  constructor(place, store) {
    super();
    this.place = place;
    this.store = store;
    this.html = null;
  }

  /** Runs this text from its start; what ran before is gone. */
  run(html) {
    this.stop();
    this.html = html;
    this.frame = document.createElement("iframe");
    this.frame.title = this.place.dataset.title;
    this.frame.setAttribute("sandbox", "allow-scripts allow-forms allow-modals");
    this.frame.referrerPolicy = "no-referrer";
    this.frame.allow = "";
    this.frame.src = this.place.dataset.frame;
    this.greet = (event) => this.#met(event);
    addEventListener("message", this.greet);
    this.place.querySelector("[data-empty]")?.setAttribute("hidden", "");
    this.place.append(this.frame);
    this.place.dataset.state = "running";
  }

  stop() {
    clearInterval(this.watch);
    if (this.greet) removeEventListener("message", this.greet);
    this.port?.close();
    this.port = null;
    this.frame?.remove();
    this.frame = null;
    this.place.dataset.state = "empty";
  }

  send(message) {
    this.port?.postMessage(message);
  }

  #met(event) {
    if (event.source !== this.frame?.contentWindow || event.data?.khue !== "frame") return;
    removeEventListener("message", this.greet);
    const channel = new MessageChannel();
    this.nonce = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.port = channel.port1;
    this.port.onmessage = (said) => this.#heard(said.data);
    const hello = { khue: "tool", html: this.html, stored: this.store.text, nonce: this.nonce };
    this.frame.contentWindow.postMessage(hello, "*", [channel.port2]);
    this.#guard();
  }

  /** A tool that does not answer for some seconds is caught in a loop: its frame goes, the page stays. */
  #guard() {
    this.answered = performance.now();
    this.asked = 0;
    this.watch = setInterval(() => {
      const waited = performance.now() - this.answered;
      if (document.hidden) this.answered = performance.now();
      else if (this.asked && waited > SILENT_MS) this.#tell("stopped", {}, true);
      this.asked += 1;
      this.send({ kind: "ping", id: this.asked });
    }, PING_MS);
  }

  #tell(name, detail, ends = false) {
    if (ends) this.stop();
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #heard(message) {
    const { kind, id, body } = message ?? {};
    if (kind === "ready") {
      if (body !== this.nonce) this.#tell("stopped", {}, true);
    } else if (kind === "pong") this.answered = performance.now();
    else if (kind === "drawn") this.#tell("drawn", body);
    else if (kind === "error") this.#tell("fault", { message: String(body?.message ?? "").slice(0, 500), line: Number(body?.line) || 0 });
    else if (kind === "barred") this.#tell("barred", { what: String(body?.what ?? "").slice(0, 60), where: String(body?.where ?? "").slice(0, 200) });
    else if (kind === "store") this.#store(body);
    else if (kind === "save") this.#save(body);
    else if (kind === "results") this.#results(body);
    else if (kind === "dataset" || kind === "ask") this.#fetch(kind, id, body);
  }

  #store(text) {
    if (typeof text !== "string" || text.length > MOST.store) this.#tell("full", {});
    else if (!this.store.keep(text)) this.#tell("forgetful", {});
  }

  #save(body) {
    const bytes = body?.bytes;
    if (!(bytes instanceof ArrayBuffer) || bytes.byteLength > MOST.save) return this.#tell("full", {});
    const kind = /^(text\/(csv|plain|calendar)|application\/json|image\/(png|svg\+xml)|application\/pdf)/.test(body.type) ? body.type : "application/octet-stream";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
    link.download = String(body.name || "file").replace(/[^\p{L}\p{N} ._-]/gu, "_").slice(0, 120);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  #results(text) {
    if (typeof text !== "string" || text.length > MOST.results) return;
    try {
      this.#tell("results", JSON.parse(text));
    } catch {
      /* not results */
    }
  }

  async #fetch(kind, id, body) {
    const address = this.place.dataset[kind];
    const refuse = (why) => this.send({ kind: "refused", id, body: why });
    if (!address) return refuse(this.place.dataset.closed);
    if (this.busy?.has(kind)) return refuse(this.place.dataset.busy);
    (this.busy ??= new Set()).add(kind);
    const asked = kind === "ask" ? { method: "POST", headers: { "X-CSRFToken": token(), "Content-Type": "application/json" }, body: JSON.stringify({ question: String(body).slice(0, 2000) }) } : {};
    const reply = await fetch(address, asked).catch(() => null);
    this.busy.delete(kind);
    const said = await reply?.json().catch(() => null);
    if (reply?.ok) this.send({ kind: "answer", id, body: said });
    else refuse(said?.detail ?? this.place.dataset.closed);
  }
}
