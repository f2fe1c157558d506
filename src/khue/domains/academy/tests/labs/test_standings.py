"""How each person stands in the labs of a cohort."""

import pytest

from khue.domains.academy.models import Submission
from khue.domains.academy.queries.labs import LabStanding, standings
from khue.domains.academy.rules.labs import SubmissionState, can_hand_in_again

IN, GRADED, RETURNED = SubmissionState.HANDED_IN, SubmissionState.GRADED, SubmissionState.RETURNED


def hands_in(cohort, lab, person, number, state, points=None):
    return Submission.objects.create(
        cohort=cohort,
        activity=lab,
        person=person,
        number=number,
        state=state,
        points=points,
        most_points=4,
        is_passed=(points or 0) >= 2,
    )


def test_nobody_who_has_not_begun_stands_anywhere(cohort):
    assert standings(cohort) == {}


def test_a_draft_is_begun_and_no_more(cast, cohort, lab):
    hands_in(cohort, lab, cast.an, 1, SubmissionState.DRAFT)
    assert standings(cohort) == {(cast.an.pk, lab.pk): LabStanding("draft", None, False)}


def test_the_best_grade_counts_and_what_was_passed_stays_passed(cast, cohort, lab):
    hands_in(cohort, lab, cast.an, 1, RETURNED, 3)
    hands_in(cohort, lab, cast.an, 2, GRADED, 1)
    assert standings(cohort)[cast.an.pk, lab.pk] == LabStanding("graded", 0.75, True)


def test_points_before_they_are_settled_are_not_told(cast, cohort, lab):
    hands_in(cohort, lab, cast.an, 1, SubmissionState.DISPUTED, 3)
    assert standings(cohort)[cast.an.pk, lab.pk] == LabStanding("handed-in", None, False)


def test_what_was_replaced_says_nothing(cast, cohort, lab):
    hands_in(cohort, lab, cast.an, 1, SubmissionState.SUPERSEDED)
    hands_in(cohort, lab, cast.an, 2, IN)
    assert standings(cohort)[cast.an.pk, lab.pk].state == "handed-in"


def test_everybody_takes_one_query(cast, cohort, lab, django_assert_num_queries):
    for person in (cast.an, cast.binh, cast.chi):
        hands_in(cohort, lab, person, 1, GRADED, 2)
    with django_assert_num_queries(1):
        assert len(standings(cohort)) == 3
    with django_assert_num_queries(1):
        assert set(standings(cohort, [cast.an.pk])) == {(cast.an.pk, lab.pk)}


@pytest.mark.parametrize(
    ("state", "is_passed", "number", "may"),
    [(IN, False, 3, True), (RETURNED, True, 1, True), (GRADED, False, 1, True), (GRADED, True, 1, False),
     (RETURNED, False, 3, False), (SubmissionState.DISPUTED, False, 1, False)],
)  # fmt: skip
def test_who_may_hand_in_again(state, is_passed, number, may):
    assert can_hand_in_again(state, is_passed=is_passed, number=number, most=3) is may
