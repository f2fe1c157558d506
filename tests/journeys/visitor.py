"""A person before a browser, as far as HTTP goes: signs in, asks, and reads the answer as it comes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ANSWER = re.compile(r'data-stream="/work/answers/([0-9a-f-]+)/stream/"')
PATIENCE_S = 120


@dataclass(frozen=True)
class Asked:
    exchange: str
    page: str


class Visitor:
    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE_S, trust_env=False)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *exc: object) -> None:
        self.http.close()

    def sign_in(self, username: str, password: str) -> "Visitor":
        arrived = self._send("/accounts/login/", login=username, password=password)
        assert arrived.url.path != "/accounts/login/", arrived.text
        self.http.cookies.set("django_language", "en")
        return self

    def ask(self, question: str) -> Asked:
        page = self._send("/work/ask/", question=question)
        found = ANSWER.search(page.text)
        assert page.status_code == 200 and found, page.text
        return Asked(found[1], page.text)

    def answer(self, asked: Asked) -> Iterator[tuple[str, str]]:
        """The events: their names and what they carry."""
        with self.http.stream("GET", f"/work/answers/{asked.exchange}/stream/") as response:
            assert response.status_code == 200
            name, data = "", []
            for line in response.iter_lines():
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    data.append(line[6:])
                elif not line and name:
                    yield name, "\n".join(data)
                    name, data = "", []

    def whole_answer(self, asked: Asked) -> str:
        """The HTML that the page shows at the end."""
        *_, (name, html) = self.answer(asked)
        assert name == "finished", (name, html)
        return html

    def answer_now(self, asked: Asked) -> httpx.Response:
        """As the page asks for it when the line was lost."""
        return self.http.get(f"/work/answers/{asked.exchange}/")

    def _send(self, address: str, **fields: str) -> httpx.Response:
        found = TOKEN.search(self.http.get(address).text)
        assert found, f"no form at {address}"
        return self.http.post(address, data=fields | {"csrfmiddlewaretoken": found[1]})
