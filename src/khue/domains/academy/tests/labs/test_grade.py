"""Grading by one, by two at once, by a third; nobody's words are lost."""

import threading

import pytest
from django.db import connection

from khue.domains.academy.actions import grading
from khue.domains.academy.actions.grading import ChangedMeanwhile, Incomplete, Marks, NotToGrade
from khue.domains.academy.models import Grade, Submission
from khue.domains.academy.queries import grading as queries
from khue.domains.academy.rules.labs import SubmissionState as State
from khue.domains.academy.tests.labs.work import gives, handed_in, lab_of
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed

TWO = {"graders": 2, "tolerance_percent": 20}


def grades(person, submission, points, *, revision=0, **more):
    by = actor_of(person.pk)
    grading.hold(by=by, submission_id=submission.pk)
    return grading.save(by=by, submission_id=submission.pk, marks=gives(points, **more), revision=revision)


def now_is(submission):
    submission.refresh_from_db()
    return submission.state, submission.points


@pytest.fixture
def submission(cast, cohort, lab):
    return handed_in(cast.an, lab, cohort)


@pytest.fixture
def doubly(cast, cohort):
    """Graded by two."""
    return handed_in(cast.an, lab_of(cast, grading=TWO), cohort)


def test_one_grade_settles_it(cast, submission):
    grades(cast.chi, submission, 2, words="Rõ và đúng.")
    assert now_is(submission) == (State.GRADED, 2) and submission.is_passed and submission.settled_at


def test_what_is_kept_does_not_count(cast, submission):
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    grading.save(by=chi, submission_id=submission.pk, marks=Marks({"dung": 2}, words="nháp"), revision=0)
    assert now_is(submission) == (State.HANDED_IN, None)


def test_a_level_that_is_missing_or_not_in_the_rubric_is_refused(cast, submission):
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    for levels in ({}, {"dung": 1}):
        with pytest.raises(Incomplete):
            grading.save(by=chi, submission_id=submission.pk, marks=Marks(levels, is_done=True), revision=0)
    assert Grade.objects.get().revision == 0


def test_the_second_waits_for_nobody_and_does_not_see_the_first(cast, doubly):
    grades(cast.chi, doubly, 2)
    assert now_is(doubly) == (State.HANDED_IN, None)
    giang = actor_of(cast.giang.pk)
    grading.hold(by=giang, submission_id=doubly.pk)
    assert queries.others(giang, doubly) == []
    grades(cast.giang, doubly, 2)
    assert [grade.grader_id for grade in queries.others(giang, doubly)] == [cast.chi.pk]
    assert now_is(doubly) == (State.GRADED, 2)


def test_two_who_differ_are_flagged_and_may_agree(cast, doubly):
    grades(cast.chi, doubly, 2)
    grades(cast.giang, doubly, 0)
    assert now_is(doubly) == (State.DISPUTED, None)
    grades(cast.giang, doubly, 2, revision=1, words="Tôi đã xem lại.")
    assert now_is(doubly) == (State.GRADED, 2)
    assert Grade.objects.get(grader=cast.giang).before[0]["levels"] == {"dung": 0}


def test_or_a_third_decides(cast, doubly):
    grades(cast.chi, doubly, 2)
    grades(cast.giang, doubly, 0)
    doubly.cohort.sessions.get().trainers.add(cast.binh)
    grades(cast.binh, doubly, 0)
    assert now_is(doubly) == (State.GRADED, 0)


def test_a_grader_who_began_before_it_was_settled_is_heard(cast, submission):
    chi, giang = actor_of(cast.chi.pk), actor_of(cast.giang.pk)
    for by in (chi, giang):
        grading.hold(by=by, submission_id=submission.pk)
    grading.save(by=chi, submission_id=submission.pk, marks=gives(2), revision=0)
    grading.save(by=giang, submission_id=submission.pk, marks=gives(2), revision=0)
    assert Grade.objects.exclude(done_at=None).count() == 2
    assert now_is(submission) == (State.GRADED, 2)


def test_what_is_settled_is_not_begun_by_another(cast, submission):
    grades(cast.chi, submission, 2)
    with pytest.raises(NotToGrade):
        grading.hold(by=actor_of(cast.giang.pk), submission_id=submission.pk)


def test_the_same_person_in_two_windows_is_told(cast, submission):
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    grading.save(by=chi, submission_id=submission.pk, marks=Marks(words="một"), revision=0)
    with pytest.raises(ChangedMeanwhile):
        grading.save(by=chi, submission_id=submission.pk, marks=gives(0), revision=0)
    assert Grade.objects.get().words == "một"


def test_nobody_grades_their_own(cast, cohort, lab):
    own = handed_in(cast.chi, lab, cohort)
    with pytest.raises(NotAllowed):
        grading.hold(by=actor_of(cast.chi.pk), submission_id=own.pk)
    assert queries.next_for(actor_of(cast.chi.pk)) is None


@pytest.mark.parametrize("name", ["an", "binh", "dung", "hai"])
def test_who_does_not_run_the_cohort_does_not_grade(cast, submission, name):
    other = handed_in(cast.dung, submission.activity, submission.cohort) if name == "an" else submission
    with pytest.raises(NotAllowed):
        grading.hold(by=actor_of(getattr(cast, name).pk), submission_id=other.pk)


def test_a_replaced_one_is_not_graded_any_more(cast, cohort, lab, submission):
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    handed_in(cast.an, lab, cohort)
    with pytest.raises(NotToGrade):
        grading.save(by=chi, submission_id=submission.pk, marks=gives(2), revision=0)


@pytest.mark.django_db(transaction=True)
def test_graders_at_the_same_moment_never_write_over_each_other(cast, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    people = [cast.chi, cast.giang]
    actors = [actor_of(person.pk) for person in people]
    for by in actors:
        grading.hold(by=by, submission_id=submission.pk)
    start = threading.Barrier(len(people))

    def save(by):
        start.wait()
        try:
            grading.save(by=by, submission_id=submission.pk, marks=gives(2, words=by.name), revision=0)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[by]) for by in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Grade.objects.exclude(done_at=None).values_list("words", flat=True)) == {by.name for by in actors}
    assert now_is(submission) == (State.GRADED, 2)


# The queue ---------------------------------------------------------------------------------------


def test_the_next_is_the_oldest_that_nobody_is_at(cast, cohort, lab):
    first, second = handed_in(cast.an, lab, cohort), handed_in(cast.dung, lab, cohort)
    chi, giang = actor_of(cast.chi.pk), actor_of(cast.giang.pk)
    assert queries.next_for(chi) == first.pk
    grading.hold(by=chi, submission_id=first.pk)
    assert (queries.next_for(chi), queries.next_for(giang)) == (first.pk, second.pk)
    grading.release(by=chi, submission_id=first.pk)
    assert queries.next_for(giang) == first.pk
    assert not Grade.objects.exists()


def test_the_queue_takes_the_same_queries_however_many_wait(cast, cohort, lab, django_assert_num_queries):
    chi = actor_of(cast.chi.pk)
    handed_in(cast.an, lab, cohort)
    with django_assert_num_queries(2):
        assert len(queries.queue(chi)) == 1
    for person in (cast.binh, cast.dung, cast.giang, cast.hai):
        grading.hold(by=chi, submission_id=handed_in(person, lab, cohort).pk)
    with django_assert_num_queries(2):
        assert len(queries.queue(chi)) == 5
    with django_assert_num_queries(1):
        assert [lab.waiting for lab in queries.labs(chi)] == [5]


def test_other_academies_see_nothing_of_it(cast, submission):
    assert queries.queue(actor_of(cast.hai.pk)) == []
    with pytest.raises(Submission.DoesNotExist):
        queries.one(actor_of(cast.hai.pk), submission.pk)
