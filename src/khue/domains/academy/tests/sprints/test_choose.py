"""Problems: proposed, opened, chosen; the last place goes to one team."""

import threading

import pytest
from django.db import connection, connections

from khue.domains.academy.actions import sprints, teams
from khue.domains.academy.models import Entry, Team
from khue.domains.academy.queries import sprints as queries
from khue.domains.academy.tests.sprints.sprint import acting, cohort_of, entry_of, sprint_of
from khue.domains.people.tests.cast import gather
from khue.kernel.errors import NotAllowed


def test_a_team_takes_a_problem_once_however_often_the_form_comes(cast, sprint, entry):
    problem = sprint.problems.get(key="mot")
    for _time in range(2):
        sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=problem.pk)
    assert [taken.pk for taken in problem.entries.all()] == [entry.pk]
    assert Entry.objects.get(pk=entry.pk).chosen_by == cast.an


def test_the_second_team_at_the_last_place_is_told(cast, sprint, entry):
    problem = sprint.problems.get(key="mot")
    sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=problem.pk)
    with pytest.raises(sprints.ProblemTaken, match="Another team was quicker"):
        sprints.choose(by=acting("hanh"), entry_id=entry_of(cast, 2).pk, problem_id=problem.pk)
    assert entry_of(cast, 2).problem is None


@pytest.mark.django_db(transaction=True)
def test_two_teams_at_once_for_the_last_place():
    cast = gather()
    problem = sprint_of(cast).problems.get(key="mot")
    wanted = [(acting(cast.an), entry_of(cast, 1).pk), (acting("hanh"), entry_of(cast, 2).pk)]
    gate, outcomes = threading.Barrier(2), []

    def choose(by, entry_id):
        try:
            gate.wait(10)
            sprints.choose(by=by, entry_id=entry_id, problem_id=problem.pk)
            outcomes.append("got it")
        except sprints.ProblemTaken:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=choose, args=pair) for pair in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["got it", "told"]
    assert problem.entries.count() == 1
    assert connection.is_usable()


def test_nobody_chooses_for_another_team(cast, sprint, entry):
    with pytest.raises(NotAllowed):
        sprints.choose(by=acting("hanh"), entry_id=entry.pk, problem_id=sprint.problems.get(key="hai").pk)


def test_a_proposal_waits_until_the_coordinator_opens_it(cast, sprint, entry):
    given = {"name": "Trả kết quả muộn", "text": "Vì sao?", "agency": "UBND phường An Hòa", "contact": "",
             "language": "vi"}  # fmt: skip
    for _time in range(2):
        problem = sprints.propose(by=acting(cast.an), sprint=sprint, person_id=cast.an.pk, **given)
    assert sprint.problems.filter(key="").count() == 1
    with pytest.raises(sprints.ProblemNotOpen):
        sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=problem.pk)
    shaped = {"names": {"vi": "Trả kết quả muộn"}, "texts": problem.texts, "agencies": problem.agencies}
    with pytest.raises(NotAllowed):
        sprints.edit(by=acting(cast.an), problem=problem, **shaped, contact="", most_teams=2, state="open")
    sprints.edit(by=acting(cast.chi), problem=problem, **shaped, contact="", most_teams=2, state="open")
    sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=problem.pk)
    assert [shown.takers for shown in queries.problems(sprint, all_states=False) if shown.pk == problem.pk] == [[entry]]


def test_a_team_added_later_has_an_entry_too(cast, sprint):
    Team.objects.create(cohort=sprint.cohort, name="Nhóm 3", position=3)
    assert sprint_of(cast).entries.count() == 3


def test_new_teams_are_refused_while_a_team_is_at_work(cast, sprint, entry):
    cohort = cohort_of(cast)
    assert len(teams.form(by=acting(cast.chi), cohort=cohort, size=4)) == 1
    entry = sprint_of(cast).entries.get()
    sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=sprint.problems.get(key="mot").pk)
    with pytest.raises(sprints.AtWork):
        teams.form(by=acting(cast.chi), cohort=cohort, size=2)
    assert sprint_of(cast).entries.get().problem is not None
