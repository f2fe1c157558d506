"""65 people press the button together, on the Ask page by HTTP, before the embedded model with its two places: is
anybody lost, who waits how long, and is it fair? Peer: the same prompts sent at the same moment to the model's own
server, without Khuê."""

import asyncio
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks import results

WHOLE_CLASS = 65
# fewer only show that it runs: nothing is written then
PEOPLE = int(os.environ.get("CROWD_PEOPLE", WHOLE_CLASS))
EXTRA = 3  # further questions of one person, who pressed first
GIVE_UP_S = float(os.environ.get("CROWD_GIVE_UP_S", "840"))
# asked again and again, as in a class
QUESTIONS = (
    "Lệ phí đăng ký khai sinh quá hạn là bao nhiêu?",
    "Bị mất hộ chiếu phải báo trong bao lâu?",
    "Trợ cấp thất nghiệp hằng tháng bằng bao nhiêu phần trăm tiền lương?",
)
ANSWER = re.compile(r'data-stream="(/work/answers/[0-9a-f-]+/stream/)"')
PLACE = re.compile(r"(\d+)\D+(\d+)")
REPOSITORY = Path(__file__).resolve().parent.parent

CAST = """
import json, django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from khue.domains.people.models import Membership, Organisation, Person
store = import_module(settings.SESSION_ENGINE).SessionStore
place, sessions = Organisation.objects.get(slug="khue-van-hcm"), []
for number in range({people}):
    person = Person.objects.create(username=f"crowd-{{number}}", full_name=f"Học viên {{number}}")
    Membership.objects.create(person=person, organisation=place, role="participant")
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    sessions.append(session.session_key)
print(json.dumps(sessions))
"""
RECORD = """
import json, django
django.setup()
from khue.domains.knowledge.actions import writing
from khue.domains.knowledge.answering import prompt
from khue.gateway import api
calls = [c for c in api.calls(limit=1000) if c.tool == "ask" and c.purpose == "answer"]
sent = {}
for call in calls:
    kept = api.texts(call.id)
    if kept and call.outcome == "done":
        sent[call.input_digest] = kept.sent
print(json.dumps({"outcomes": [c.outcome for c in calls], "errors": [c.error for c in calls],
    "tokens": [(c.prompt_tokens, c.completion_tokens) for c in calls], "digests": [c.input_digest for c in calls],
    "sent": sent, "max_tokens": writing.MAX_TOKENS}))
"""
NOTES = """
Waiting is from pressing the button to the first word of the answer; evidence stood on the page before that. One person
pressed first, for {extra} questions more than the others: these come after everybody else's first. "Overtaken" counts,
for each of the others, those who came into the line later and had their first word earlier. The questions are
{questions}, so that prompts repeat as in a class and the model's server reads a known prompt from its cache. The peer
gets the very same prompts (from the kept texts of the record), as many at once, at the same limit of tokens, over as
many connections; it knows no people, tells nobody a place, checks no sentence and keeps no record.
"""


@dataclass
class Asked:
    """One question of one person; seconds since everybody pressed."""

    person: int
    question: str
    pressed: float = 0.0
    taken: float = 0.0
    in_line: float | None = None  # the first that was heard of a place in the queue, or of the answer
    places: list[tuple[int, int]] = field(default_factory=list)
    first_word: float | None = None
    ended: float | None = None
    outcome: str = "lost"


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="khue-crowd-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        crowd = Crowd(Path(folder) / "home")
        try:
            asked, record = crowd.press()
            direct = crowd.directly(record)
        finally:
            crowd.stop()
    report = _report(asked, record, direct)
    sys.stderr.write(f"{report}\n")
    if PEOPLE >= WHOLE_CLASS:
        results.write("crowd", f"{PEOPLE} people press the button together", report)


class Crowd:
    def __init__(self, home: Path, **more: str) -> None:
        """`more`: settings, such as another model's server."""
        self.port, self.runtime = _free_port(), _free_port()
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KHUE_", "DATABASE_"))}
        self.environment = clean | {
            "KHUE_HOME": str(home),
            "KHUE_CACHE": os.environ.get("KHUE_CACHE", str(Path("~/.cache/khue").expanduser())),
            "KHUE_PORT": str(self.port),
            "KHUE_RUNTIME_PORT": str(self.runtime),
            "KHUE_EMBED_PORT": str(_free_port()),
            "PYTHONPATH": str(REPOSITORY / "src"),
            "DJANGO_SETTINGS_MODULE": "khue.config.settings",
            **more,
        }
        self.model = more.get("KHUE_MODEL_URL", f"http://127.0.0.1:{self.runtime}/v1")
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "khue.cli.main", "up"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _until_ready(f"{self.base}/healthz", self.process)
            _until_ready(f"{self.model}/models", self.process)
            self._load_demo()
        except BaseException:
            self.stop()
            raise

    def _load_demo(self) -> None:
        """`khue up` loads it too, beside; two at once would be in each other's way."""
        for _attempt in range(10):
            time.sleep(15)
            command = [sys.executable, "-m", "khue.cli.main", "demo", "load"]
            if subprocess.run(command, env=self.environment, capture_output=True).returncode == 0:
                return
        raise RuntimeError("the demonstration could not be loaded")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)

    def press(self) -> tuple[list[Asked], dict[str, Any]]:
        sessions = json.loads(self._python(CAST.format(people=PEOPLE)))
        return asyncio.run(_all_press(self.base, sessions)), json.loads(self._python(RECORD))

    def directly(self, record: dict[str, Any]) -> list[Asked]:
        """The prompts in the order in which they were asked, everything at once."""
        prompts = [record["sent"][digest] for digest in reversed(record["digests"]) if digest in record["sent"]]
        return asyncio.run(_all_direct(self.model, prompts, record["max_tokens"]))

    def _python(self, source: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", source], env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.splitlines()[-1]


async def _all_press(base: str, sessions: Sequence[str]) -> list[Asked]:
    asked = [Asked(0, QUESTIONS[number % len(QUESTIONS)]) for number in range(EXTRA)]
    asked += [Asked(person, QUESTIONS[person % len(QUESTIONS)]) for person in range(len(sessions))]
    began = time.perf_counter()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=base, timeout=GIVE_UP_S, trust_env=False, limits=limits) as http:
        tasks = [asyncio.create_task(_press(http, sessions[one.person], one, began)) for one in asked]
        await asyncio.wait(tasks, timeout=GIVE_UP_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return asked


async def _press(http: httpx.AsyncClient, session: str, one: Asked, began: float) -> None:
    token = secrets.token_hex(16)
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}; django_language=en", "X-CSRFToken": token}
    one.pressed = time.perf_counter() - began
    page = await http.post("/work/ask/", data={"question": one.question}, headers=headers)
    if page.status_code == 302:
        page = await http.get(page.headers["Location"], headers=headers)
    found = ANSWER.search(page.text)
    if not found:
        one.outcome = f"{page.status_code} without an answer"
        return
    one.taken = time.perf_counter() - began
    event = ""
    async with http.stream("GET", found[1], headers=headers) as events:
        async for line in events.aiter_lines():
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: "):
                _hear(one, event, line[6:], time.perf_counter() - began)


def _hear(one: Asked, event: str, data: str, now: float) -> None:
    one.in_line = one.in_line or now
    if event == "waiting" and (place := PLACE.search(data)):
        one.places.append((int(place[1]), int(place[2])))
    elif event in {"unchecked", "sentence"} and data and one.first_word is None:
        one.first_word = now
    elif event == "finished":
        one.ended = now
        if one.outcome == "lost":
            one.outcome = "answered"
        if 'role="alert"' in data:
            one.outcome = "failed"


async def _all_direct(base: str, prompts: Sequence[Sequence[str]], max_tokens: int) -> list[Asked]:
    asked = [Asked(number, "") for number in range(len(prompts))]
    began = time.perf_counter()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=GIVE_UP_S, trust_env=False, limits=limits) as http:
        pairs = zip(asked, prompts, strict=True)
        tasks = [asyncio.create_task(_direct(http, base, one, sent, max_tokens, began)) for one, sent in pairs]
        await asyncio.gather(*tasks, return_exceptions=True)
    return asked


async def _direct(
    http: httpx.AsyncClient, base: str, one: Asked, sent: Sequence[str], max_tokens: int, began: float
) -> None:
    """`sent`: a turn each, its role before it."""
    turns = [dict(zip(("role", "content"), text.split(": ", 1), strict=True)) for text in sent]
    body = {"messages": turns, "max_tokens": max_tokens, "temperature": 0, "seed": 1, "stream": True}
    one.pressed = time.perf_counter() - began
    async with http.stream("POST", f"{base}/chat/completions", json=body) as events:
        async for line in events.aiter_lines():
            if line.startswith("data: {") and one.first_word is None and _has_words(json.loads(line[6:])):
                one.first_word = time.perf_counter() - began
            if line == "data: [DONE]":
                one.ended, one.outcome = time.perf_counter() - began, "answered"


def _has_words(event: dict[str, Any]) -> bool:
    return any(choice["delta"].get("content") for choice in event.get("choices", ()))


def _report(asked: Sequence[Asked], record: dict[str, Any], direct: Sequence[Asked]) -> str:
    # whoever asks more than once is not one of the others: their questions wait for their own turns
    extra, everybody = asked[:EXTRA], [one for one in asked[EXTRA:] if one.person]
    served = [one for one in everybody if one.first_word is not None]
    overtaken = [
        sum(1 for other in served if other.in_line > one.in_line and other.first_word < one.first_word)  # type: ignore[operator]
        for one in served
    ]
    told = [one for one in everybody if one.places]
    read, written = (sum(pair[at] or 0 for pair in record["tokens"]) for at in (0, 1))
    line = max((of for one in told for _, of in one.places), default=0)
    evidence = _spread([one.taken for one in everybody if one.taken])
    later = f"{statistics.median(overtaken or [0]):.0f} / {max(overtaken, default=0)}"
    rows: list[Sequence[object]] = [
        ("answered, of so many", f"{_answered(asked)} of {len(asked)}", f"{_answered(direct)} of {len(direct)}"),
        ("outcomes", _counted(one.outcome for one in asked), _counted(one.outcome for one in direct)),
        ("on record", _counted(record["outcomes"]), "none"),
        ("evidence on the page: min / median / p95 / max s", evidence, "–"),
        ("waiting for the first word: min / median / p95 / max s", _spread(_waits(everybody)), _spread(_waits(direct))),
        ("extra questions of one person, the same", _spread(_waits(extra)), "–"),
        ("told a place in the queue", f"{len(told)}, the longest line {line}", "nobody"),
        ("overtaken by later ones: median / max", later, "–"),
        ("all done after s", f"{_last(asked):.0f}", f"{_last(direct):.0f}"),
        ("tokens read / written", f"{read} / {written}", "the same prompts"),
    ]
    notes = NOTES.format(extra=EXTRA, questions=len(QUESTIONS))
    return f"{results.table(('what', '**Khuê**', 'the model’s server alone'), rows)}\n{notes}"


def _waits(asked: Sequence[Asked]) -> list[float]:
    return [one.first_word - one.pressed for one in asked if one.first_word is not None]


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    return " / ".join(f"{value:.1f}" for value in (ordered[0], statistics.median(ordered), p95, ordered[-1]))


def _answered(asked: Sequence[Asked]) -> int:
    return sum(one.outcome == "answered" for one in asked)


def _counted(words: Any) -> str:
    return ", ".join(f"{word} {number}" for word, number in Counter(words).most_common())


def _last(asked: Sequence[Asked]) -> float:
    return max((one.ended or 0.0 for one in asked), default=0.0)


def _until_ready(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 180
    while True:
        try:
            if httpx.get(address, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{address} does not answer")
        time.sleep(0.5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    run()
