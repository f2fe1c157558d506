"""The public sees what everybody in the team agreed to; and what became of it is asked."""

from datetime import timedelta

import pytest

from khue.domains.academy.actions import canvases, gallery
from khue.domains.academy.models import Enrolment, FollowUp, Publication
from khue.domains.academy.queries import gallery as queries
from khue.domains.academy.tests.sprints.sprint import acting
from khue.kernel.clock import today
from khue.kernel.errors import NotAllowed


@pytest.fixture
def written(cast, entry) -> Publication:
    canvases.write(by=acting(cast.an), entry_id=entry.pk, stage="hieu", given={"ai": (0, "Người dân")})
    return gallery.write(by=acting(cast.an), entry_id=entry.pk, title="Biết trước giấy tờ", summary="Một trang.",
                         parts=["stage:hieu"])  # fmt: skip


def agree(written, *people, version=1, shows_name=False):
    for who in people:
        gallery.agree(by=acting(who), entry_id=written.entry_id, version=version, shows_name=shows_name)


def test_it_is_public_when_everybody_agrees_and_names_those_who_want_it(cast, written):
    agree(written, cast.an, shows_name=True)
    assert not queries.public().exists()
    agree(written, "dao")
    assert [shown.title for shown in queries.public()] == ["Biết trước giấy tờ"]
    assert queries.shown_names(written) == ["Nguyễn Thị An"]


def test_a_change_needs_consent_anew_and_the_same_again_does_not(cast, written):
    agree(written, cast.an, "dao")
    same = {"title": written.title, "summary": written.summary, "parts": ["stage:hieu"]}
    gallery.write(by=acting("dao"), entry_id=written.entry_id, **same)
    assert queries.public().exists()
    gallery.write(by=acting("dao"), entry_id=written.entry_id, **(same | {"summary": "Khác."}))
    assert not queries.public().exists()
    with pytest.raises(gallery.ChangedMeanwhile):
        agree(written, cast.an, version=1)


def test_what_was_written_later_is_not_public(cast, written):
    agree(written, cast.an, "dao")
    canvases.write(by=acting(cast.an), entry_id=written.entry_id, stage="hieu", given={"ai": (1, "Tên một người dân")})
    assert "Tên một người dân" not in str(queries.public().get().parts)


def test_one_who_withdraws_takes_it_down_and_one_who_left_does_not_hold_it_back(cast, written):
    agree(written, cast.an, "dao")
    gallery.withdraw(by=acting("dao"), entry_id=written.entry_id)
    assert not queries.public().exists()
    Enrolment.objects.filter(person__username="dao").update(state="withdrawn")
    assert queries.public().exists()


def test_a_team_without_people_shows_nothing(cast, written):
    agree(written, cast.an, "dao")
    Enrolment.objects.filter(team=written.entry.team).update(state="withdrawn")
    assert not queries.public().exists()


def test_another_team_writes_and_agrees_to_nothing(cast, written):
    with pytest.raises(NotAllowed):
        agree(written, "hanh")


def test_what_became_of_it_is_asked_once_and_answered_with_date_and_reason(cast, entry):
    follow_up = FollowUp.objects.create(entry=entry, months=3, due_on=today())
    FollowUp.objects.create(entry=entry, months=6, due_on=today() + timedelta(days=90))
    assert (gallery.ask_due(), gallery.ask_due()) == (1, 0)
    assert [due.pk for due in queries.due_for(acting(cast.an))] == [follow_up.pk]
    given = {"follow_up_id": follow_up.pk, "outcome": "piloted", "happened_on": today()}
    with pytest.raises(gallery.Unreasoned):
        gallery.answer(by=acting(cast.an), **given, reason=" ")
    with pytest.raises(NotAllowed):
        gallery.answer(by=acting("hanh"), **given, reason="Phường thử hai tháng")
    with pytest.raises(gallery.Unreasoned):
        gallery.answer(by=acting(cast.an), **(given | {"happened_on": today() + timedelta(days=1)}), reason="Sẽ thử")
    for _time in range(2):
        done = gallery.answer(by=acting(cast.an), **given, reason="Phường thử hai tháng")
    assert (done.outcome, done.answered_by) == ("piloted", cast.an)
    assert not queries.due_for(acting(cast.an)).exists()
    assert queries.outcomes(entry.sprint.entries.all()) == {"piloted": 1}
