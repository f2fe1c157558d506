"""The demo day: judges, conflicts, what a phone sends, the chair."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khue.domains.academy.actions import judging, sprints
from khue.domains.academy.models import Comparison, Enrolment, FollowUp, Sheet, Team
from khue.domains.academy.queries import judging as queries
from khue.domains.academy.queries import sprints as sprint_queries
from khue.domains.academy.tests.sprints.sprint import acting, entry_of, person, sprint_of
from khue.kernel.errors import NotAllowed


@pytest.fixture
def demo(cast, sprint):
    """Scoring is open; Chi is chair, Bình and Hải judge both teams."""
    judging.set_chair(by=acting(cast.chi), sprint=sprint, person_id=cast.chi.pk)
    for who, agency in ((cast.binh, ""), (cast.hai, "UBND tỉnh Sông Thanh")):
        judging.appoint(by=acting(cast.chi), sprint=sprint, person_id=who.pk, agency=agency)
    judging.set_order(by=acting(cast.chi), sprint=sprint, entry_ids=[entry_of(cast, 2).pk, entry_of(cast, 1).pk])
    judging.open_scoring(by=acting(cast.chi), sprint=sprint)
    return sprint


def give(cast, who, number, that, thu, serial=1):
    entry = entry_of(cast, number)
    return judging.score(by=acting(who), sprint_id=entry.sprint_id, entry_id=entry.pk,
                         points={"that": that, "thu": thu}, note="", serial=serial)  # fmt: skip


def test_a_sheet_sent_again_or_late_never_replaces_a_later_one(cast, demo):
    give(cast, cast.binh, 1, 4, 6, serial=20)
    for serial in (20, 10):
        give(cast, cast.binh, 1, 0, 0, serial=serial)
    sheet = Sheet.objects.get()
    assert (sheet.points, sheet.serial) == ({"that": 4, "thu": 6}, 20)


def test_only_points_of_a_level_are_taken(cast, demo):
    with pytest.raises(judging.BadScore):
        give(cast, cast.binh, 1, 3, 6)
    assert not Sheet.objects.exists()


def test_nothing_is_scored_before_it_opens_and_after_it_closes_until_it_opens_again(cast, demo):
    judging.close_scoring(by=acting(cast.chi), sprint=demo)
    with pytest.raises(judging.ScoringClosed):
        give(cast, cast.binh, 1, 4, 6)
    judging.open_scoring(by=acting(cast.chi), sprint=demo)
    assert give(cast, cast.binh, 1, 4, 6).points == {"that": 4, "thu": 6}


@pytest.mark.parametrize(
    ("agency", "team"), [("SỞ TƯ PHÁP TỈNH HUẾ.", 1), ("So Tu phap tinh Lam Dong", 2)], ids=["first", "second"]
)
def test_a_judge_does_not_score_a_team_with_people_of_their_agency(cast, demo, agency, team):
    judging.appoint(by=acting(cast.chi), sprint=demo, person_id=cast.hai.pk, agency=agency)
    with pytest.raises(judging.Conflicted, match="works at the same agency"):
        give(cast, cast.hai, team, 4, 6)
    assert give(cast, cast.hai, 3 - team, 4, 6)


def test_neither_a_mentor_nor_a_member_judges_the_team(cast, demo):
    entry_of(cast, 1).mentors.add(cast.binh)
    with pytest.raises(judging.Conflicted):
        give(cast, cast.binh, 1, 4, 6)
    judging.appoint(by=acting(cast.chi), sprint=demo, person_id=cast.an.pk)
    with pytest.raises(judging.Conflicted):
        give(cast, cast.an, 1, 4, 6)


def test_a_declared_conflict_takes_back_what_was_given(cast, demo):
    give(cast, cast.hai, 1, 4, 6)
    judge = demo.judges.get(person=cast.hai)
    judging.recuse(by=acting(cast.hai), sprint=demo, judge_id=judge.pk, entry_id=entry_of(cast, 1).pk, reason="Bạn cũ")
    assert not Sheet.objects.exists()
    with pytest.raises(judging.Conflicted, match="Bạn cũ"):
        give(cast, cast.hai, 1, 4, 6)
    with pytest.raises(NotAllowed):
        judging.recuse(by=acting(cast.hai), sprint=demo, judge_id=demo.judges.get(person=cast.binh).pk,
                       entry_id=entry_of(cast, 1).pk, reason="")  # fmt: skip


def test_somebody_who_does_not_judge_scores_nothing(cast, demo):
    with pytest.raises(demo.judges.model.DoesNotExist):
        give(cast, cast.giang, 1, 4, 6)


def test_nobody_but_the_chair_sees_a_result_before_it_is_revealed(cast, demo):
    give(cast, cast.binh, 1, 4, 6)
    for who in (acting(cast.giang), acting(cast.binh), acting(cast.an), None):
        with pytest.raises(NotAllowed):
            queries.result_for(who, demo)
        if who:
            with pytest.raises(NotAllowed):
                judging.reveal(by=who, sprint=demo)
    assert queries.result_for(acting(cast.chi), demo)["lines"][0]["score"] == 10
    with pytest.raises(judging.NothingToReveal):
        judging.reveal(by=acting(cast.chi), sprint=demo)


def test_the_chair_is_not_taken_over_once_scoring_has_begun(cast, demo):
    with pytest.raises(NotAllowed):
        judging.set_chair(by=acting(cast.giang), sprint=demo, person_id=cast.giang.pk)


def test_a_revealed_result_stays_and_asks_what_became_of_the_work(cast, demo):
    sprints.choose(by=acting(cast.an), entry_id=entry_of(cast, 1).pk, problem_id=demo.problems.get(key="hai").pk)
    for who in (cast.binh, cast.hai):
        give(cast, who, 1, 4, 6)
        give(cast, who, 2, 2, 6)
    judging.close_scoring(by=acting(cast.chi), sprint=demo)
    for _time in range(2):
        judging.reveal(by=acting(cast.chi), sprint=demo)
    shown = queries.result_for(acting(cast.an), sprint_of(cast))
    assert [(line["team"], line["place"], line["ties"]) for line in shown["lines"]] == [
        ("Nhóm 1", 1, False), ("Nhóm 2", 2, False)
    ]  # fmt: skip
    assert sorted(FollowUp.objects.values_list("months", flat=True)) == [3, 6]
    Team.objects.filter(name="Nhóm 1").update(name="Khác")
    assert queries.result_for(acting(cast.an), sprint_of(cast)) == shown
    with pytest.raises(judging.Revealed):
        judging.open_scoring(by=acting(cast.chi), sprint=sprint_of(cast))


def test_equal_teams_share_a_place(cast, demo):
    for who in (cast.binh, cast.hai):
        for number in (1, 2):
            give(cast, who, number, 4, 6)
    lines = queries.result_for(acting(cast.chi), demo)["lines"]
    assert [(line["place"], line["ties"]) for line in lines] == [(1, True), (1, True)]


def test_a_sheet_that_is_not_complete_does_not_count(cast, demo):
    entry = entry_of(cast, 1)
    judging.score(by=acting(cast.binh), sprint_id=demo.pk, entry_id=entry.pk, points={"that": 4}, note="", serial=1)
    assert queries.result_for(acting(cast.chi), demo) == {}
    progress = queries.progress(demo)
    assert (progress.done, progress.of, progress.entries[entry.pk]) == (0, 4, (0, 2))


def test_a_comparison_is_kept_once_and_the_later_counts(cast, demo):
    one, two = entry_of(cast, 1), entry_of(cast, 2)
    given = {"by": acting(cast.binh), "sprint_id": demo.pk, "first_id": two.pk, "second_id": one.pk}
    judging.compare(**given, better_id=one.pk, serial=5)
    judging.compare(**given, better_id=two.pk, serial=3)
    found = Comparison.objects.get()
    assert (found.first_id < found.second_id, found.better_id) == (True, one.pk)


def test_who_presented_keeps_it_when_they_leave(cast, demo):
    entry = entry_of(cast, 1)
    entry.stages.bulk_create(entry.stages.model(entry=entry, key=key, state="passed") for key in ("hieu", "dung"))
    for _time in range(2):
        judging.present(by=acting(cast.chi), sprint=demo, entry_id=entry.pk)
    Enrolment.objects.filter(person=cast.an, cohort=demo.cohort).update(team=None)
    standing = sprint_queries.standings(demo.cohort)
    assert standing[cast.an.pk, demo.activity_id].is_passed
    assert standing[person(cast, "dao", "").pk, demo.activity_id].is_passed


def test_the_reads_of_a_day_are_as_many_for_many_judges(cast, demo):
    with CaptureQueriesContext(connection) as few:
        queries.progress(demo)
    for number in range(5):
        who = person(cast, f"giam-khao-{number}", f"Giám khảo {number}")
        judging.appoint(by=acting(cast.chi), sprint=demo, person_id=who.pk)
    with CaptureQueriesContext(connection) as many:
        queries.progress(demo)
    assert len(many) == len(few)
