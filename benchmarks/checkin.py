"""A thousand people at four campuses scan within a minute: is anybody lost or noted twice, and who waits how long?"""

import asyncio
import os
import random
import time
from typing import Any

from benchmarks import results
from benchmarks.stage import Stage, served
from khue.cli.simulation.figures import Figures, percentile
from khue.cli.simulation.trainer import CODE, FRESH_S
from khue.gateway.browser import Browser, Connections, Lost, Page

PEOPLE = int(os.environ.get("CHECKIN_PEOPLE", "1000"))
CAMPUSES = 4
WITHIN_S = 60.0
COUNT = """
import json, django; django.setup()
from django.db.models import Count
from khue.domains.academy.models import Attendance
rows = Attendance.objects.filter(session={session!r})
twice = rows.values("enrolment").annotate(times=Count("pk")).filter(times__gt=1).count()
print(json.dumps([rows.count(), twice]))
"""
NOTE = """
{people} people at {campuses} campuses, each at a moment of chance within {within:.0f} s, signed in before on a
telephone of their own. "Scan": the address of the QR and the page that it leads to; "I am here": the form of that page
and the page that says that one is noted; each time with its redirect. Every {every}th form is sent twice at the same
moment, as an impatient finger does. The codes are read from the trainer's screens, which change every 20 s. Two web
processes; the play ran on the same two cores and took {client:.1f} ms of the processor a request, the web processes
{web:.1f}, the database {database:.1f}.
"""
TWICE_EVERY = 10


def run() -> None:
    with served() as stage:
        prepared = stage.prepare(PEOPLE, campuses=CAMPUSES)
        before, began = stage.cpu(), time.process_time()
        figures, confirmed = asyncio.run(_storm(stage, prepared))
        client, after = time.process_time() - began, stage.cpu()
        stored, twice = _count(stage, prepared)
    requests = sum(len(times) for times in figures.times.values()) * 2
    rows = [[name, len(times), figures.wrong.get(name, 0), *_spread(times)] for name, times in figures.times.items()]
    facts = [
        ("told that they are noted", confirmed),
        ("noted in the database", stored),
        ("lost", confirmed - stored),
        ("double", twice),
        ("errors", figures.failed),
    ]
    note = NOTE.format(
        people=PEOPLE, campuses=CAMPUSES, within=WITHIN_S, every=TWICE_EVERY, client=client / requests * 1000,
        **{part: (after[part] - before[part]) / requests * 1000 for part in before},
    )  # fmt: skip
    head = ["action", "times", "errors", "p50 ms", "p95 ms", "longest ms"]
    body = [results.table(["what", "figure"], facts), results.table(head, rows), *map(str, figures.errors[:5]), note]
    results.write("checkin", "Check-in storm", "\n\n".join(body))


def _spread(times: list[float]) -> list[str]:
    return [f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 1.0)]


def _count(stage: Stage, prepared: Any) -> tuple[int, int]:
    source = COUNT.format(session=prepared["session"])
    stored, twice = stage.installation.python(source).splitlines()[-1].strip("[]").split(",")
    return int(stored), int(twice)


async def _storm(stage: Stage, prepared: Any) -> tuple[Figures, int]:
    figures, chance = Figures(), random.Random(1)
    async with Connections(stage.server, most=200) as lines:
        screens = Screens(prepared, Browser(lines, figures.hear, cookies={"sessionid": prepared["trainer"]}))
        moments = sorted(chance.random() * WITHIN_S for _person in prepared["people"])
        people = list(enumerate(prepared["people"]))
        chance.shuffle(people)
        done = await asyncio.gather(
            *(
                _scan(figures, screens, Browser(lines, figures.hear, cookies={"sessionid": person["session"]}), person,
                      number, moment)
                for (number, person), moment in zip(people, moments, strict=True)
            )
        )  # fmt: skip
    return figures, sum(done)


async def _scan(
    figures: Figures, screens: "Screens", telephone: Browser, person: Any, number: int, moment: float
) -> bool:
    await asyncio.sleep(moment)
    began = time.perf_counter()
    try:
        address = f"/learn/here/{screens.session}/{person['place']}/{await screens.code(person['place'])}/"
        page = await telephone.get(address, "scan")
        sent = [telephone.submit(page, "I am here") for _time in range(2 if number % TWICE_EVERY == 0 else 1)]
        there: list[Page] = list(await asyncio.gather(*sent))
    except (Lost, LookupError) as error:
        figures.fail("scan", str(error))
        return False
    figures.times["from the scan to being noted"].append((time.perf_counter() - began) * 1000)
    return any(page.is_good and page.path.count("/") == 4 for page in there)


class Screens:
    """What the screens of all places show, looked at again before it is stale."""

    def __init__(self, prepared: Any, browser: Browser) -> None:
        self.session, self.browser = prepared["session"], browser
        self.seen: dict[str, tuple[float, str]] = {}
        self.looking = asyncio.Lock()

    async def code(self, place: str) -> str:
        async with self.looking:
            at, code = self.seen.get(place, (0.0, ""))
            if time.monotonic() - at > FRESH_S:
                page = await self.browser.get(f"/learn/sessions/{self.session}/places/{place}/", "trainer’s screen")
                found = CODE.search(page.text)
                code = found[1] if found else ""
                self.seen[place] = (time.monotonic(), code)
        return code


if __name__ == "__main__":
    run()
