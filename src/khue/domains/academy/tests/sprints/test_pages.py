"""From the problem to the result and the gallery, as people do it on pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khue.domains.academy.models import Enrolment, Judge, Sheet
from khue.domains.academy.tests.sprints.sprint import acting, entry_of, sprint_of
from khue.domains.people.models import Person

JSON = {"headers": {"accept": "application/json"}}


def signed_in(who) -> Client:
    client = Client()
    person = who if isinstance(who, Person) else Person.objects.get(username=who)
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person, backend="khue.domains.people.adapters.PasswordBackend")
    return client


def at(name, *args) -> str:
    return reverse(f"academy:{name}", args=args)


def test_a_whole_sprint(cast, sprint):
    one, two = entry_of(cast, 1), entry_of(cast, 2)
    an, chi, binh = signed_in(cast.an), signed_in(cast.chi), signed_in(cast.binh)
    # An's programme leads to the sprint
    assert an.get(at("activity", sprint.activity_id)).headers["Location"] == at("sprint", sprint.pk)
    problem = sprint.problems.get(key="mot")
    assert "Files sent back" in an.get(at("sprint-problems", sprint.pk)).text
    an.post(at("sprint-choose", sprint.pk, problem.pk))
    late = signed_in("hanh").post(at("sprint-choose", sprint.pk, problem.pk), follow=True)
    assert "Another team was quicker" in late.text and "No place left" in late.text
    # the canvas, the gate, the mentor Bình
    filled = {"field": ["ai", "con-so"], "base-ai": 0, "text-ai": "Người dân", "base-con-so": 0, "text-con-so": "3/10"}
    an.post(at("canvas-save", one.pk, "hieu"), filled)
    an.post(at("stage-hand-in", one.pk, "hieu"), {"round": 0})
    assert binh.get(at("sprint", sprint.pk)).status_code == 404
    chi.post(at("sprint-mentors", sprint.pk, one.pk), {"person": "binh"})
    assert "look" in binh.get(at("sprint", sprint.pk)).text
    gate = binh.get(at("sprint-stage", one.pk, "hieu")).text
    assert "3/10" in gate and "A place is named" in gate
    word = {"round": 1, "met": ["noi", "so"], "note": "Rõ ràng", "word": "pass"}
    binh.post(at("stage-gate", one.pk, "hieu"), word)
    assert "Rõ ràng" in an.get(at("sprint-stage", one.pk, "hieu")).text
    # the demo day
    chi.post(at("sprint-demo", sprint.pk), {"do": "chair", "person": "chi"})
    chi.post(at("sprint-demo", sprint.pk), {"do": "judge", "person": cast.hai.email, "agency": "UBND tỉnh Sông Thanh"})
    chi.post(at("sprint-demo", sprint.pk), {"do": "order", f"place-{one.pk}": 2, f"place-{two.pk}": 1})
    chi.post(at("sprint-demo", sprint.pk), {"do": "present", "entry": two.pk})
    chi.post(at("sprint-demo", sprint.pk), {"do": "open"})
    hai = signed_in(cast.hai)
    assert "A place and a figure" in hai.get(at("judging", sprint.pk)).text
    for entry, points in ((one, 4), (two, 2)):
        sheet = {"entry": entry.pk, "points-that": points, "points-thu": 6, "serial": 1, "note": ""}
        assert hai.post(at("judging-sheet", sprint.pk), sheet, **JSON).json() == {"kept": True}
    assert "2 / 2" in chi.get(at("sprint-hall", sprint.pk)).text
    # what was given is on no page but the chair's
    assert an.get(at("sprint-result", sprint.pk)).status_code == 403
    assert signed_in(cast.giang).get(at("sprint-result", sprint.pk)).status_code == 403
    assert "Only you see this" in chi.get(at("sprint-result", sprint.pk)).text
    chi.post(at("sprint-demo", sprint.pk), {"do": "close"})
    chi.post(at("sprint-demo", sprint.pk), {"do": "reveal"})
    result = an.get(at("sprint-result", sprint.pk)).text
    assert result.index("Nhóm 1") < result.index("Nhóm 2") and "10.00 of 10" in result
    # the gallery
    form = {"title": "Biết trước giấy tờ", "summary": "Một trang cho người dân.", "parts": ["stage:hieu"]}
    an.post(at("publication", one.pk), form)
    for who in (cast.an, "dao"):
        assert "Biết trước" not in Client().get(at("gallery")).text
        signed_in(who).post(at("publication-consent", one.pk), {"version": 1, "shows_name": "on"})
    assert "Biết trước" in Client().get(at("gallery")).text
    shown = Client().get(at("gallery-shown", one.publication.pk)).text
    assert "Người dân" in shown and "Nguyễn Thị An" in shown
    # what became of it
    follow_up = one.follow_ups.get(months=3)
    an.post(at("follow-up", follow_up.pk), {"outcome": "piloted", "happened_on": "2026-01-05", "reason": "Hai tháng"})
    assert "Piloted" in an.get(at("sprint", sprint.pk)).text


def test_a_conflict_without_a_script_shows_both_texts(cast, entry):
    entry.sprint.entries.update(problem=entry.sprint.problems.get(key="hai"))
    an, dao = signed_in(cast.an), signed_in("dao")
    an.post(at("canvas-save", entry.pk, "hieu"), {"field": "ai", "base-ai": 0, "text-ai": "Của An"})
    answer = dao.post(at("canvas-save", entry.pk, "hieu"), {"field": "ai", "base-ai": 0, "text-ai": "Của Đào"})
    assert answer.status_code == 409
    assert "Của Đào</textarea>" in answer.text and "Của An</blockquote>" in answer.text
    assert 'name="base-ai" value="1"' in answer.text


def test_a_script_is_told_of_the_conflict_and_of_what_others_wrote(cast, entry):
    an, dao = signed_in(cast.an), signed_in("dao")
    given = {"field": "ai", "base-ai": 0, "text-ai": "Của An"}
    kept = an.post(at("canvas-save", entry.pk, "hieu"), given, **JSON).json()["fields"]
    assert kept == [{"field": "ai", "version": 1, "text": "Của An", "by": "Nguyễn Thị An", "conflict": False}]
    met = dao.post(at("canvas-save", entry.pk, "hieu"), given | {"text-ai": "Của Đào"}, **JSON).json()["fields"][0]
    assert (met["conflict"], met["text"]) == (True, "Của An")
    heard = dao.get(at("canvas-pulse", entry.pk, "hieu")).json()["fields"]
    assert [(one["field"], one["version"]) for one in heard] == [("ai", 1)]


@pytest.fixture
def judge(cast, sprint):
    sprint.chair, sprint.opened_at = cast.chi, sprint.created_at
    sprint.save()
    entry_of(cast).__class__.objects.filter(pk=entry_of(cast).pk).update(position=1)
    Judge.objects.create(sprint=sprint, person=cast.hai)
    return signed_in(cast.hai)


def test_a_phone_that_was_away_sends_twice_and_out_of_order(cast, sprint, judge):
    sheet = {"entry": entry_of(cast).pk, "points-that": 4, "points-thu": 6, "note": "Hay"}
    for serial, that in ((20, 4), (20, 4), (10, 0)):
        answer = judge.post(at("judging-sheet", sprint.pk), sheet | {"points-that": that, "serial": serial}, **JSON)
        assert answer.status_code == 200
    assert Sheet.objects.get().points == {"that": 4, "thu": 6}


def test_a_phone_learns_whether_to_try_again(cast, sprint, judge):
    sheet = {"entry": entry_of(cast).pk, "points-that": 4, "points-thu": 6, "serial": 1}
    wrong = judge.post(at("judging-sheet", sprint.pk), sheet | {"points-that": 3}, **JSON)
    assert (wrong.status_code, "no level" in wrong.json()["refused"]) == (400, True)
    Enrolment.objects.filter(person=cast.an, cohort=sprint.cohort).update(unit="Sở X")
    Judge.objects.update(agency="sở x")
    assert judge.post(at("judging-sheet", sprint.pk), sheet, **JSON).status_code == 403
    Judge.objects.update(agency="")
    sprint_of(cast).__class__.objects.update(closed_at=sprint.created_at)
    assert judge.post(at("judging-sheet", sprint.pk), sheet, **JSON).status_code == 423
    sprint_of(cast).__class__.objects.update(closed_at=None)
    assert judge.post(at("judging-sheet", sprint.pk), sheet, **JSON).status_code == 200


def test_an_agency_without_an_account_proposes_by_its_address(cast, sprint):
    page = signed_in(cast.chi).get(at("sprint-problems", sprint.pk)).text
    address = page.split('id="proposal-address">')[1].split("<")[0].removeprefix("http://testserver")
    given = {"name": "Trả kết quả muộn", "text": "Ba ngày một hồ sơ.", "agency": "Phường An Hòa", "contact": ""}
    assert "Files sent back" not in Client().get(address).text
    assert Client().post(address, given).status_code == 200
    assert Client().get(address[:-2] + "x/").status_code == 404
    assert [problem.state for problem in sprint.problems.filter(key="")] == ["proposed"]
    assert "Trả kết quả muộn" not in signed_in(cast.an).get(at("sprint-problems", sprint.pk)).text


def test_the_board_takes_as_many_queries_for_many_teams(cast, sprint, django_assert_max_num_queries):
    chi = signed_in(cast.chi)
    chi.get(at("sprint", sprint.pk))
    for number in range(3, 13):
        sprint.entries.model.objects.create(
            sprint=sprint, team=sprint.cohort.teams.create(name=f"Nhóm {number}", position=number)
        )
    with django_assert_max_num_queries(40):
        assert "Nhóm 12" in chi.get(at("sprint", sprint.pk)).text


def test_a_file_of_a_team_is_never_shown_as_a_page(cast, entry):
    an = signed_in(cast.an)
    bad = SimpleUploadedFile("trang.html", b"<script>alert(1)</script>", content_type="text/html")
    an.post(at("artefact-add", entry.pk, "hieu"), {"file": bad})
    made = entry.artefacts.get()
    answer = an.get(at("artefact", entry.pk, made.pk))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert signed_in("hanh").get(at("artefact", entry.pk, made.pk)).status_code == 403
    assert acting(cast.an).name in an.get(at("sprint-stage", entry.pk, "hieu")).text
