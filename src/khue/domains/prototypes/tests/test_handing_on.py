"""An's tool goes to others: Bình reviews it, Chi elsewhere never sees it."""

import json

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from khue.domains.analysis import api as analysis
from khue.domains.people.api import Role
from khue.domains.people.models import Person
from khue.domains.people.tests.cast import gather, member, place
from khue.domains.prototypes.actions import handing, tools, turns
from khue.domains.prototypes.handing import checks
from khue.domains.prototypes.models import State, Tool, Verdict
from khue.domains.prototypes.patterns import pattern
from khue.domains.prototypes.queries.artefacts import CHECKS, Tools
from khue.domains.prototypes.tests.cast import tool_version
from khue.kernel.errors import NotAllowed

FEE = {"pattern": "fee-calculator", "parameters": dict(pattern("fee-calculator").example["vi"])}


@pytest.fixture
def academy(db):
    return place("hv", "Học viện")


@pytest.fixture
def an(academy):
    return member("an", academy, Role.PARTICIPANT)


@pytest.fixture
def binh(academy):
    return member("binh", academy, Role.LECTURER)


@pytest.fixture
def chi(db):
    return member("chi", place("khac", "Trường khác"), Role.ADMINISTRATOR)


@pytest.fixture
def tool(an):
    made = tools.create(
        by=an, idea="Tính phí chứng thực bản sao cho người dân", language="vi", examples="3 bản → 24.000 ₫"
    )
    tools.keep(tool=made, source=FEE, reason="lần đầu", by_id=an.person_id)
    return made


def opened(person):
    client = Client()
    client.force_login(Person.objects.get(pk=person.person_id))
    return client


def test_the_gallery_takes_what_somebody_else_has_accepted(tool, an, binh, chi):
    with pytest.raises(handing.NotReviewed):
        handing.publish(by=an, tool=tool)
    review = handing.ask_for_review(by=an, tool=tool)
    with pytest.raises(NotAllowed):
        handing.decide(by=an, review=review, accept=True, note="")
    with pytest.raises(handing.NoReason):
        handing.decide(by=binh, review=review, accept=False, note=" ")
    handing.decide(
        by=binh,
        review=review,
        accept=True,
        note="Đúng",
        findings=[{"level": "note", "message": "Chữ nhỏ", "remedy": ""}],
    )
    handing.publish(by=an, tool=tool)
    assert list(Tool.objects.gallery(binh)) == [tool]
    assert list(Tool.objects.open_to(chi)) == []
    assert "Chữ nhỏ" in str(review.findings)


def test_what_must_be_changed_is_accepted_by_nobody(tool, an, binh):
    tool.head.findings = [{"level": "stop", "message": "Có mật khẩu", "remedy": "Bỏ đi"}]
    tool.head.save()
    review = handing.ask_for_review(by=an, tool=tool)
    with pytest.raises(handing.NotFit):
        handing.decide(by=binh, review=review, accept=True, note="Tốt")
    with pytest.raises(handing.NotFit):
        handing.share(by=an, tool=tool, is_on=True)
    assert review.verdict == Verdict.ASKED


def test_a_link_opens_to_everybody_until_it_is_ended(tool, an):
    handing.share(by=an, tool=tool, is_on=True, sites="https://xa.gov.vn")
    page = reverse("prototypes-open:page", args=[tool.link])
    answer = Client().get(page)
    assert answer.status_code == 200
    assert "frame-src http://testserver/sandbox/" in answer.headers["Content-Security-Policy"]
    embedded = Client().get(reverse("prototypes-open:embed", args=[tool.link]))
    assert "frame-ancestors 'self' https://xa.gov.vn" in embedded.headers["Content-Security-Policy"]
    handing.share(by=an, tool=tool, is_on=False)
    assert Client().get(page).status_code == 404


def test_a_site_that_is_none_is_named(tool, an):
    with pytest.raises(handing.NoSite):
        handing.share(by=an, tool=tool, is_on=True, sites="xa.gov.vn; script-src *")


def test_feedback_is_kept_without_identifiers(tool, an):
    handing.share(by=an, tool=tool, is_on=True)
    sent = {"rating": "-1", "words": "Sai với căn cước 048190000123"}
    assert Client().post(reverse("prototypes-open:feedback", args=[tool.link]), sent).status_code == 200
    told = tool.feedback.get()
    assert told.rating == -1
    assert "048190000123" not in told.words


def test_retiring_takes_it_out_of_reach_and_keeps_its_versions(tool, an):
    handing.share(by=an, tool=tool, is_on=True)
    with pytest.raises(handing.NoReason):
        handing.retire(by=an, tool=tool, reason="")
    handing.retire(by=an, tool=tool, reason="Có quy định mới")
    assert (tool.state, tool.link, tool.versions.count()) == (State.RETIRED, "", 1)


def test_the_file_works_by_itself_and_names_no_address(tool, an):
    answer = opened(an).get(reverse("prototypes:export", args=[tool.pk, 1]))
    text = answer.content.decode()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert text.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in text
    assert 'src="http' not in text


def test_pages_of_the_studio_show_versions_and_their_difference(tool, an):
    other = {**FEE, "parameters": {**FEE["parameters"], "title": "Tên khác"}}
    tools.keep(tool=tool, source=other, reason="đổi tên", by_id=an.person_id)
    client = opened(an)
    studio = client.get(reverse("prototypes:studio", args=[tool.pk]))
    assert studio.status_code == 200
    assert "Tên khác" in studio.content.decode()
    versions = client.get(reverse("prototypes:versions", args=[tool.pk]), {"a": 1, "b": 2}).content.decode()
    assert "- title: Phí chứng thực bản sao" in versions
    assert "+ title: Tên khác" in versions
    picture = client.get(reverse("prototypes:picture", args=[tool.pk, 2]))
    assert picture.headers["Content-Type"] == "image/svg+xml"


def test_as_evidence_a_tool_brings_its_description_examples_and_changes(tool, an):
    tools.note_outcomes(version=tool.head, outcomes=[{"text": "3 bản → 24.000 ₫", "passed": True}])
    kind = Tools()
    assert [made.id for made in kind.made_by(an.person_id)] == [tool.pk]
    body = kind.frozen(an.person_id, [tool.pk])[tool.pk].body
    handed = {"note": {}, "things": [body]}
    assert checks.works(handed, {"least": 1, "share": 1.0}) == {"passed": True, "ran": 1, "good": 1}
    assert not checks.changed(handed, {"least": 1})["passed"]
    assert checks.described(handed, {"least": 5})["passed"]
    assert checks.safe(handed, {})["passed"]
    assert all(
        check.tell({"passed": True, "words": 1, "ran": 1, "good": 1, "count": 1, "grave": []})
        for check in CHECKS.values()
    )


def test_a_case_without_a_tool_passes_nothing():
    empty = {"note": {}, "things": []}
    assert not checks.works(empty, {"least": 1, "share": 1.0})["passed"]
    assert not checks.safe(empty, {})["passed"]


def test_its_channel_reads_a_data_set_as_the_person_may_and_nothing_else(tool, an, chi, tmp_path):
    """An's table with her tool; Chi, who may see neither, gets nothing by its address."""
    file = tmp_path / "ho-so.csv"
    file.write_text("Xã,Số hồ sơ\nCẩm Sơn,12\nĐồng Vọng,7\n", encoding="utf-8")
    held = analysis.load(file, by=an, name="ho-so")
    handing.channel(by=an, tool=tool, dataset=held.id, assistant="")
    address = reverse("prototypes:dataset", args=[tool.pk])
    told = opened(an).get(address).json()
    assert told["rows"] == [["Cẩm Sơn", 12], ["Đồng Vọng", 7]]
    assert len(told["columns"]) == 2
    assert opened(chi).get(address).status_code == 404
    handing.channel(by=an, tool=tool, dataset=None, assistant="")
    assert opened(an).get(address).status_code == 404


def test_a_tool_without_an_assistant_asks_nobody(tool, an):
    asked = opened(an).post(
        reverse("prototypes:ask", args=[tool.pk]), {"question": "Lệ phí bao nhiêu?"}, content_type="application/json"
    )
    assert asked.status_code == 400
    assert asked.json()["detail"]


def test_an_idea_is_needed_where_no_pattern_is_taken(an):
    client = opened(an)
    assert client.post(reverse("prototypes:create"), {"idea": ""}).status_code == 400
    assert client.post(reverse("prototypes:create"), {"idea": "", "pattern": "fee-calculator"}).status_code == 302


def test_a_formula_that_the_examples_show_needs_no_model(an, no_model):
    """Found, said, and kept as a version; figures that no example shows are named."""
    turn = turns.begin(
        by=an, idea="Mỗi bản 8.000 đồng, tối đa 200.000 đồng.", examples="Số bản: 4 → Phí: 32.000 ₫", key="-"
    )
    settled = list(turns.stream(turn=turn, by=an))[-1]
    assert settled.turn.version.source["parameters"]["results"][0]["formula"] == "8000 * so_ban"
    assert any("200000" in step for step in settled.turn.steps)


# Explained, told back, ended --------------------------------------------------------------


def test_code_is_explained_piece_by_piece(transactional_db, model_server):
    model_server.answers = ["1: Tên của công cụ.\n2: Ô nhập số bản.\n"]
    cast = gather()
    version = tool_version(cast)
    client = Client()
    client.force_login(cast.binh)
    page = client.get(reverse("prototypes:explain", args=[version.tool_id, version.number]))
    assert page.status_code == 200
    assert "&lt;k-" in page.content.decode()
    told = client.get(reverse("prototypes:explain-stream", args=[version.tool_id, version.number]))
    streamed = async_to_sync(_whole)(told).decode()
    assert json.dumps({"number": 2, "text": "Ô nhập số bản."}) in streamed
    assert "event: finished" in streamed


async def _whole(response):
    return b"".join([chunk async for chunk in response.streaming_content])


def test_feedback_is_read_and_settled_by_who_made_it(tool, an, binh):
    handing.decide(by=binh, review=handing.ask_for_review(by=an, tool=tool), accept=True, note="Đúng")
    handing.publish(by=an, tool=tool)
    reader = opened(binh)
    assert reader.get(reverse("prototypes:use", args=[tool.pk])).status_code == 200
    reader.post(reverse("prototypes:feedback", args=[tool.pk]), {"rating": "1", "words": "Rất tiện"})
    mine = opened(an)
    studio = reverse("prototypes:studio", args=[tool.pk])
    assert "Rất tiện" in mine.get(studio).content.decode()
    told = tool.feedback.get()
    assert reader.post(reverse("prototypes:settle", args=[tool.pk, told.pk])).status_code in {403, 404}
    mine.post(reverse("prototypes:settle", args=[tool.pk, told.pk]))
    assert "Rất tiện" not in mine.get(studio).content.decode()


def test_a_retired_tool_is_no_longer_found_and_says_why(academy, tool, an, binh):
    handing.decide(by=binh, review=handing.ask_for_review(by=an, tool=tool), accept=True, note="Đúng")
    handing.publish(by=an, tool=tool)
    handing.share(by=an, tool=tool, is_on=True)
    link = Tool.objects.get(pk=tool.pk).link
    mine = opened(an)
    mine.post(reverse("prototypes:retire", args=[tool.pk]), {"reason": "Có quy định mới"})
    assert list(Tool.objects.gallery(binh)) == []
    assert Client().get(reverse("prototypes-open:page", args=[link])).status_code == 404
    other = member("dao", academy, Role.PARTICIPANT)
    assert opened(other).get(reverse("prototypes:use", args=[tool.pk])).status_code == 404
    assert "Có quy định mới" in mine.get(reverse("prototypes:studio", args=[tool.pk])).content.decode()
