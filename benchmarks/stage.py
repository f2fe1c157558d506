"""A server of its own with a simulated cohort, whose people are signed in already: for storms and load."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from tests.running.installation import Installation

PREPARE = """
import json, time
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from datetime import timedelta
from khue.cli.simulation import people as roll
from khue.domains.academy import api
from khue.domains.people.models import Person

stage = api.open_simulation(api.read_course(settings.CONTENT / "programmes" / {programme!r}), name={name!r},
                            campuses={campuses})
octets = roll.roll({people}, name=stage.name, seed=1, provinces=roll.provinces(settings.CONTENT),
                   places=list(stage.places))
began = time.perf_counter()
api.enrol_from_list(octets, name="l.csv", programme=stage.programme, cohort=stage.cohort, by=None)
enrolled_s = time.perf_counter() - began
store = import_module(settings.SESSION_ENGINE).SessionStore()

def sessions(people):
    rows = []
    for person in people:
        held = {{SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash(),
                 BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]}}
        rows.append(Session(session_key=store._get_new_session_key(), session_data=store.encode(held),
                            expire_date=timezone.now() + timedelta(days=1)))
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]

from khue.domains.academy.models import Enrolment
own = list(Enrolment.objects.filter(cohort=stage.cohort_id).order_by("code").select_related("person"))
trainer = Person.objects.get(username=stage.coordinator)
print(json.dumps({{
    "name": stage.name, "session": str(stage.session_id), "version": str(stage.version_id),
    "cohort": str(stage.cohort_id), "places": [str(place) for place in stage.places.values()],
    "enrolled_s": enrolled_s, "trainer": sessions([trainer])[0],
    "people": [{{"session": key, "place": str(row.place_id)}}
               for key, row in zip(sessions([row.person for row in own]), own)],
}}))
"""


@dataclass
class Stage:
    installation: Installation

    @property
    def server(self) -> str:
        return f"http://127.0.0.1:{self.installation.port}"

    def prepare(self, people: int, *, campuses: int = 4, name: str = "1", programme: str = "ten-minutes") -> Any:
        """Enrols and signs in: what a `Simulation` says, and the web sessions of its people."""
        source = PREPARE.format(people=people, campuses=campuses, name=name, programme=programme)
        return json.loads(self.installation.python(source).splitlines()[-1])

    def cpu(self) -> dict[str, float]:
        """Seconds of the processor that web processes and database have taken."""
        found = {"web": 0.0, "database": 0.0}
        for process in self.installation.everything():
            try:
                part = "database" if "postgres" in process.name() else "web" if _is_web(process) else ""
                times = process.cpu_times()
            except psutil.Error:
                continue
            if part:
                found[part] += times.user + times.system
        return found


def _is_web(process: psutil.Process) -> bool:
    line = " ".join(process.cmdline())
    return "granian" in line or "spawn_main" in line


@contextmanager
def served(*, web: int = 2) -> Iterator[Stage]:
    with TemporaryDirectory(prefix="khue-stage-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        installation = Installation(Path(folder) / "home", KHUE_WEB_PROCESSES=str(web))
        try:
            installation.up().wait_for("documents added", 400)
            yield Stage(installation)
        finally:
            installation.stop()
