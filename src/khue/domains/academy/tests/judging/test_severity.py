"""Judges made comparable; pairs; places."""

import math
import random

import pytest

from khue.domains.academy.judging.agreement import tau_b
from khue.domains.academy.judging.pairs import Pair, from_scores, strengths
from khue.domains.academy.judging.results import result
from khue.domains.academy.judging.severity import Given, fair

# a: worth 15, b: 12, c: 9; the judge mild gives 4 more, hard 4 less, just as it is
WORTH = {"a": 15.0, "b": 12.0, "c": 9.0}
MOOD = {"mild": 4.0, "just": 0.0, "hard": -4.0}


def given(*pairs, noise=0.0, seed=1):
    chance = random.Random(seed)
    return [Given(team, judge, WORTH[team] + MOOD[judge] + chance.gauss(0, noise)) for team, judge in pairs]


EVERYTHING = [(team, judge) for team in WORTH for judge in MOOD]
# b met the mild judge, a the hard one: plain means turn them round
UNFAIR = [("a", "hard"), ("a", "just"), ("b", "mild"), ("b", "just"), ("c", "mild"), ("c", "hard")]


def test_a_team_that_met_hard_judges_is_not_punished():
    found = fair(given(*UNFAIR, noise=0.05))
    assert found.mean["b"] > found.mean["a"]
    assert sorted(found.worth, key=found.worth.get, reverse=True) == ["a", "b", "c"]
    assert all(found.worth[team] == pytest.approx(worth, abs=0.5) for team, worth in WORTH.items())
    assert found.leniency["mild"] == pytest.approx(4, abs=0.5)
    assert sum(found.leniency.values()) == pytest.approx(0, abs=1e-9)


def test_where_everybody_judges_everything_the_means_stay():
    found = fair(given(*EVERYTHING, noise=1.0))
    assert found.worth == pytest.approx(found.mean)


def test_equal_judges_change_nothing():
    sheets = [Given(team, judge, WORTH[team]) for team, judge in UNFAIR]
    assert fair(sheets).worth == pytest.approx(WORTH, abs=1e-3)


def test_one_judge_one_sheet_and_no_spread_are_no_trouble():
    assert fair([Given("a", "just", 7.0)]).worth["a"] == pytest.approx(7.0)
    same = fair([Given(team, judge, 5.0) for team, judge in EVERYTHING])
    assert set(map(round, same.worth.values())) == {5}


def test_groups_of_judges_without_a_common_team_are_told():
    assert not fair(given(("a", "mild"), ("b", "mild"), ("c", "hard"))).is_connected
    assert fair(given(*UNFAIR)).is_connected


def test_a_sheet_twice_is_refused():
    with pytest.raises(ValueError):
        fair(given(("a", "mild"), ("a", "mild")))
    with pytest.raises(ValueError):
        fair([])


def test_pairs_do_not_care_how_severe_a_judge_is():
    pairs = from_scores((sheet.team, sheet.judge, sheet.score) for sheet in given(*EVERYTHING))
    assert len(pairs) == 9 and {pair.share for pair in pairs} == {1.0}
    found = strengths(pairs)
    assert found["a"] > found["b"] > found["c"]
    assert sum(found.values()) == pytest.approx(0)


def test_a_team_that_wins_every_pair_has_a_finite_strength():
    found = strengths([Pair("a", "b")] * 5)
    assert all(map(math.isfinite, found.values())) and found["a"] > found["b"]


def test_strengths_give_back_the_shares_of_a_long_tournament():
    """P(a before b) = 0.75 is a difference of log 3, but for the little that the prior takes."""
    found = strengths([Pair("a", "b", 1.0)] * 3000 + [Pair("a", "b", 0.0)] * 1000)
    assert found["a"] - found["b"] == pytest.approx(math.log(3), abs=0.01)


def test_kendalls_tau_counts_ties():
    assert tau_b({"a": 3, "b": 2, "c": 1}, {"a": 30, "b": 20, "c": 10}) == 1
    assert tau_b({"a": 3, "b": 2, "c": 1}, {"a": 1, "b": 2, "c": 3}) == -1
    # 2 pairs agree, 1 is a tie in one of them: 2 / sqrt(2 · 3)
    assert tau_b({"a": 3, "b": 2, "c": 1}, {"a": 2, "b": 2, "c": 1}) == pytest.approx(2 / math.sqrt(6))
    assert tau_b({"a": 1, "b": 1}, {"a": 1, "b": 2}) is None


def test_places_are_shared_and_the_next_is_left_out():
    sheets = [Given(team, judge, score) for judge in ("x", "y") for team, score in (("a", 9), ("b", 9), ("c", 4))]
    lines = result(sheets).lines
    assert [(line.team, line.place, line.ties) for line in lines] == [("a", 1, True), ("b", 1, True), ("c", 3, False)]


def test_what_the_pairs_say_against_the_points_is_named():
    sheets = [Given(team, judge, score) for judge in ("x", "y") for team, score in (("a", 9), ("b", 7), ("c", 4))]
    asked = [Pair("b", "a")] * 4 + [Pair("a", "c"), Pair("b", "c")]
    found = result(sheets, asked)
    assert found.asked and found.against == (("a", "b"),)
    assert not result(sheets, [Pair("a", "b")]).asked


def test_distances_that_chance_explains_are_told():
    close = [Given("a", "x", 9), Given("b", "x", 8), Given("a", "y", 7), Given("b", "y", 8.1), Given("a", "z", 9),
             Given("b", "z", 8)]  # fmt: skip
    line = result(close).lines[0]
    assert line.team == "a" and line.close == ("b",)
    far = [Given(team, judge, WORTH[team] + at * 0.01) for at, (team, judge) in enumerate(EVERYTHING)]
    assert result(far).lines[0].close == ()
