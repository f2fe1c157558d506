"""A browser without a screen, for rehearsals on our own server: keeps cookies, follows redirects and sends the forms
that pages hold, with their token.

It stands in the gateway because nothing else opens connections; to where it may, the guard of the process decides.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 8
Values = dict[str, list[str]]
# an empty one goes without saying
JSON = {"accept": "application/json"}


class Lost(Exception):
    """The server did not answer: the line dropped, or the time was up."""


class NoSuchForm(LookupError):
    """The page holds no form that sends there."""


@dataclass
class Form:
    """`fields` as the page would send them now; `choices` of lists and buttons of one group."""

    action: str
    fields: Values
    choices: Values


@dataclass(frozen=True)
class Page:
    status: int
    path: str
    text: str
    ms: float

    @property
    def is_good(self) -> bool:
        return self.status < 400

    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    def links(self, beginning: str) -> list[str]:
        """Paths of links that begin so, each once, in the order of the page."""
        found = (urlsplit(a.attributes.get("href") or "").path for a in self.tree().css("a[href]"))
        return [path for path in dict.fromkeys(found) if path.startswith(beginning)]

    def has(self, selector: str) -> bool:
        return self.tree().css_first(selector) is not None

    def form(self, ending: str = "") -> Form:
        """The first form of the page's work whose address ends so. Raises NoSuchForm."""
        if found := self.forms(ending):
            return found[0]
        raise NoSuchForm(f"{self.path}: no form to {ending or 'send'}")

    def forms(self, ending: str = "") -> list[Form]:
        """Those of the work, then those beside and below it; of a page without either, all."""
        tree = self.tree()
        nodes = tree.css(".page form[method=post]") or tree.css("main form[method=post]")
        found = [
            Form(urljoin(self.path, node.attributes.get("action") or self.path), *_fields(node))
            for node in nodes or tree.css("form[method=post]")
        ]
        return [form for form in found if form.action.endswith(ending)]


def _fields(node: LexborNode) -> tuple[Values, Values]:
    fields: Values = {}
    choices: Values = {}
    for part in node.css("input[name], select[name], textarea[name]"):
        name = part.attributes["name"] or ""
        kind = part.attributes.get("type") or ""
        value = part.attributes.get("value") or ""
        if part.tag == "select":
            options = [option.attributes.get("value") or "" for option in part.css("option")]
            choices[name] = [option for option in options if option]
            chosen = part.css_first("option[selected]")
            fields.setdefault(name, []).append((chosen.attributes.get("value") if chosen else None) or "")
        elif kind in {"radio", "checkbox"}:
            choices.setdefault(name, []).append(value)
            if "checked" in part.attributes:
                fields.setdefault(name, []).append(value)
        elif kind not in {"submit", "button", "file"}:
            fields.setdefault(name, []).append(value if part.tag == "input" else part.text(strip=True))
    return fields, choices


class Connections:
    """Lines to one server, shared by all browsers; kept open, as browsers keep theirs."""

    def __init__(self, server: str, *, most: int = 100, timeout_s: float = 60) -> None:
        self.server = server.rstrip("/")
        limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
        self._transport = httpx.AsyncHTTPTransport(limits=limits, retries=0)
        self._times = dict.fromkeys(("connect", "read", "write", "pool"), timeout_s)

    async def __aenter__(self) -> "Connections":
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._transport.aclose()

    async def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, *, patience_s: float = 0
    ) -> httpx.Response:
        """`patience_s`: longer than others may take, for what is written while one waits. Raises Lost."""
        times = self._times | ({"read": patience_s} if patience_s else {})
        request = httpx.Request(
            method, self.server + path, headers=dict(headers), content=body, extensions={"timeout": times}
        )
        try:
            response = await self._transport.handle_async_request(request)
            await response.aread()
        except httpx.TransportError as error:
            raise Lost(f"{type(error).__name__} {error}".strip()) from error
        return response


Heard = Callable[[str, Page], None]


@dataclass
class Browser:
    """Of one person on one device. `heard` is told of every page, by the name that it was asked for under."""

    lines: Connections
    heard: Heard = lambda _name, _page: None
    language: str = "vi"
    cookies: dict[str, str] = field(default_factory=dict)
    patience_s: float = 1.0

    async def get(
        self, path: str, name: str, *, headers: Mapping[str, str] | None = None, patience_s: float = 0
    ) -> Page:
        return await self._whole(name, "GET", path, b"", headers or {}, patience_s)

    async def submit(self, page: Page, name: str, *, ending: str = "", more: Mapping[str, str] | None = None) -> Page:
        """The form of the page as it stands, with what is typed in."""
        form = page.form(ending)
        form.fields |= {key: [value] for key, value in (more or {}).items()}
        return await self.post(form.action, name, form.fields)

    async def post(self, path: str, name: str, fields: Values, *, headers: Mapping[str, str] | None = None) -> Page:
        pairs = [(key, value) for key, values in fields.items() for value in values]
        more = {"content-type": "application/x-www-form-urlencoded"} | dict(headers or {})
        return await self._whole(name, "POST", path, urlencode(pairs).encode(), more)

    async def post_script(self, path: str, name: str, fields: Values) -> Page:
        """As a page's script does: the token in a header, an answer in JSON."""
        return await self.post(path, name, fields, headers=JSON | {"x-csrftoken": self.cookies.get("csrftoken", "")})

    async def send_file(
        self,
        page: Page,
        name: str,
        *,
        ending: str = "",
        field: str,
        file: tuple[str, bytes],
        more: Mapping[str, str] | None = None,
    ) -> Page:
        """The form of the page with what is typed in and a file, as (name, content)."""
        form = page.form(ending)
        typed = form.fields | {key: [value] for key, value in (more or {}).items()}
        flat = {key: values for key, values in typed.items() if key != field}
        request = httpx.Request("POST", self.lines.server + form.action, data=flat, files={field: file})
        kind = {"content-type": request.headers["content-type"]}
        return await self._whole(name, "POST", form.action, request.read(), kind)

    async def until_heard(self, ask: Callable[[], "asyncio.Future[Page]"]) -> Page:
        """Asks again while the line is dropped, as somebody presses again. What is asked must bear being sent twice."""
        while True:
            try:
                page = await ask()
                if page.status < 500:
                    return page
            except Lost:
                pass
            await asyncio.sleep(self.patience_s)

    async def _whole(
        self, name: str, method: str, path: str, body: bytes, more: Mapping[str, str], patience_s: float = 0
    ) -> Page:
        """With the redirects that follow, timed as one. Raises Lost, of which `heard` is told as status 0."""
        began = time.perf_counter()
        try:
            response = await self._once(method, path, body, more, patience_s)
            for _step in range(MOST_REDIRECTS):
                if response.status_code not in REDIRECTS:
                    break
                where = urlsplit(urljoin(path, response.headers["location"]))
                path = where.path + (f"?{where.query}" if where.query else "")
                response = await self._once("GET", path, b"", {})
        except Lost as lost:
            self.heard(name, Page(0, path, str(lost), (time.perf_counter() - began) * 1000))
            raise
        page = Page(response.status_code, path, response.text, (time.perf_counter() - began) * 1000)
        self.heard(name, page)
        return page

    async def _once(
        self, method: str, path: str, body: bytes, more: Mapping[str, str], patience_s: float = 0
    ) -> httpx.Response:
        headers = {"accept": "text/html", "accept-language": self.language, "referer": self.lines.server + path}
        headers |= {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | dict(more)
        response = await self.lines.send(method, path, headers, body, patience_s=patience_s)
        for name, value in _set_cookies(response):
            self.cookies[name] = value
        return response


def _set_cookies(response: httpx.Response) -> Iterator[tuple[str, str]]:
    for line in response.headers.get_list("set-cookie"):
        name, _, value = line.partition(";")[0].partition("=")
        yield name.strip(), value.strip()
