from random import Random

from khue.domains.academy.rules.teams import Member, balanced, cost


def people(count: int, places: int = 1) -> list[Member[int]]:
    chance = Random(3)
    return [
        Member(n, n % places, f"province {chance.randrange(13)}", f"unit {chance.randrange(20)}", chance.randrange(30))
        for n in range(count)
    ]


def test_every_person_is_in_exactly_one_team() -> None:
    teams = balanced(people(65, places=4), 5)
    assert sorted(person for team in teams for person in team) == list(range(65))


def test_sizes_within_a_place_differ_by_one_at_most() -> None:
    sizes = {len(team) for team in balanced(people(65), 5)}
    assert max(sizes) - min(sizes) <= 1


def test_no_team_spans_two_places() -> None:
    members = people(40, places=3)
    place = {member.id: member.place for member in members}
    assert all(len({place[person] for person in team}) == 1 for team in balanced(members, 5))


def test_teams_are_more_alike_than_by_lot() -> None:
    members = people(65)
    by_id = {member.id: member for member in members}
    made = cost([[by_id[person] for person in team] for team in balanced(members, 5)])
    lots = []
    for seed in range(50):
        shuffled = Random(seed).sample(members, len(members))
        lots.append(cost([shuffled[n::13] for n in range(13)]))
    assert made < min(lots)


def test_people_of_one_unit_are_spread() -> None:
    members = [Member(n, "here", "Huế", "Sở Nội vụ" if n < 4 else f"unit {n}") for n in range(16)]
    teams = balanced(members, 4)
    assert all(sum(person < 4 for person in team) == 1 for team in teams)


def test_the_same_members_give_the_same_teams() -> None:
    assert balanced(people(30), 5) == balanced(people(30), 5)


def test_nobody_makes_no_team_with_people() -> None:
    assert [team for team in balanced([], 5) if team] == []
