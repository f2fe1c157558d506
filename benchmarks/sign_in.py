"""A whole room signs in at once: with passwords as they are kept now, and as they were kept before."""

import asyncio
import json
import os
import time
from dataclasses import dataclass
from typing import Any

from benchmarks import results
from benchmarks.stage import Stage, served
from khue.cli.simulation.figures import Figures, percentile
from khue.gateway.browser import Browser, Connections, Lost, NoSuchForm

PEOPLE = int(os.environ.get("SIGN_IN_PEOPLE", "65"))
PASSWORD = "mot-mat-khau-cua-rieng-toi"
NOW, BEFORE = "Argon2id", "PBKDF2, as before; each is made anew as its person signs in"
GIVE = """
import json, time
import django; django.setup()
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from khue.domains.academy.models import Enrolment
from khue.domains.people.models import Person
began = time.process_time()
kept = PBKDF2PasswordHasher().encode({password!r}, "muoi") if {before} else make_password({password!r})
took = time.process_time() - began
own = Enrolment.objects.filter(cohort={cohort!r})
Person.objects.filter(pk__in=own.values("person")).update(password=kept, password_expires_at=None)
print(json.dumps([took * 1000, list(own.values_list("person__username", flat=True))]))
"""
NOTE = """
{people} people press "sign in" at the same moment, each with a browser of their own; a sign-in is over when the first
page is there. One hash, alone, in milliseconds of the processor. Two web processes; the play ran on the same two cores.
Argon2id with 19 MiB, two passes and one lane, as the OWASP Password Storage Cheat Sheet asks for at least.
"""


@dataclass
class Ran:
    figures: Figures
    seconds: float
    hash_ms: float
    web_s: float


def run() -> None:
    with served() as stage:
        prepared = stage.prepare(PEOPLE)
        ran = {name: _together(stage, prepared, before=name == BEFORE) for name in (BEFORE, NOW)}
    rows = [_row(name, one) for name, one in ran.items()]
    head = ["passwords kept as", "signed in", "errors", "one hash ms", "web ms/sign-in", "sign-ins/s", "p50 ms",
            "p95 ms", "last in after s"]  # fmt: skip
    errors = [line for one in ran.values() for line in one.figures.errors[:5]]
    body = [results.table(head, rows), *errors, NOTE.format(people=PEOPLE)]
    results.write("sign_in", "A room signs in", "\n\n".join(body))


def _row(name: str, one: Ran) -> list[object]:
    times = one.figures.times["sign in"]
    return [
        name, len(times), one.figures.failed, f"{one.hash_ms:.0f}", f"{one.web_s / (len(times) or 1) * 1000:.0f}",
        f"{len(times) / one.seconds:.1f}", *(f"{percentile(times, share):.0f}" for share in (0.5, 0.95)),
        f"{one.seconds:.1f}",
    ]  # fmt: skip


def _together(stage: Stage, prepared: Any, *, before: bool) -> Ran:
    source = GIVE.format(password=PASSWORD, before=before, cohort=prepared["cohort"])
    hash_ms, names = json.loads(stage.installation.python(source).splitlines()[-1])
    figures, web, began = Figures(), stage.cpu()["web"], time.perf_counter()
    asyncio.run(_all(stage, figures, names))
    return Ran(figures, time.perf_counter() - began, hash_ms, stage.cpu()["web"] - web)


async def _all(stage: Stage, figures: Figures, names: list[str]) -> None:
    async with Connections(stage.server, most=len(names)) as lines:
        await asyncio.gather(*(_sign_in(Browser(lines), figures, name) for name in names))


async def _sign_in(browser: Browser, figures: Figures, name: str) -> None:
    try:
        form = await browser.get("/accounts/login/", "form")
        page = await browser.submit(form, "sign in", more={"login": name, "password": PASSWORD})
    except (Lost, NoSuchForm) as error:
        return figures.fail("sign in", str(error))
    if page.path != "/":
        return figures.fail("sign in", f"{page.status} {page.path}")
    figures.times["sign in"].append(page.ms)


if __name__ == "__main__":
    run()
