"""Starting, saving and handing in, with everything that goes wrong on the way."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from khue.domains.academy.actions import attempts, quizzes
from khue.domains.academy.actions.attempts import AttemptOver, BadMark, NoAttemptLeft, NotOpen
from khue.domains.academy.models import Answer, Attempt, Notice, NoticeKind
from khue.domains.academy.quizzing import showing
from khue.domains.academy.tests.quizzing.quiz import sitting_of
from khue.domains.people.api import actor_of
from khue.kernel import clock
from khue.kernel.errors import NotAllowed


@pytest.fixture
def sitting(cast):
    return sitting_of(cast, time_limit=10, attempts=2)


@pytest.fixture
def an(cast):
    return actor_of(cast.an.pk)


@pytest.fixture
def later(monkeypatch):
    """later(minutes=10): the server's clock goes on by so much."""
    real = clock.now

    def go_on(**by: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(**by))

    return go_on


def fields(answer: Answer, right: Any) -> dict[str, list[str]]:
    """The form that says `right`, in the numbers that the page shows for this attempt."""
    item, seed, name = answer.item.item, answer.attempt.seed, f"a{answer.position}"
    if isinstance(right, str):
        return {name: [right]}
    if isinstance(right, dict):
        rights = showing._rights(item.body, item, seed)
        numbers = {entry.key: number for number, entry in enumerate(rights, 1)}
        return {f"{name}-{n}": [str(numbers[right[left.key]])] for n, left in enumerate(item.body.lefts, 1)}
    if item.kind == "ordering":
        entries = showing._entries(item.body, item, seed)
        return {f"{name}-{n}": [str(right.index(entry.key) + 1)] for n, entry in enumerate(entries, 1)}
    options = showing._options(item.body, item, seed)
    return {name: [str(n) for n, option in enumerate(options, 1) if option.key in right]}


RIGHT = {
    "portal-name": ["a"],
    "personal-data": ["a", "b"],
    "innovation-steps": ["o1", "o2", "o3", "o4"],
    "who-does-what": {"l1": "r1", "l2": "r2", "l3": "r3"},
    "distance": "1,2345 km",
    "capital": "hoa lư",
    "own-office": "Trả lời câu hỏi thường gặp.",
}


def answer_all(an, attempt, serial=1, **instead):
    form, positions = {}, []
    for answer in attempt.answers.select_related("item"):
        answer.attempt = attempt
        form |= fields(answer, instead.get(answer.item.key.replace("-", "_"), RIGHT[answer.item.key]))
        positions.append(answer.position)
    return attempts.save(by=an, attempt_id=attempt.pk, form=form, positions=positions, serial=serial, language="vi")


def test_everything_right_but_the_essay_waits(an, sitting):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt)
    done = attempts.finish(by=an, attempt_id=attempt.pk)
    assert (done.points, done.most_points, done.waiting) == (7, 12, 1)
    assert {answer.item.key: answer.given for answer in attempt.answers.select_related("item")} == RIGHT


def test_the_same_start_twice_is_one_attempt_and_so_is_a_second_window(an, sitting):
    first = attempts.start(by=an, sitting=sitting, number=1)
    assert attempts.start(by=an, sitting=sitting, number=1) == first
    assert attempts.start(by=an, sitting=sitting, number=2) == first
    attempts.finish(by=an, attempt_id=first.pk)
    # the first form, sent once more after all: no second attempt is used up
    assert attempts.start(by=an, sitting=sitting, number=1) == first
    assert Attempt.objects.count() == 1


def test_a_closed_browser_goes_on_where_it_was(an, sitting):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    name = attempt.answers.get(item__key="capital").position
    attempts.save(
        by=an, attempt_id=attempt.pk, form={f"a{name}": ["Hoa Lư"]}, positions=[name], serial=1, language="vi"
    )
    again = attempts.start(by=an, sitting=sitting, number=1)
    assert again.answers.get(item__key="capital").given == "Hoa Lư"
    assert [a.item_id for a in again.answers.all()] == [a.item_id for a in attempt.answers.all()]


def test_what_was_sent_earlier_never_replaces_what_was_sent_later(an, sitting):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt, serial=200)
    answer_all(an, attempt, serial=100, capital="Huế")
    answer_all(an, attempt, serial=200, capital="Huế")
    assert attempt.answers.get(item__key="capital").given == "hoa lư"
    answer_all(an, attempt, serial=201, capital="Huế")
    assert attempt.answers.get(item__key="capital").given == "Huế"


def test_handing_in_twice_counts_once_and_closes(an, sitting):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt)
    first = attempts.finish(by=an, attempt_id=attempt.pk).finished_at
    assert attempts.finish(by=an, attempt_id=attempt.pk).finished_at == first
    with pytest.raises(AttemptOver):
        answer_all(an, attempt, serial=9)


def test_the_limit_is_the_servers_with_a_grace_for_a_dropped_line(an, sitting, later):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    later(minutes=10, seconds=20)
    assert attempts.settle(Attempt.objects.all()) == 0
    answer_all(an, attempt)
    later(minutes=10, seconds=31)
    with pytest.raises(AttemptOver):
        answer_all(an, attempt, serial=2, capital="Huế")
    assert attempts.settle(Attempt.objects.all()) == 1
    attempt.refresh_from_db()
    assert attempt.finished_at == attempt.due_at and attempt.points == 7
    assert attempts.settle(Attempt.objects.all()) == 0


def test_the_end_of_the_sitting_ends_the_attempt(an, sitting):
    now = clock.now()
    quizzes.set_times(by=None, sitting=sitting, opens_at=None, closes_at=now + timedelta(minutes=3))
    assert attempts.start(by=an, sitting=sitting, number=1).due_at == sitting.closes_at


@pytest.mark.parametrize(("opens", "closes"), [(5, None), (None, -5), (-10, -5)])
def test_not_before_it_opens_nor_after_it_closes(an, sitting, opens, closes):
    now = clock.now()
    times = {
        "opens_at": opens and now + timedelta(minutes=opens),
        "closes_at": closes and now + timedelta(minutes=closes),
    }
    quizzes.set_times(by=None, sitting=sitting, **times)
    with pytest.raises(NotOpen):
        attempts.start(by=an, sitting=sitting, number=1)


def test_no_more_attempts_than_allowed(an, sitting):
    for number in (1, 2):
        attempts.finish(by=an, attempt_id=attempts.start(by=an, sitting=sitting, number=number).pk)
    with pytest.raises(NoAttemptLeft):
        attempts.start(by=an, sitting=sitting, number=3)


def test_nobody_saves_or_hands_in_for_somebody_else(an, sitting, cast):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    binh = actor_of(cast.binh.pk)
    with pytest.raises(Attempt.DoesNotExist):
        attempts.save(by=binh, attempt_id=attempt.pk, form={}, positions=[1], serial=1, language="vi")
    with pytest.raises(Attempt.DoesNotExist):
        attempts.finish(by=binh, attempt_id=attempt.pk)


def test_what_was_never_offered_is_passed_over(an, sitting):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    wild = {f"a{n}": ["99", "-1", "a", "١", "1\0"] for n in range(1, 8)}
    attempts.save(by=an, attempt_id=attempt.pk, form=wild, positions=range(-3, 20), serial=1, language="vi")
    given = {answer.item.kind: answer.given for answer in attempt.answers.select_related("item")}
    assert given["single"] is None and given["multiple"] is None and given["short"] == "99"


def test_an_essay_is_marked_and_counts(an, sitting, cast):
    attempt = attempts.start(by=an, sitting=sitting, number=1)
    answer_all(an, attempt)
    attempts.finish(by=an, attempt_id=attempt.pk)
    essay, binh = attempt.answers.get(item__key="own-office"), actor_of(cast.binh.pk)
    attempts.mark(by=binh, answer_id=essay.pk, points=4, note="Rõ ràng.")
    attempt.refresh_from_db()
    assert (attempt.points, attempt.waiting) == (11, 0) and attempt.is_passed
    told = Notice.objects.get(person=cast.an, kind=NoticeKind.MARKED)
    assert told.thing_id == attempt.pk and told.seen_at is None
    with pytest.raises(BadMark):
        attempts.mark(by=binh, answer_id=essay.pk, points=5.5, note="")
    with pytest.raises(NotAllowed):
        attempts.mark(by=an, answer_id=essay.pk, points=5, note="")
    with pytest.raises(NotAllowed):
        attempts.mark(by=actor_of(cast.hai.pk), answer_id=essay.pk, points=5, note="")


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_the_same_moment_start_one_attempt(an, sitting):
    started: list[Attempt] = []
    barrier = threading.Barrier(4)

    def begin() -> None:
        barrier.wait()
        started.append(attempts.start(by=an, sitting=sitting, number=1))
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({attempt.pk for attempt in started}) == 1 and len(started) == 4
    assert Attempt.objects.count() == 1 and Answer.objects.count() == 7
