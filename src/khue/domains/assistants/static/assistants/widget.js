// Puts a button on the page of a site, and behind it a frame with the assistant. The frame is our own page: it sees nothing
// of the site, and the site nothing of it. No cookie is set, nothing is kept in this browser, nothing is asked of the server
// before somebody presses the button.

(() => {
  const own = (() => {
    try { return new URL(document.currentScript.src).origin; } catch { return KHUE.address; }
  })();
  if (![own, ...KHUE.origins].includes(location.origin)) {
    console.warn(`This assistant is not meant for ${location.origin}; its owner can add the site to its list.`);
    return;
  }
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    button { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000; min-block-size: 48px; padding: 0 20px;
      border: 0; border-radius: 24px; background: #A3271F; color: #fff; font: 600 16px/1.2 system-ui, sans-serif; cursor: pointer;
      box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
    button:focus-visible { outline: 3px solid #A3271F; outline-offset: 3px; }
    iframe { position: fixed; inset-block-end: 76px; inset-inline-end: 16px; z-index: 2147483000; inline-size: min(400px, calc(100vw - 32px));
      block-size: min(640px, calc(100vh - 100px)); border: 1px solid #E4DDD0; border-radius: 12px; background: #FBF8F2;
      box-shadow: 0 8px 32px rgb(0 0 0 / .25); }
    [hidden] { display: none; }
  `);
  root.adoptedStyleSheets = [style];

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.textContent = KHUE.open;
  root.append(button);
  let frame;

  function show(open) {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = KHUE.name;
      frame.src = `${own}/a/${KHUE.slug}/frame/?lang=${KHUE.language}`;
      frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads");
      frame.referrerPolicy = "no-referrer";
      root.insertBefore(frame, button);
    }
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? KHUE.close : KHUE.open;
    (open ? frame : button).focus();
  }

  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && frame && !frame.hidden) show(false); });
  addEventListener("message", (event) => {
    if (event.origin === own && event.source === frame?.contentWindow && event.data === "khue:close") show(false);
  });
  document.body.append(host);
})();
