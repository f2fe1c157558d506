"""Planned, running, closed: by its dates, or because somebody said so; and what each takes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from khue.domains.academy.actions import attempts, attendance, cohorts, enrolments, invitations, sessions, walk_ins
from khue.domains.academy.actions.attendance import Scan
from khue.domains.academy.actions.cohorts import CohortClosed
from khue.domains.academy.models import Cohort
from khue.domains.academy.rules.attendance import Way
from khue.domains.academy.rules.cohorts import CohortState, state_on
from khue.domains.academy.tests.quizzing.quiz import cohort_of, sitting_of
from khue.domains.people.api import actor_of
from khue.kernel.clock import now, today
from khue.kernel.errors import NotAllowed

PLANNED, RUNNING, CLOSED = CohortState.PLANNED, CohortState.RUNNING, CohortState.CLOSED
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 3, 1), PLANNED),
        (FIRST, RUNNING),
        (LAST, RUNNING),
        (date(2026, 4, 5), RUNNING),
        (date(2026, 4, 6), CLOSED),
    ],
)
def test_by_its_dates_alone(on, state):
    assert state_on(on, starts_on=FIRST, ends_on=LAST) is state


@pytest.mark.parametrize(
    ("decided", "decided_on", "on", "state"),
    [
        (RUNNING, date(2026, 2, 20), date(2026, 2, 21), RUNNING),
        (RUNNING, date(2026, 2, 20), date(2026, 4, 6), CLOSED),
        (CLOSED, date(2026, 3, 7), date(2026, 3, 8), CLOSED),
        (RUNNING, date(2026, 5, 1), date(2026, 5, 31), RUNNING),
        (RUNNING, date(2026, 5, 1), date(2026, 6, 1), CLOSED),
    ],
    ids=["begun early", "closes all the same", "closed early", "opened again", "for thirty days"],
)
def test_what_somebody_decided(decided, decided_on, on, state):
    assert state_on(on, starts_on=FIRST, ends_on=LAST, decided=decided, decided_on=decided_on) is state


def dated(cohort: Cohort, days: int) -> Cohort:
    """Nobody has decided anything; it begins so many days from today and lasts five."""
    cohort.decided, cohort.decided_at = "", None
    cohort.starts_on = today() + timedelta(days=days)
    cohort.ends_on = cohort.starts_on + timedelta(days=4)
    cohort.save()
    return cohort


def decide(chi, cohort: Cohort, state: str) -> CohortState:
    assert chi.post(reverse("academy:cohort-decide", args=[cohort.pk]), {"state": state}).status_code == 302
    cohort.refresh_from_db()
    return cohort.state


def test_begun_early_closed_and_opened_again_on_its_page(cast, chi, cohort):
    page = reverse("academy:cohort", args=[dated(cohort, 7).pk])
    assert 'value="running"' in chi.get(page).text and cohort.state is PLANNED
    assert decide(chi, cohort, "running") is RUNNING
    assert 'value="closed"' in chi.get(page).text
    assert decide(chi, cohort, "closed") is CLOSED
    text = chi.get(page).text
    assert 'value="running"' in text and reverse("academy:cohort-list", args=[cohort.pk]) not in text
    assert decide(chi, cohort, "running") is RUNNING
    assert cohort.decided_by == cast.chi


def test_a_decision_that_changes_nothing_is_none(chi, cohort):
    assert decide(chi, dated(cohort, -1), "running") is RUNNING
    assert cohort.decided == ""


def test_only_those_who_run_it_decide(cast, cohort):
    with pytest.raises(NotAllowed):
        cohorts.decide(by=actor_of(cast.binh.pk), cohort=cohort, state=CLOSED)


def test_its_participants_are_told(client, cast, cohort, session, seat_of_an):
    client.force_login(cast.an, backend="khue.domains.people.adapters.PasswordBackend")
    days = reverse("academy:days")
    dated(cohort, 7)
    assert "Bạn có thể đọc trước" in client.get(days).text
    dated(cohort, -60)
    text = client.get(days).text
    assert "Khóa đã đóng" in text and reverse("academy:here") not in text.split("<main")[1]


def test_closed_it_takes_nothing_more(cast, cohort, session, place, seat_of_an):
    dated(cohort, -60)
    scanned = Scan(session.pk, place.pk, now(), Way.QR)
    newcomer = walk_ins.Newcomer(key=uuid4(), name="Đỗ Thị Đào", province="Huế", place=place)
    session.refresh_from_db()
    place.refresh_from_db()
    acts = [
        lambda: attendance.check_in(by=actor_of(cast.an.pk), scanned=scanned, device=""),
        lambda: walk_ins.enter(by=None, cohort=cohort, newcomer=newcomer),
        lambda: enrolments.take(by=None, cohort=cohort, octets=b"Ho ten\nAn\n", name="list.csv"),
        lambda: invitations.slips(by=None, cohort=cohort, address="https://khue.example/join/"),
        lambda: sessions.equip(by=None, place=place, room="A", link=""),
        lambda: sessions.cancel(by=None, session=session, cancelled=True),
    ]
    for act in acts:
        with pytest.raises(CohortClosed):
            act()


def test_no_attempt_begins_but_one_that_runs_goes_on(cast):
    sitting, by = sitting_of(cast), actor_of(cast.an.pk)
    running = attempts.start(by=by, sitting=sitting, number=1)
    dated(cohort_of(cast), -60)
    sitting.refresh_from_db()
    assert attempts.start(by=by, sitting=sitting, number=1) == running
    attempts.finish(by=by, attempt_id=running.pk)
    with pytest.raises(CohortClosed):
        attempts.start(by=by, sitting=sitting, number=2)
