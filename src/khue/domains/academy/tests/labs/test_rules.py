"""What grades come to, and who looks at whose work."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.domains.academy.rules import grading, peers
from khue.domains.academy.rules.grading import Criterion, Given, Outcome, Scheme
from khue.domains.academy.rules.labs import SubmissionState as State

RUBRIC = (Criterion("right", (0, 2, 4)), Criterion("clear", (0, 1, 2, 3)))
ONE = Scheme(RUBRIC, 4)
TWO = Scheme(RUBRIC, 4, graders=2)


def gave(right, clear, *, again=False):
    return Given({"right": right, "clear": clear}, again)


def test_one_grader_is_enough_where_one_is_wanted():
    assert grading.outcome(ONE, [gave(4, 1)]) == Outcome(State.GRADED, 5, True, {"right": 4, "clear": 1})


def test_it_waits_for_the_second_where_two_are_wanted():
    assert grading.outcome(TWO, [gave(4, 1)]) == Outcome(State.HANDED_IN)


def test_two_who_agree_count_by_their_mean():
    assert grading.outcome(TWO, [gave(4, 1), gave(4, 2)]).points == 5.5


@pytest.mark.parametrize(
    ("one", "other"),
    [(gave(4, 3), gave(2, 2)),  # 3 of 7 points
     (gave(4, 0), gave(2, 1)),  # passed, and not passed
     (gave(4, 0), gave(4, 2))],  # two levels
)  # fmt: skip
def test_two_who_are_too_far_apart_are_flagged(one, other):
    assert grading.outcome(TWO, [one, other]).state == State.DISPUTED


def test_a_third_decides_by_the_middle_of_each_criterion():
    found = grading.outcome(TWO, [gave(4, 3), gave(0, 0), gave(4, 0)])
    assert (found.state, found.levels) == (State.GRADED, {"right": 4, "clear": 0})


def test_it_is_sent_back_when_most_ask_for_it():
    assert grading.outcome(ONE, [gave(2, 1, again=True)]).state == State.RETURNED
    assert grading.outcome(TWO, [gave(4, 1, again=True), gave(4, 1)]).state == State.GRADED


def test_a_second_grader_who_was_not_asked_for_counts_all_the_same():
    assert grading.outcome(ONE, [gave(4, 1), gave(4, 2)]).points == 5.5


def test_peers_count_their_share_and_only_from_two_on():
    shared = Scheme(RUBRIC, 4, peer_percent=20)
    assert grading.outcome(shared, [gave(4, 1)], [gave(0, 0)]).points == 5
    assert grading.outcome(shared, [gave(4, 1)], [gave(0, 0), gave(0, 0)]).points == 4
    assert grading.outcome(shared, [], [gave(4, 3)] * 9).state == State.HANDED_IN


def test_a_grade_is_complete_with_one_level_for_each_criterion():
    assert grading.is_complete(ONE, {"right": 2, "clear": 3})
    for levels in ({"right": 2}, {"right": 1, "clear": 3}, {"right": 2, "clear": 3, "more": 1}):
        assert not grading.is_complete(ONE, levels)


# Peers -------------------------------------------------------------------------------------------

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HELD = timedelta(hours=24)


def play(people, *, each, silent=(), seed=1, days=6):
    """Everybody hands in within two days and comes to review every few hours; the silent take one and do nothing."""
    chance, works, reviews = random.Random(seed), {}, []
    arrivals = {person: NOW + timedelta(hours=chance.uniform(0, 48)) for person in range(people)}
    for hour in range(0, days * 24, 3):
        now = NOW + timedelta(hours=hour)
        works |= {f"w{one}": one for one in sorted(arrivals, key=arrivals.get) if arrivals[one] <= now}
        for person in chance.sample(range(people), people):
            work = peers.next_work(person, works, reviews, each=each, now=now)
            if work is None:
                continue
            there = [r for r in reviews if (r.reviewer, r.work) == (person, work)]
            reviews = [r for r in reviews if r not in there]
            held = there[0].held_until if there else now + HELD
            reviews.append(peers.Review(person, work, person not in silent, held))
    return works, reviews


@settings(max_examples=40, deadline=None)
@given(people=st.integers(1, 20), each=st.integers(1, 3), quiet=st.integers(0, 20), seed=st.integers(0, 999))
def test_nobody_is_held_up_by_silent_people(people, each, quiet, seed):
    silent = set(range(min(quiet, people)))
    works, reviews = play(people, each=each, silent=silent, seed=seed)
    done = Counter(review.reviewer for review in reviews if review.is_done)
    for person in set(range(people)) - silent:
        assert min(each, people - 1) <= done[person] <= each + peers.EXTRA
    assert all(works[review.work] != review.reviewer for review in reviews)
    assert len({(review.reviewer, review.work) for review in reviews}) == len(reviews)


def test_what_silent_people_left_is_looked_at_by_others():
    works, reviews = play(20, each=2, silent={0, 1, 2, 3})
    done = Counter(review.work for review in reviews if review.is_done)
    assert min(done[work] for work in works) >= 1


def test_work_is_spread_evenly_when_all_take_part():
    works, reviews = play(30, each=2)
    assert set(Counter(review.work for review in reviews).values()) <= {2, 3}


def test_who_has_handed_in_nothing_reviews_nothing():
    assert peers.next_work("chi", {"w": "an"}, [], each=2, now=NOW) is None


def test_alone_there_is_nothing_to_review():
    assert peers.next_work("an", {"w": "an"}, [], each=2, now=NOW) is None
