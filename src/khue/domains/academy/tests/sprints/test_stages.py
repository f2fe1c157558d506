"""Canvases that several people write, artefacts, gates."""

import threading

import pytest
from django.db import connections

from khue.domains.academy.actions import canvases, sprints
from khue.domains.academy.models import CanvasText, Enrolment, GateDecision
from khue.domains.academy.queries import sprints as queries
from khue.domains.academy.tests.sprints.sprint import acting, entry_of, sprint_of
from khue.domains.people.tests.cast import gather
from khue.kernel.errors import NotAllowed

FILLED = {"ai": (0, "Người dân phường An Hòa"), "con-so": (0, "3 trên 10 hồ sơ")}


def chosen(cast, entry):
    problem = entry.sprint.problems.get(key="hai")
    sprints.choose(by=acting(cast.an), entry_id=entry.pk, problem_id=problem.pk)
    return entry


def handed_in(cast, entry):
    canvases.write(by=acting(cast.an), entry_id=chosen(cast, entry).pk, stage="hieu", given=FILLED)
    return canvases.hand_in(by=acting(cast.an), entry_id=entry.pk, stage="hieu", round=0)


def passed(cast, entry):
    work = handed_in(cast, entry)
    return canvases.decide(by=acting(cast.chi), entry_id=entry.pk, stage="hieu", round=work.round, met=["noi", "so"],
                           note="Tốt", passes=True)  # fmt: skip


def test_two_people_in_one_field_lose_nothing(cast, entry):
    an, dao = acting(cast.an), acting("dao")
    [first] = canvases.write(by=an, entry_id=entry.pk, stage="hieu", given={"ai": (0, "Của An")})
    [second] = canvases.write(by=dao, entry_id=entry.pk, stage="hieu", given={"ai": (0, "Của Đào")})
    assert (first.version, first.is_conflict) == (1, False)
    assert (second.is_conflict, second.text, second.by) == (True, "Của An", "Nguyễn Thị An")
    [merged] = canvases.write(by=dao, entry_id=entry.pk, stage="hieu", given={"ai": (1, "Của An\nCủa Đào")})
    assert (merged.version, queries.texts(entry, "hieu")["ai"].text) == (2, "Của An\nCủa Đào")
    assert list(CanvasText.objects.order_by("version").values_list("text", flat=True)) == ["Của An", "Của An\nCủa Đào"]


def test_two_fields_of_one_canvas_do_not_meet(cast, entry):
    canvases.write(by=acting(cast.an), entry_id=entry.pk, stage="hieu", given={"ai": (0, "An")})
    [other] = canvases.write(by=acting("dao"), entry_id=entry.pk, stage="hieu", given={"con-so": (0, "3")})
    assert not other.is_conflict


def test_the_same_text_twice_is_one_version(cast, entry):
    for _time in range(2):
        [kept] = canvases.write(by=acting(cast.an), entry_id=entry.pk, stage="hieu", given={"ai": (0, "An")})
    assert (kept.version, kept.is_conflict) == (1, False)


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_each_text_is_stored_or_told():
    cast = gather()
    entry, names = entry_of(cast), ["an", "dao"]
    actors, gate, outcomes = [acting(name) for name in names], threading.Barrier(8), []

    def write(number):
        try:
            gate.wait(10)
            by = actors[number % 2]
            outcomes.extend(canvases.write(by=by, entry_id=entry.pk, stage="hieu", given={"ai": (0, f"Bản {number}")}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    stored = [one for one in outcomes if not one.is_conflict]
    assert (len(outcomes), len(stored), CanvasText.objects.count()) == (8, 1, 1)
    assert {one.text for one in outcomes} == {stored[0].text}


def test_somebody_of_another_team_writes_nothing(cast, entry):
    with pytest.raises(NotAllowed):
        canvases.write(by=acting("hanh"), entry_id=entry.pk, stage="hieu", given=FILLED)


def test_a_gate_is_asked_for_once_with_everything_filled_in(cast, entry):
    an = acting(cast.an)
    canvases.write(by=an, entry_id=chosen(cast, entry).pk, stage="hieu", given={"ai": (0, "Người dân")})
    with pytest.raises(canvases.NotReady):
        canvases.hand_in(by=an, entry_id=entry.pk, stage="hieu", round=0)
    canvases.write(by=an, entry_id=entry.pk, stage="hieu", given={"con-so": (0, "3")})
    rounds = [canvases.hand_in(by=an, entry_id=entry.pk, stage="hieu", round=0).round for _time in range(2)]
    assert rounds == [1, 1]


def test_a_mentor_sends_back_with_a_note_and_passes_with_every_criterion(cast, entry):
    handed_in(cast, entry)
    entry.mentors.add(cast.binh)
    binh = acting(cast.binh)
    given = {"by": binh, "entry_id": entry.pk, "stage": "hieu"}
    with pytest.raises(canvases.NotReady, match="note"):
        canvases.decide(**given, round=1, met=["noi"], note=" ", passes=False)
    for _time in range(2):
        canvases.decide(**given, round=1, met=["noi"], note="Thiếu con số", passes=False)
    assert GateDecision.objects.count() == 1
    canvases.hand_in(by=acting("dao"), entry_id=entry.pk, stage="hieu", round=1)
    with pytest.raises(canvases.NotReady, match="every criterion"):
        canvases.decide(**given, round=2, met=["noi"], note="", passes=True)
    canvases.decide(**given, round=2, met=["noi", "so"], note="", passes=True)
    assert entry.stages.get().state == "passed"
    with pytest.raises(canvases.DecidedAlready, match="Trần Văn Bình"):
        canvases.decide(**(given | {"by": acting(cast.chi)}), round=2, met=[], note="Khác", passes=False)


def test_nobody_decides_at_the_gates_of_their_own_team(cast, entry):
    handed_in(cast, entry)
    entry.mentors.add(cast.an)
    for who in (cast.an, "hanh"):
        with pytest.raises(NotAllowed):
            canvases.decide(by=acting(who), entry_id=entry.pk, stage="hieu", round=1, met=["noi", "so"], note="",
                            passes=True)  # fmt: skip


def test_the_next_stage_opens_when_the_one_before_waits_and_is_handed_in_when_it_is_passed(cast, entry):
    an = acting(cast.an)
    with pytest.raises(canvases.StageClosed):
        canvases.write(by=an, entry_id=entry.pk, stage="dung", given={"ban-thu": (0, "Một trang")})
    handed_in(cast, entry)
    canvases.write(by=an, entry_id=entry.pk, stage="dung", given={"ban-thu": (0, "Một trang")})
    canvases.add_link(by=an, entry_id=entry.pk, stage="dung", name="", link="https://thu.example/trang")
    with pytest.raises(canvases.StageClosed):
        canvases.hand_in(by=an, entry_id=entry.pk, stage="dung", round=0)
    canvases.decide(by=acting(cast.chi), entry_id=entry.pk, stage="hieu", round=1, met=["noi", "so"], note="",
                    passes=True)  # fmt: skip
    assert canvases.hand_in(by=an, entry_id=entry.pk, stage="dung", round=0).state == "passed"


def test_a_stage_that_shows_something_needs_it(cast, entry):
    passed(cast, entry)
    an = acting(cast.an)
    canvases.write(by=an, entry_id=entry.pk, stage="dung", given={"ban-thu": (0, "Một trang")})
    with pytest.raises(canvases.NotReady):
        canvases.hand_in(by=an, entry_id=entry.pk, stage="dung", round=0)
    for bad in ("javascript:alert(1)", "thu.example", "https://"):
        with pytest.raises(canvases.BadArtefact):
            canvases.add_link(by=an, entry_id=entry.pk, stage="dung", name="", link=bad)
    for _time in range(2):
        canvases.add_file(by=an, entry_id=entry.pk, stage="dung", name="", octets=b"<p>Chao", file_name="thu.html")
    assert entry.artefacts.count() == 1
    assert canvases.hand_in(by=an, entry_id=entry.pk, stage="dung", round=0).state == "passed"


def test_a_team_that_loses_somebody_goes_on_with_what_they_wrote(cast, entry):
    canvases.write(by=acting(cast.an), entry_id=chosen(cast, entry).pk, stage="hieu", given=FILLED)
    Enrolment.objects.filter(person=cast.an, cohort=entry.sprint.cohort).update(state="withdrawn")
    with pytest.raises(NotAllowed):
        canvases.write(by=acting(cast.an), entry_id=entry.pk, stage="hieu", given={"ai": (1, "Khác")})
    [kept] = canvases.write(by=acting("dao"), entry_id=entry.pk, stage="hieu", given={"ai": (1, "Người dân, thêm")})
    assert kept.version == 2
    assert canvases.hand_in(by=acting("dao"), entry_id=entry.pk, stage="hieu", round=0).state == "waiting"
    cast.an.delete()
    assert queries.texts(entry, "hieu")["con-so"].text == "3 trên 10 hồ sơ"


def test_standing_counts_gates_and_the_presentation(cast, entry):
    activity = sprint_of(cast).activity_id
    cohort = entry.sprint.cohort
    assert queries.standings(cohort)[cast.an.pk, activity].state == "choosing"
    passed(cast, entry)
    assert queries.standings(cohort)[cast.an.pk, activity].passed == 1
    entry.stages.create(key="dung", state="passed", round=1)
    standing = queries.standings(cohort, [cast.an.pk])
    assert list(standing) == [(cast.an.pk, activity)] and standing[cast.an.pk, activity].state == "ready"
    assert not standing[cast.an.pk, activity].is_passed
    entry.presented_at = cohort.created_at
    entry.save()
    entry.presenters.set([cast.an])
    Enrolment.objects.filter(person=cast.an, cohort=cohort).update(team=None)
    assert queries.standings(cohort)[cast.an.pk, activity].is_passed


def test_standings_take_as_many_queries_for_many_as_for_few(cast, entry, django_assert_num_queries):
    with django_assert_num_queries(4):
        queries.standings(entry.sprint.cohort)
