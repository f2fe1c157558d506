"""A thousand telephones that stay on the room page of a session: what do they cost, and who waits how long?"""

import asyncio
import os
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from benchmarks import results
from benchmarks.stage import Stage, served
from khue.cli.simulation.figures import Figures, percentile
from khue.gateway.browser import Connections, Lost

PHONES = int(os.environ.get("ROOM_PHONES", "1000"))
LASTS_S = float(os.environ.get("ROOM_SECONDS", "60"))
# something is asked, voted for or polled in a lively room
HAPPENS_EVERY_S = 5.0
EVERY = re.compile(r'data-every="(\d+)"')
TOKEN = "k" * 32
NOTHING: Mapping[str, str] = {}
NOTE = """
{phones} people of one cohort at four campuses, signed in before, whose telephones have the room page open for
{lasts:.0f} s and look again as its script does: every {every} s, a little by chance. "Quiet": nothing happens, each is
told so (304) without the page being drawn. "Lively": every {happens:.0f} s somebody asks a question without a name,
votes for one, or answers a poll, and each telephone is given the parts anew. Two web processes on two cores, and the
play on the same ones.
"""


@dataclass
class Ran:
    figures: Figures
    seconds: float
    cpu: dict[str, float]
    client_s: float
    fresh: int = 0
    same: int = 0
    every: int = 0

    @property
    def looks(self) -> int:
        return self.fresh + self.same


@dataclass
class Room:
    """What the telephones share: where they look, how often, until when."""

    lines: Connections
    session: str
    figures: Figures = field(default_factory=Figures)
    every: int = 0
    until: float = 0.0
    fresh: int = 0
    same: int = 0


def run() -> None:
    with served() as stage:
        prepared = stage.prepare(PHONES)
        ran = {name: _ran(stage, prepared, lively=name == "lively") for name in ("quiet", "lively")}
    head = ["room", "telephones", "looks", "a second", "told the same", "errors", "p50 ms", "p95 ms", "longest ms",
            "web ms/look", "database ms/look", "the play ms/look", "share of two cores, web and database"]  # fmt: skip
    rows = [_row(name, one) for name, one in ran.items()]
    every = next(iter(ran.values())).every
    note = NOTE.format(phones=f"{PHONES:,}", lasts=LASTS_S, every=every, happens=HAPPENS_EVERY_S)
    errors = [line for one in ran.values() for line in one.figures.errors[:5]]
    results.write("rooms", "Telephones in a room", "\n\n".join([results.table(head, rows), *errors, note]))


def _row(name: str, one: Ran) -> list[object]:
    times, looks = one.figures.times["look"], one.looks or 1
    served_s = one.cpu["web"] + one.cpu["database"]
    return [
        name, f"{PHONES:,}", f"{one.looks:,}", f"{one.looks / one.seconds:.0f}", f"{one.same / looks:.0%}",
        one.figures.failed, *(f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 1.0)),
        f"{one.cpu['web'] / looks * 1000:.1f}", f"{one.cpu['database'] / looks * 1000:.1f}",
        f"{one.client_s / looks * 1000:.1f}", f"{served_s / one.seconds / 2:.0%}",
    ]  # fmt: skip


def _ran(stage: Stage, prepared: Any, *, lively: bool) -> Ran:
    before, cpu, began = stage.cpu(), time.process_time(), time.perf_counter()
    room = asyncio.run(_session(stage, prepared, lively=lively))
    after = stage.cpu()
    return Ran(
        room.figures, time.perf_counter() - began, {part: after[part] - before[part] for part in before},
        time.process_time() - cpu, room.fresh, room.same, room.every,
    )  # fmt: skip


async def _session(stage: Stage, prepared: Any, *, lively: bool) -> Room:
    async with Connections(stage.server, most=300) as lines:
        room = Room(lines, prepared["session"])
        room.every = await _interval(room, prepared["people"][0])
        room.until = time.monotonic() + LASTS_S
        acts = [_talk(room, prepared)] if lively else []
        phones = (_phone(room, person["session"], random.Random(n)) for n, person in enumerate(prepared["people"]))
        await asyncio.gather(*phones, *acts)
    return room


async def _interval(room: Room, person: Any) -> int:
    """As the page says."""
    page = await _sent(room, "GET", "part/", person["session"])
    found = EVERY.search(page.text)
    assert found, page.status_code
    return int(found[1])


async def _phone(room: Room, key: str, chance: random.Random) -> None:
    """Opened at a moment of chance; then static/academy/live.js."""
    tag, pause = "", chance.random() * room.every
    while time.monotonic() + pause < room.until:
        await asyncio.sleep(pause)
        pause = room.every * (0.9 + chance.random() * 0.2)
        began = time.perf_counter()
        try:
            answer = await _sent(room, "GET", "part/", key, {"X-Live": "1", **({"If-None-Match": tag} if tag else {})})
        except Lost as error:
            room.figures.fail("look", str(error))
            continue
        room.figures.times["look"].append((time.perf_counter() - began) * 1000)
        if answer.status_code == 304:
            room.same += 1
        elif answer.status_code == 200:
            room.fresh, tag = room.fresh + 1, answer.headers.get("ETag", "")
        else:
            room.figures.fail("look", f"{answer.status_code}")


async def _talk(room: Room, prepared: Any) -> None:
    """Questions, votes and answers, one after the other; a trainer opens the poll."""
    form = {"kind": "single", "text": "Đã rõ chưa?", "options": "Rõ\nChưa rõ", "form": str(UUID(int=1))}
    await _acted(room, "polls/", prepared["trainer"], form)
    for number, person in enumerate(prepared["people"]):
        await asyncio.sleep(HAPPENS_EVERY_S)
        if time.monotonic() > room.until:
            return
        page = await _sent(room, "GET", "part/", person["session"])
        vote = re.search(r"/learn/questions/[0-9a-f-]+/vote/", page.text)
        answer = re.search(r"/learn/polls/[0-9a-f-]+/answer/", page.text)
        if number % 3 == 0 or not (vote and answer):
            await _acted(room, "questions/", person["session"], {"text": f"Câu hỏi thứ {number}"})
        elif number % 3 == 1:
            await _acted(room, vote[0], person["session"], {"wants": "yes"})
        else:
            await _acted(room, answer[0], person["session"], {"given": str(number % 2)})


async def _acted(room: Room, path: str, key: str, form: dict[str, str]) -> None:
    answer = await _sent(room, "POST", path, key, {"X-CSRFToken": TOKEN}, form)
    if answer.status_code >= 400:
        room.figures.fail("act", f"{answer.status_code} {path}")


async def _sent(
    room: Room,
    method: str,
    path: str,
    key: str,
    headers: Mapping[str, str] = NOTHING,
    form: Mapping[str, str] = NOTHING,
) -> httpx.Response:
    where = path if path.startswith("/") else f"/learn/sessions/{room.session}/{path}"
    body = urlencode(form).encode()
    more = {"content-type": "application/x-www-form-urlencoded"} if form else {}
    return await room.lines.send(
        method, where, {"host": room.lines.server.split("//")[1], "cookie": f"sessionid={key}; csrftoken={TOKEN}",
                        "accept-language": "vi", **more, **headers}, body
    )  # fmt: skip


if __name__ == "__main__":
    run()
