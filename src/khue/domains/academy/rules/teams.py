"""Teams that are alike: provinces, units and experience spread over them."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)
# what weighs how much: two from one unit know each other's work already, two from one province perhaps
UNIT, PROVINCE, EXPERIENCE = 4.0, 2.0, 1.0
# of one place; with more the first putting is even enough, and exchanging would take seconds
EXCHANGED = 250


@dataclass(frozen=True)
class Member(Generic[Id]):
    """`experience` in years; none where it is not known. `place`: those of different places never share a team."""

    id: Id
    place: Hashable
    province: str = ""
    unit: str = ""
    experience: int | None = None


def balanced(members: Sequence[Member[Id]], size: int) -> list[list[Id]]:
    """Teams of about `size` (never more than one person apart within a place), the same for the same members.

    Each is put, the most crowded provinces and units first, into the team where it repeats least; then pairs are
    exchanged as long as that makes the teams more alike."""
    teams: list[list[Member[Id]]] = []
    for place in dict.fromkeys(member.place for member in members):
        teams += _of_one_place([member for member in members if member.place == place], size)
    return [[member.id for member in team] for team in teams]


def cost(teams: Sequence[Sequence[Member[Id]]]) -> float:
    """How unlike the teams are: people of one unit and province together, experience unevenly spread."""
    middle = _experience([member for team in teams for member in team])
    return sum(_oddness(team, middle) for team in teams)


def _of_one_place(members: list[Member[Id]], size: int) -> list[list[Member[Id]]]:
    count = max(1, round(len(members) / size))
    teams: list[list[Member[Id]]] = [[] for _ in range(count)]
    crowd = Counter((m.unit, m.province) for m in members)
    order = sorted(
        members, key=lambda m: (-crowd[(m.unit, m.province)], m.province, m.unit, -(m.experience or 0), str(m.id))
    )
    for member in order:
        least = min(len(team) for team in teams)
        open_teams = [team for team in teams if len(team) == least]
        min(open_teams, key=lambda team: (_repeats([*team, member]) - _repeats(team), _years(team))).append(member)
    if len(members) <= EXCHANGED:
        _exchange(teams)
    return teams


def _exchange(teams: list[list[Member[Id]]]) -> None:
    """The first exchange that helps, until none does; each lowers the cost, so it ends."""
    middle = _experience([member for team in teams for member in team])
    helped = True
    while helped:
        helped = False
        for one, other in combinations(teams, 2):
            now = _oddness(one, middle) + _oddness(other, middle)
            for i, j in product(range(len(one)), range(len(other))):
                one[i], other[j] = other[j], one[i]
                changed = _oddness(one, middle) + _oddness(other, middle)
                if changed < now - 1e-9:
                    now, helped = changed, True
                else:
                    one[i], other[j] = other[j], one[i]


def _oddness(team: Sequence[Member[Id]], middle: float) -> float:
    return _repeats(team) + EXPERIENCE * abs(_experience(team, middle) - middle)


def _repeats(team: Sequence[Member[Id]]) -> float:
    units = Counter(member.unit for member in team if member.unit)
    provinces = Counter(member.province for member in team if member.province)
    return UNIT * sum(n * (n - 1) / 2 for n in units.values()) + PROVINCE * sum(
        n * (n - 1) / 2 for n in provinces.values()
    )


def _years(team: Sequence[Member[Id]]) -> int:
    return sum(member.experience or 0 for member in team)


def _experience(team: Sequence[Member[Id]], unknown: float = 0.0) -> float:
    known = [member.experience for member in team if member.experience is not None]
    return sum(known) / len(known) if known else unknown
