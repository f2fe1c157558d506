"""Labs: 200 submissions with automatic checks, handed in and checked by the job queue, in a database of its own that is
dropped afterwards; the same with checks that hang; and the grading queue with few and with many that wait."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import results

PEOPLE = int(os.environ.get("KHUE_BENCH_SUBMISSIONS", "200"))
LAB = ("ai-for-public-governance", "find-and-cite")
WORKERS = 2
GOAL_S = 120
SENTENCES = [
    "7 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.",
    "Đăng ký trực tiếp: 20.000 đồng cho một lần đăng ký.",
    "Đăng ký trực tuyến: 10.000 đồng cho một lần đăng ký.",
]
NOTE = "Theo tài liệu Đăng ký thường trú: 7 ngày làm việc, trực tiếp 20.000 đồng, trực tuyến 10.000 đồng."


def run() -> None:
    from khue.cli.session import session

    rows: list[tuple[str, str]] = []
    with session(), _database_of_its_own():
        place = _Place()
        sys.stderr.write(f"  {PEOPLE} hand in\n")
        took = _timed(lambda: place.hand_in(range(PEOPLE)))
        rows.append((f"{PEOPLE} submissions handed in and frozen, seconds", f"{took:.1f}"))
        rows += place.queue_figures(PEOPLE)
        sys.stderr.write("  checked\n")
        rows += place.checked(f"{PEOPLE} submissions, {place.checks} checks each, seconds until all are checked")
        sys.stderr.write("  with checks that hang\n")
        place.let_hang()
        place.hand_in(range(PEOPLE, 2 * PEOPLE))
        rows += place.checked(f"{PEOPLE} more, with a check besides that hangs at every 25th call, seconds")
    body = f"{results.table(('what', 'figure'), rows)}\n\n{' '.join(NOTES.format(goal=GOAL_S).split())}"
    results.write("labs", "Labs", body)


NOTES = """The lab is find-and-cite of the shipped programme with all of its checks; each participant hands in a
conversation of three questions and a note, stored as the library stores them (no model takes part: what is measured
is handing in and checking). Goal: 200 within {goal} s on 2 cores. Checks are taken from the job queue by two workers
of one process, each check in a child with limits of time and memory and without network; a check that hangs is stopped
after 10 s. "Could not be checked" are exactly the checks that hang: everything else has its result."""


def _timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


@contextmanager
def _database_of_its_own() -> Iterator[None]:
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.creation.destroy_test_db(name, verbosity=0)


class _Place:
    """An academy with a cohort of the programme, and its lab."""

    def __init__(self) -> None:
        from django.conf import settings

        from khue.domains.academy import api
        from khue.domains.academy.models import Activity, Cohort, ProgrammeVersion
        from khue.domains.people import api as people
        from khue.kernel import clock

        people.create_administrator(username="giang", full_name="Giang", email="g@example.org", organisation="hv")
        self.organisation_id = people.organisation_id("hv")
        self.by = people.operator("giang")
        course = api.read_course(settings.CONTENT / "programmes" / LAB[0])
        loaded = api.load(course, by=None, organisation_id=self.organisation_id)
        slug = api.open_cohort(
            loaded.version_id,
            by=None,
            organisation_id=self.organisation_id,
            name="Khóa đo",
            starts_on=clock.today(),
        )
        self.cohort = Cohort.objects.get(slug=slug)
        self.lab = Activity.objects.get(version=loaded.version_id, key=LAB[1])
        assert ProgrammeVersion.objects.filter(pk=loaded.version_id).exists()

    @property
    def checks(self) -> int:
        return len(self.lab.definition["checks"])

    def hand_in(self, numbers: range) -> None:
        from khue.domains.academy.actions import submissions
        from khue.domains.academy.models import Enrolment
        from khue.domains.people import api as people

        newcomers = [people.Newcomer(f"Học viên {n}", f"h{n}@example.org", self.organisation_id) for n in numbers]
        ids = people.create_participants(by=None, newcomers_=newcomers)
        Enrolment.objects.bulk_create(Enrolment(cohort=self.cohort, person_id=pk) for pk in ids)
        for pk in ids:
            by = people.actor_of(pk)
            draft = submissions.begin(by=by, cohort=self.cohort, activity=self.lab)
            chosen = submissions.Draft(note=NOTE, chosen=[("conversation", _conversation(by))])
            submissions.save(by=by, submission_id=draft.pk, draft=chosen)
            submissions.hand_in(by=by, submission_id=draft.pk)

    def let_hang(self) -> None:
        """The lab gets one check more, which hangs now and then."""
        from khue.domains.academy.queries import notes
        from khue.kernel.artefacts import Check

        name = "khue.domains.academy.tests.labs.faulty:hangs_now_and_then"
        notes.CHECKS = {**notes.CHECKS, "hangs": Check(name, "", str)}  # type: ignore[arg-type]
        every = {"key": "hangs", "kind": "hangs", "names": {"vi": "Treo"}, "settings": {}}
        self.lab.definition = {**self.lab.definition, "checks": [every, *self.lab.definition["checks"]]}
        self.lab.save()

    def checked(self, words: str) -> list[tuple[str, str]]:
        from khue.domains.academy.models import CheckResult, Submission
        from khue.kernel import jobs

        before = CheckResult.objects.count()
        took = _timed(lambda: jobs.work(at_once=WORKERS, until_empty=True))
        made = CheckResult.objects.count() - before
        waiting = Submission.objects.filter(checked_at=None).exclude(state="draft").count()
        newest = CheckResult.objects.order_by("-created_at")[:made]
        outcomes = [result.outcome for result in newest]
        counted = " / ".join(str(outcomes.count(one)) for one in ("passed", "failed", "unknown"))
        return [
            (words, f"{took:.1f}"),
            ("results: met / not met / could not be checked / submissions without", f"{counted} / {waiting}"),
            ("load of the machine meanwhile", f"{os.getloadavg()[0]:.1f}"),
        ]

    def queue_figures(self, many: int) -> list[tuple[str, str]]:
        from khue.domains.academy.models import Submission

        everything = list(Submission.objects.values_list("pk", flat=True))
        few = self._queue()
        Submission.objects.filter(pk__in=everything[10:]).update(state="superseded")
        ten = self._queue()
        Submission.objects.filter(pk__in=everything).update(state="handed-in")
        return [
            (f"grading queue with {many} that wait, queries / ms", few),
            ("grading queue with 10 that wait, queries / ms", ten),
        ]

    def _queue(self) -> str:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from khue.domains.academy.queries import grading

        with CaptureQueriesContext(connection) as queries:
            took = _timed(lambda: grading.queue(self.by))
        return f"{len(queries)} / {took * 1000:.0f}"


def _conversation(by: Any) -> Any:
    from khue.domains.knowledge.models import Conversation, Exchange

    made = Conversation.objects.create(owner_id=by.person_id, organisation_id=by.organisation_id, title="Thường trú")
    Exchange.objects.bulk_create(
        Exchange(
            conversation=made,
            position=position,
            question=f"Câu hỏi thứ {position + 1} về đăng ký thường trú?",
            language="vi",
            status="answered",
            answer=text,
            zone="machine",
            sentences=[{"text": text, "supported": True, "reason": "", "quoted": True, "citations": [_cited(text)]}],
        )
        for position, text in enumerate(SENTENCES)
    )
    return made.pk


def _cited(text: str) -> dict[str, Any]:
    document = "01900000-0000-7000-8000-000000000001"
    return {"document": document, "title": "Đăng ký thường trú", "page": None, "quote": text, "start": 0, "n": 1}
