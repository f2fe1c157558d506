"""The writer: what has a source stands, what has none is a gap, nothing changes that nobody accepted."""

import json

import pytest

from khue.domains.drafting.actions import drafts, writing
from khue.domains.drafting.models import Draft, Rewrite
from khue.domains.drafting.tests.cast import CONTENT
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor_of
from khue.gateway.classes import DataClass

BRIEF = "Mời Sở Tài chính cử 02 người dự họp ngày 12 tháng 5 năm 2026."
PARTS = {
    "subject": "mời dự họp",
    "parts": [
        "Sở Nội vụ đề nghị Sở Tài chính cử 02 người dự họp ngày 12 tháng 5 năm 2026.",
        "Cuộc họp do ông Phạm Văn Tám chủ trì, kinh phí 15.000.000 đồng theo Quyết định 99/QĐ-UBND.",
    ],
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def an(cast, embedding_server):
    return actor_of(cast.an.pk)


@pytest.fixture
def draft(an):
    return drafts.create(by=an, content=CONTENT | {"subject": "", "body": []}, data_class=DataClass.PUBLIC)


def body_of(draft):
    draft.refresh_from_db()
    return [one["text"] for one in draft.content["body"]]


def test_facts_come_from_the_brief_and_the_rest_is_a_gap(draft, an, model_server):
    model_server.answers = [json.dumps(PARTS, ensure_ascii=False)]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    first, second = body_of(draft)
    assert first == PARTS["parts"][0]
    assert "Tám" not in second and "15.000.000" not in second and "99/QĐ" not in second and second.count("[điền: ") == 3
    assert draft.writing == "" and draft.content["subject"] == "mời dự họp" and len(draft.ledger) == 1
    assert draft.versions.get().reason == "before writing"


def test_sources_are_cited_and_their_class_stays_with_the_draft(draft, an, model_server):
    place = knowledge.create_collection(
        "Hồ sơ họp", by=an, data_class=DataClass.INTERNAL, access=knowledge.Access.PRIVATE
    )
    blocks = tuple(knowledge.paragraphs("Cuộc họp về ngân sách của Sở Tài chính có kinh phí 15.000.000 đồng."))
    added = knowledge.add_document(place.id, knowledge.NewDocument("Dự toán họp", blocks, language="vi"), by=an)
    model_server.answers = [json.dumps(PARTS, ensure_ascii=False)]
    writing.ask(by=an, draft=draft, brief=BRIEF, documents=[added.document_id])
    writing.write(draft.pk, [added.document_id])
    assert "15.000.000" in body_of(draft)[1]
    assert draft.data_class == DataClass.INTERNAL and draft.sources[0]["title"] == "Dự toán họp"


def test_a_reply_that_is_no_json_changes_nothing(draft, an, model_server):
    model_server.answers = ["Vâng, đây là công văn"]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    assert body_of(draft) == [] and draft.writing and draft.writing not in {"waiting", "writing"}


def test_without_a_model_the_person_is_told(draft, an, no_model):
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    assert body_of(draft) == [] and draft.writing not in {"", "waiting", "writing"}


def test_other_words_wait_for_a_yes(an, model_server):
    draft = drafts.create(by=an, content=CONTENT)
    old = CONTENT["body"][0]["text"]
    model_server.answers = ["Đề nghị quý Sở gửi báo cáo trước ngày 15 tháng 3."]
    made = writing.ask_rewrite(by=an, draft=draft, text=old, manner="shorter")
    writing.rewrite(made.pk)
    made.refresh_from_db()
    assert body_of(draft) == [old] and made.outcome == Rewrite.Outcome.OPEN and made.lost == ["2026"]
    writing.accept(by=an, rewrite=made)
    assert body_of(draft) == ["Đề nghị quý Sở gửi báo cáo trước ngày 15 tháng 3."]


def test_words_that_are_gone_are_not_replaced(an, model_server):
    draft = drafts.create(by=an, content=CONTENT)
    made = Rewrite.objects.create(draft=draft, manner="shorter", before="không có", after="có", outcome="open")
    with pytest.raises(writing.Gone):
        writing.accept(by=an, rewrite=made)
    assert Draft.objects.get(pk=draft.pk).revision == 0
