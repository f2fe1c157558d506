"""One tab: a tool is put into it, asked and pictured."""

import base64
from typing import Any

from khue.domains.prototypes.browsing.pipe import Message, Pipe

ADDRESS = "http://tool.invalid/"  # exists nowhere (RFC 2606); an origin of its own with storage of its own
ICON = f"{ADDRESS}favicon.ico"  # asked for by the browser, not by the tool
LOADING = 20.0


class Tab:
    """`reached_for`: addresses outside that the tool asked for, and did not get."""

    def __init__(self, pipe: Pipe, session: str, *, width: int, height: int, dark: bool, paper: bool) -> None:
        self._pipe, self._session = pipe, session
        self._html = b""
        self.reached_for: list[str] = []
        self.faults: list[str] = []
        pipe.hearing[session] = self._hear
        self._call("Page.enable")
        self._call("Runtime.enable")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._call("Emulation.setTimezoneOverride", timezoneId="Asia/Ho_Chi_Minh")
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._call("Emulation.setScrollbarsHidden", hidden=True)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", media="print" if paper else "", features=[scheme])

    def before(self, script: str) -> None:
        """A script that runs before those of the tool."""
        self._call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, html: str, seconds: float = LOADING) -> None:
        """Raises Hung when the tool does not come to rest."""
        self._html = html.encode("utf-8", "replace")
        self.faults, self.reached_for = [], []
        self._pipe.send("Page.navigate", self._session, url=ADDRESS)
        self._pipe.wait_for("Page.loadEventFired", self._session, seconds)

    def ask(self, expression: str, seconds: float = 10.0) -> Any:
        """What an expression gives, also as a promise, as data. Raises Hung, and RuntimeError for an error in it."""
        given = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self._pipe.call("Runtime.evaluate", self._session, seconds, **given)
        if "exceptionDetails" in answer:
            raise RuntimeError(_said(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def type(self, text: str) -> None:
        self._call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """As a person presses it: "Tab", " ", "Enter"."""
        code = {"Tab": 9, "Enter": 13, " ": 32}.get(key, 0)
        text = {"Enter": "\r", " ": " "}.get(key, "")
        given = {"key": key, "windowsVirtualKeyCode": code}
        self._call("Input.dispatchKeyEvent", type="keyDown", **given, **({"text": text} if text else {}))
        self._call("Input.dispatchKeyEvent", type="keyUp", **given)

    def picture(self, *, whole: bool = False) -> bytes:
        """A PNG of what is to be seen."""
        answer = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def pdf(self) -> bytes:
        return base64.b64decode(self._call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])

    def _call(self, method: str, **given: Any) -> dict[str, Any]:
        return self._pipe.call(method, self._session, **given)

    def _hear(self, message: Message) -> None:
        told = message["params"]
        if message["method"] == "Fetch.requestPaused":
            self._answer(told["requestId"], told["request"]["url"])
        elif message["method"] == "Runtime.exceptionThrown":
            self.faults.append(_said(told["exceptionDetails"]))

    def _answer(self, request: str, url: str) -> None:
        if url != ADDRESS or not self._html:
            if url != ICON:
                self.reached_for.append(url)
            self._pipe.send("Fetch.failRequest", self._session, requestId=request, errorReason="Aborted")
            return
        headers = [{"name": "Content-Type", "value": "text/html; charset=utf-8"}]
        body, self._html = base64.b64encode(self._html).decode(), b""
        given = {"requestId": request, "responseCode": 200, "responseHeaders": headers, "body": body}
        self._pipe.send("Fetch.fulfillRequest", self._session, **given)


def _said(details: dict[str, Any]) -> str:
    said = str(details.get("exception", {}).get("description") or details.get("text", ""))
    return said.splitlines()[0] if said else "error"
