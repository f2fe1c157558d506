"""What the grades of a submission come to: graders who differ too much, a third who decides, fellow participants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from khue.domains.academy.rules.labs import SubmissionState

# fewer say more about themselves than about the work
FEWEST_PEERS = 2


@dataclass(frozen=True)
class Criterion:
    """`points` of its levels, from the fewest to the most."""

    key: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class Scheme:
    """How a lab is graded: its rubric, and what course.Grading and course.Peers say."""

    criteria: tuple[Criterion, ...]
    pass_points: float
    graders: int = 1
    tolerance_percent: float = 20
    peer_percent: float = 0

    @property
    def most_points(self) -> int:
        return sum(criterion.points[-1] for criterion in self.criteria)


@dataclass(frozen=True)
class Given:
    """What one person gave: criterion → points of a level; `again`: asks for it once more."""

    levels: Mapping[str, float]
    again: bool = False

    @property
    def points(self) -> float:
        return float(sum(self.levels.values()))


@dataclass(frozen=True)
class Outcome:
    """`levels`: criterion → points as they count. Without points while it waits."""

    state: SubmissionState
    points: float | None = None
    is_passed: bool = False
    levels: Mapping[str, float] | None = None


def scheme(rubric: Mapping[str, Any], lab: Mapping[str, Any]) -> Scheme:
    """From course.Rubric and course.Lab as JSON."""
    grading, peers = lab.get("grading") or {}, lab.get("peers") or {}
    return Scheme(
        tuple(Criterion(one["key"], tuple(level["points"] for level in one["levels"])) for one in rubric["criteria"]),
        rubric["pass_points"],
        graders=grading.get("graders", 1),
        tolerance_percent=grading.get("tolerance_percent", 20),
        peer_percent=peers.get("percent", 0),
    )


def outcome(how: Scheme, graders: Sequence[Given], peers: Sequence[Given] = ()) -> Outcome:
    """`graders` in the order in which they finished. Two who agree count by their mean, three by the median of each
    criterion; a second one counts also where one would have been enough."""
    if len(graders) < how.graders:
        return Outcome(SubmissionState.HANDED_IN)
    if len(graders) == 2 and differ(how, *graders):
        return Outcome(SubmissionState.DISPUTED)
    middle = median if len(graders) > 2 else mean
    levels = {one.key: float(middle([given.levels[one.key] for given in graders])) for one in how.criteria}
    points = _with_peers(sum(levels.values()), how, peers)
    again = sum(given.again for given in graders) * 2 > len(graders)
    state = SubmissionState.RETURNED if again else SubmissionState.GRADED
    return Outcome(state, points, points >= how.pass_points - 1e-9, levels)


def _with_peers(points: float, how: Scheme, peers: Sequence[Given]) -> float:
    if not how.peer_percent or len(peers) < FEWEST_PEERS:
        return points
    share = how.peer_percent / 100
    return points * (1 - share) + median([given.points for given in peers]) * share


def differ(how: Scheme, one: Given, other: Given) -> bool:
    """By more than the tolerance, by more than one level somewhere, or about whether it is passed."""
    apart = abs(one.points - other.points) * 100 > how.tolerance_percent * how.most_points + 1e-9
    verdicts = (one.points >= how.pass_points) != (other.points >= how.pass_points)
    return apart or verdicts or bool(differing(how, one, other))


def differing(how: Scheme, one: Given, other: Given) -> list[str]:
    """The criteria on which they are more than one level apart."""
    return [
        each.key
        for each in how.criteria
        if abs(_level(each, one.levels[each.key]) - _level(each, other.levels[each.key])) > 1
    ]


def _level(criterion: Criterion, points: float) -> int:
    return criterion.points.index(int(points))


def is_complete(how: Scheme, levels: Mapping[str, float]) -> bool:
    """Every criterion has one of its levels, and nothing else is there."""
    return {one.key for one in how.criteria} == set(levels) and all(
        levels[one.key] in one.points for one in how.criteria
    )
