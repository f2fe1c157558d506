"""Many people answer a quiz at once, through HTTP against a real server that is killed in between.

Each does what the page's script does: keeps an answer until the server has said that it is saved, and sends it again
when the line drops.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.running.installation import Installation

from khue.gateway.browser import Connections, Lost

TOKEN = "k" * 32
# as the page's script does
PAUSE_S = 1.0

PREPARE = """
import json
from datetime import date
import django; django.setup()
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from khue.domains.academy import api
from khue.domains.academy.actions import attempts, cohorts, quizzes
from khue.domains.academy.models import Activity, Enrolment, ProgrammeVersion
from khue.domains.people.api import actor_of
from khue.domains.people.models import Membership, Organisation, Person

place = Organisation.objects.create(slug="bao", kind="academy", names={{"vi": "Học viện"}}, path="bao/")
loaded = api.load(api.read_course(settings.CONTENT / "programmes" / "ten-minutes"), by=None, organisation_id=place.pk)
version = ProgrammeVersion.objects.get(pk=loaded.version_id)
cohort = cohorts.create(by=None, version=version, organisation_id=place.pk, slug="bao", names={{"vi": "Bão"}},
                        starts_on=date.today())
activity = Activity.objects.filter(version=version, kind="quiz").first()
sitting = quizzes.sitting(quizzes.from_activity(activity), cohort)
out = []
for number in range({people}):
    person = Person.objects.create(username=f"bao-{{number}}", full_name=f"Học viên {{number}}", is_active=True)
    person.set_unusable_password(); person.save()
    Membership.objects.create(person=person, organisation=place, role="participant")
    Enrolment.objects.create(cohort=cohort, person=person)
    attempt = attempts.start(by=actor_of(person.pk), sitting=sitting, number=1)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    fields = [(a.position, a.item.kind) for a in attempt.answers.select_related("item")]
    out.append({{"session": session.session_key, "attempt": str(attempt.pk), "questions": fields}})
print(json.dumps(out))
"""
COUNT = """
import json
import django; django.setup()
from khue.domains.academy.models import Answer, Attempt
rows = Answer.objects.values_list("attempt_id", "position", "serial", "given")
print(json.dumps({"attempts": Attempt.objects.count(),
                  "answers": [[str(a), p, s, g is not None] for a, p, s, g in rows]}))
"""


@dataclass
class Storm:
    """`acknowledged`: (attempt, position) → serial that the server said it saved; milliseconds to each 200."""

    acknowledged: dict[tuple[str, int], int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    failed_tries: int = 0
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def prepare(installation: Installation, people: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(installation.python(PREPARE.format(people=people)).splitlines()[-1])
    return found


def stored(installation: Installation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(installation.python(COUNT).splitlines()[-1])
    return found


def blow(
    installation: Installation,
    people: list[dict[str, Any]],
    *,
    per_second: float,
    then: Callable[[], None] | None = None,
) -> Storm:
    """Every question of everyone, in an order of chance; `then` is done when half has been sent."""
    with ThreadPoolExecutor(1) as alone:  # the caller's thread may have a loop already, as Playwright's does
        return alone.submit(asyncio.run, _blow(installation, people, per_second, then)).result()


async def _blow(
    installation: Installation, people: list[dict[str, Any]], per_second: float, then: Callable[[], None] | None
) -> Storm:
    storm, jobs = Storm(), [(person, question) for person in people for question in person["questions"]]
    random.Random(1).shuffle(jobs)
    started, waiting = time.monotonic(), []
    async with Connections(f"http://127.0.0.1:{installation.port}", most=64, timeout_s=20) as lines:
        for number, (person, (position, kind)) in enumerate(jobs):
            await asyncio.sleep(max(0.0, started + number / per_second - time.monotonic()))
            waiting.append(asyncio.create_task(_answer(lines, storm, person, position, kind)))
            if then and number == len(jobs) // 2:
                await asyncio.to_thread(then)
        await asyncio.gather(*waiting)
    storm.seconds = time.monotonic() - started
    return storm


async def _answer(lines: Connections, storm: Storm, person: dict[str, Any], position: int, kind: str) -> None:
    serial, begun = int(time.time() * 1000), time.monotonic()
    form = {"has": str(position), "serial": str(serial)} | _fields(position, kind)
    headers = {
        "accept": "application/json",
        "content-type": "application/x-www-form-urlencoded",
        "x-csrftoken": TOKEN,
        "cookie": f"sessionid={person['session']}; csrftoken={TOKEN}",
    }
    path, body = f"/learn/attempts/{person['attempt']}/answers/", urlencode(form).encode()
    while True:
        try:
            said = await lines.send("POST", path, headers, body)
        except Lost:
            said = None
        if said is not None and said.status_code == 200:
            storm.milliseconds.append((time.monotonic() - begun) * 1000)
            storm.acknowledged[person["attempt"], position] = serial
            return
        if said is not None and said.status_code < 500:
            storm.refused.append(f"{said.status_code} {said.text[:200]}")
            return
        storm.failed_tries += 1
        await asyncio.sleep(PAUSE_S)


def _fields(position: int, kind: str) -> dict[str, str]:
    if kind in {"ordering", "matching"}:
        return {f"a{position}-1": "1", f"a{position}-2": "2"}
    return {f"a{position}": "1"}
