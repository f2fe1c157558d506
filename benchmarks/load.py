"""Pages under the load profiles of Moodle’s generator (enrolled / simultaneous), and their growth with the enrolled."""

import asyncio
import json
import os
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import results
from benchmarks.stage import Stage, served
from khue.cli.simulation.figures import Figures, percentile
from khue.gateway.browser import Browser, Connections, Lost, NoSuchForm

# enrolled, at the same time
PROFILES = {"XS": (1, 1), "S": (100, 30), "M": (1_000, 100), "L": (10_000, 1_000)}
WANTED = os.environ.get("LOAD_PROFILES", "XS,S,M,L").split(",")
LASTS_S = float(os.environ.get("LOAD_SECONDS", "60"))
# mean time for which somebody reads a page before the next
READS_S = 10.0
GROWTH = (100, 1_000, 10_000)
PAGES = """
import json, time, statistics
import django; django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
found = {{}}
for who, session, paths in {asked!r}:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        # counted now: the next request empties what was captured
        statements, times = len(queries), []
        for _time in range(9):
            began = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - began) * 1000)
        found[f"{{who}}: {{path}}"] = [statements, statistics.median(times), len(answer.content)]
print(json.dumps(found))
"""
NOTES = """
"At the same time": so many people, each of whom reads a page for {reads:.0f} s in the mean (at chance) before the next
one, for {lasts:.0f} s: home, my days, programmes, the programme, a topic with its place kept, the check-in page, a
quiz begun, answered and looked over. Signed in before. The server has two web processes; the play ran on the same two
cores, and what it took of them is in the table: without it the server would have had more.
"""
GROWTH_NOTES = """
The same pages with one cohort of so many at four campuses; each asked for alone, in one process, the median of nine.
Pages that list everybody grow with the list itself.
"""


@dataclass
class Ran:
    figures: Figures
    seconds: float
    client_s: float
    cpu: dict[str, float]

    @property
    def times(self) -> list[float]:
        return [one for times in self.figures.times.values() for one in times]


def run() -> None:
    with served() as stage:
        cohorts = {count: _opened(stage, count) for count in sorted({*GROWTH, *(PROFILES[name][0] for name in WANTED)})}
        ran = {name: _under(stage, cohorts[PROFILES[name][0]], PROFILES[name][1]) for name in WANTED}
        grown = {count: _asked_alone(stage, cohorts[count]) for count in GROWTH}
    body = [_profiles(ran), _by_page(ran), NOTES.format(reads=READS_S, lasts=LASTS_S), _growth(grown, cohorts)]
    results.write("load", "Pages under load", "\n\n".join([*body, GROWTH_NOTES]))


def _opened(stage: Stage, count: int) -> Any:
    return stage.prepare(count, name=str(count))


def _profiles(ran: dict[str, Ran]) -> str:
    head = ["profile", "enrolled", "at the same time", "pages", "a second", "errors", "p50 ms", "p95 ms", "longest ms",
            "web ms/page", "database ms/page", "the play ms/page"]  # fmt: skip
    rows = []
    for name, one in ran.items():
        count, times = len(one.times) or 1, one.times
        cost = [one.cpu["web"], one.cpu["database"], one.client_s]
        rows.append([name, *(f"{n:,}" for n in PROFILES[name]), f"{count:,}", f"{count / one.seconds:.1f}",
                     one.figures.failed, *(f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 1.0)),
                     *(f"{seconds / count * 1000:.1f}" for seconds in cost)])  # fmt: skip
    return results.table(head, rows)


def _by_page(ran: dict[str, Ran]) -> str:
    pages = dict.fromkeys(page for one in ran.values() for page in one.figures.times)
    rows = [[page, *(f"{percentile(one.figures.times.get(page, []), 0.95):.0f}" for one in ran.values())]
            for page in pages]  # fmt: skip
    return results.table(["p95 ms of", *ran], rows)


def _growth(grown: dict[int, dict[str, Any]], cohorts: dict[int, Any]) -> str:
    rows = [
        [page, *(f"{one[page][0]} / {one[page][1]:.0f} / {one[page][2] // 1024}" for one in grown.values())]
        for page in next(iter(grown.values()))
    ]
    rows.append(["list of participants taken, s", *(f"{cohorts[count]['enrolled_s']:.1f}" for count in grown)])
    return results.table(["page: queries / ms / KB", *(f"{count:,} enrolled" for count in grown)], rows)


# Load -----------------------------------------------------------------------------------------------


def _under(stage: Stage, prepared: Any, at_once: int) -> Ran:
    before, cpu, began = stage.cpu(), time.process_time(), time.perf_counter()
    figures = asyncio.run(_everybody(stage, prepared, prepared["people"][:at_once]))
    after = stage.cpu()
    return Ran(figures, time.perf_counter() - began, time.process_time() - cpu,
               {part: after[part] - before[part] for part in before})  # fmt: skip


async def _everybody(stage: Stage, prepared: Any, people: Sequence[Any]) -> Figures:
    figures = Figures()
    async with Connections(stage.server, most=256) as lines:
        until = time.monotonic() + LASTS_S
        readers = (
            _Reader(Browser(lines, figures.hear, cookies={"sessionid": one["session"]}), prepared, figures, until, seed)
            for seed, one in enumerate(people)
        )
        await asyncio.gather(*(reader.read() for reader in readers))
    return figures


class _Over(Exception):
    """The time is up."""


@dataclass
class _Reader:
    browser: Browser
    prepared: Any
    figures: Figures
    until: float
    seed: int

    async def read(self) -> None:
        self.chance = random.Random(self.seed)
        try:
            await self._sleep(self.chance.random() * READS_S)
            while True:
                await self._round()
        except _Over:
            return

    async def _round(self) -> None:
        try:
            for path, name in (("/", "home"), ("/learn/days/", "my days"), ("/learn/programmes/", "programmes")):
                await self._get(path, name)
            programme = await self._get(f"/learn/programmes/{self.prepared['version']}/", "programme")
            await self._get("/learn/here/", "check-in page")
            topics = [path for path in programme.links(f"{programme.path}topics/") if path.count("/") == 6]
            topic = await self._get(self.chance.choice(topics), "topic")
            await self.browser.post_script(f"{topic.path}reach/", "place kept", {"section": ["2"]})
            for address in topic.links("/learn/activities/"):
                await self._quiz(address)
        except (Lost, NoSuchForm, LookupError) as error:
            if not isinstance(error, Lost):
                self.figures.fail("page", f"{type(error).__name__} {error}")
            await self._sleep(1)

    async def _quiz(self, address: str) -> None:
        start = await self._get(address, "activity: page")
        going_on = start.links("/learn/attempts/")
        running = [path for path in going_on if path.count("/") == 4 and "result" not in path]
        if running:
            attempt = await self._get(running[0], "quiz: page")
        elif 'name="number"' in start.text:
            attempt = await self.browser.submit(start, "quiz: begin")
        else:
            return
        form = attempt.form("/answers/")
        for position in form.fields.get("has", []):
            await self._pause()
            mine = {k: [self.chance.choice(v)] for k, v in form.choices.items() if re.match(rf"a{position}(-|$)", k)}
            await self.browser.post_script(form.action, "quiz: answer", {"has": [position]} | mine)
        await self._get(f"{attempt.path}review/", "quiz: look over")

    async def _get(self, path: str, name: str) -> Any:
        page = await self.browser.get(path, name)
        await self._pause()
        return page

    async def _pause(self) -> None:
        await self._sleep(min(self.chance.expovariate(1 / READS_S), 4 * READS_S))

    async def _sleep(self, seconds: float) -> None:
        left = self.until - time.monotonic()
        await asyncio.sleep(max(0.0, min(seconds, left)))
        if seconds >= left:
            raise _Over


# Growth ---------------------------------------------------------------------------------------------


def _asked_alone(stage: Stage, prepared: Any) -> dict[str, Any]:
    """Page (without identifiers) → queries, ms, octets."""
    session, cohort, place = prepared["session"], prepared["cohort"], prepared["places"][0]
    own = ["/", "/learn/days/", "/learn/programmes/", f"/learn/programmes/{prepared['version']}/", "/learn/here/"]
    kept = [f"/learn/cohorts/{cohort}/", f"/learn/sessions/{session}/", f"/learn/sessions/{session}/places/{place}/",
            f"/learn/sessions/{session}/places/{place}/sheet/", "/learn/cohorts/"]  # fmt: skip
    asked = [("participant", prepared["people"][0]["session"], own), ("coordinator", prepared["trainer"], kept)]
    told = json.loads(stage.installation.python(PAGES.format(asked=asked)).splitlines()[-1])
    return {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", page): figures for page, figures in told.items()}


if __name__ == "__main__":
    run()
