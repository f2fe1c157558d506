"""The writer: what somebody said stands, what nobody said is a gap or marked, nothing changes that nobody accepted."""

import json

import pytest

from khue.domains.drafting.actions import drafts, rewriting, templates, writing
from khue.domains.drafting.models import Draft, Rewrite
from khue.domains.drafting.queries import checking, preview
from khue.domains.drafting.queries import templates as gallery
from khue.domains.drafting.tests.cast import CONTENT
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor_of
from khue.gateway.classes import DataClass

BRIEF = "Gửi Sở Tài chính đề nghị cử 02 người dự họp ngày 12/5/2026.\nphòng họp chật, chưa có máy chiếu"
SAID = "Đề nghị quý Sở cử 02 người dự họp ngày 12 tháng 5 năm 2026."
INVENTED = "Cuộc họp do ông Phạm Văn Tám chủ trì, kinh phí 15.000.000 đồng theo Quyết định 99/QĐ-UBND."
INCOMING = """SỞ TÀI CHÍNH
Số: 210/STC-VP, ngày 20 tháng 02 năm 2026
V/v góp ý dự thảo Quy chế tiếp công dân
Đề nghị Sở Nội vụ cho ý kiến về thời hạn trả lời.
Đề nghị cử một đầu mối phối hợp."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def an(cast, embedding_server):
    return actor_of(cast.an.pk)


@pytest.fixture
def draft(an):
    return drafts.create(by=an, content=CONTENT | {"subject": "", "body": [], "to": []}, data_class=DataClass.PUBLIC)


def body_of(draft):
    draft.refresh_from_db()
    return [one["text"] or one["title"] for one in draft.content["body"]]


def test_what_the_model_adds_does_not_stand(draft, an, model_server):
    model_server.answers = [SAID, INVENTED, "cử người dự họp"]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    opening, *told = body_of(draft)
    assert opening == "Sở Nội vụ kính gửi Sở Tài chính về việc cử người dự họp như sau:"
    assert sorted(told) == sorted([SAID, "Phòng họp chật, chưa có máy chiếu.", "Trân trọng."])
    assert draft.content["to"] == ["Sở Tài chính"] and draft.content["subject"] == "cử người dự họp"
    assert draft.writing == "" and len(draft.ledger) == 3
    assert draft.versions.get().reason == "before writing"


def test_a_sentence_that_says_a_little_more_is_marked(draft, an, model_server):
    more = "Phòng họp rất chật hẹp, chưa có máy chiếu."
    model_server.answers = [SAID, more, "cử người dự họp"]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    draft.refresh_from_db()
    assert preview.unbacked(draft.document, draft.marks) == [more]
    shown = preview.of(draft.document, draft.marks)["body"]
    assert {"backed", "unbacked"} <= {run.mark for line in shown for run in line.runs}
    drafts.stand_for(by=an, draft=draft, text=more)
    assert preview.unbacked(draft.document, draft.marks) == []


def test_a_reply_names_what_it_answers_and_leaves_open_what_nobody_answered(draft, an, model_server):
    model_server.answers = ["Thời hạn trả lời là 10 ngày làm việc."]
    writing.ask(by=an, draft=draft, brief="thời hạn trả lời là 10 ngày làm việc", answered=INCOMING)
    writing.write(draft.pk)
    opening, said, gap, close = body_of(draft)
    assert opening.startswith("Phúc đáp Công văn số 210/STC-VP ngày 20 tháng 02 năm 2026 của Sở Tài chính về việc")
    assert said == "Thời hạn trả lời là 10 ngày làm việc." and "[điền: trả lời “Đề nghị cử một đầu mối" in gap
    assert draft.content["to"] == ["Sở Tài chính"] and close.endswith("để biết, tổng hợp.")


def test_what_is_looked_up_is_cited_and_its_class_stays_with_the_draft(draft, an, model_server):
    place = knowledge.create_collection(
        "Hồ sơ họp", by=an, data_class=DataClass.INTERNAL, access=knowledge.Access.PRIVATE
    )
    blocks = tuple(knowledge.paragraphs("Kinh phí cuộc họp ngân sách của Sở Tài chính là 15.000.000 đồng."))
    added = knowledge.add_document(place.id, knowledge.NewDocument("Dự toán họp", blocks, language="vi"), by=an)
    model_server.answers = ["Kinh phí cuộc họp ngân sách là 15.000.000 đồng [1].", "Kinh phí 99 đồng.", "họp ngân sách"]
    writing.ask(by=an, draft=draft, brief="Nêu kinh phí cuộc họp\nNêu số người dự", documents=[added.document_id])
    writing.write(draft.pk, [added.document_id])
    told = body_of(draft)
    assert "Kinh phí cuộc họp ngân sách là 15.000.000 đồng." in told and "[điền: Nêu số người dự]" in told
    assert draft.data_class == DataClass.INTERNAL and draft.sources[0]["title"] == "Dự toán họp"
    assert [mark["kind"] for mark in draft.marks] == ["passage"]


def test_a_template_s_gaps_are_filled_only_with_what_the_lines_say(an, model_server):
    made = templates.begin(by=an, template=gallery.one("de-nghi-cung-cap", an))
    fields = [gap.partition(":")[2].strip(" ]") for gap in gaps(made)]
    model_server.answers = [
        json.dumps({f"m{n}": {"kỳ báo cáo": "quý I năm 2026", "nơi nhận": "Sở Không có"}.get(one, "")
                    for n, one in enumerate(fields, 1)})
    ]  # fmt: skip
    writing.ask(by=an, draft=made, brief="kỳ quý I năm 2026")
    writing.write(made.pk)
    made.refresh_from_db()
    assert "Kỳ báo cáo: quý I năm 2026." in body_of(made) and "Sở Không có" not in json.dumps(made.content)
    assert "[điền: nơi nhận]" in json.dumps(made.content, ensure_ascii=False)


def gaps(draft):
    from khue.domains.drafting.nd30 import wording

    return wording.gaps_of(draft.content)


def test_what_stops_keeps_what_is_written(draft, an, model_server, monkeypatch):
    from khue.domains.drafting.actions.phrasing import Pen

    model_server.answers = [SAID, INVENTED]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    shown = Pen.show

    def stopping(self, **facts):
        shown(self, **facts)
        if self.done == 1:
            writing.stop(by=an, draft=draft)

    monkeypatch.setattr(Pen, "show", stopping)
    writing.write(draft.pk)
    assert SAID in body_of(draft) and "Stopped" in draft.writing and draft.progress == {}


def test_what_is_typed_meanwhile_is_kept_as_a_version(draft, an, model_server):
    model_server.answers = [SAID, "Phòng họp chật, chưa có máy chiếu.", "cử người dự họp"]
    writing.ask(by=an, draft=draft, brief=BRIEF)
    typed = CONTENT | {"body": [{"text": "Tự viết."}], "agency_code": "SNV2", "subject": ""}
    drafts.keep(by=an, draft=draft, content=typed, revision=0)
    writing.write(draft.pk)
    draft.refresh_from_db()
    assert draft.content["agency_code"] == "SNV2" and draft.versions.get().content["body"][0]["text"] == "Tự viết."


def test_without_a_model_the_person_is_told(draft, an, no_model):
    writing.ask(by=an, draft=draft, brief=BRIEF)
    writing.write(draft.pk)
    assert body_of(draft) == [] and draft.writing not in {"", "waiting", "writing"}


def test_a_citation_is_known_ended_or_not_there(an):
    place = knowledge.create_collection("Văn bản", by=an, data_class=DataClass.PUBLIC)
    said = (
        "Nghị định này có hiệu lực từ ngày ký. Nghị định số 110/2004/NĐ-CP ngày 08 tháng 4 năm 2004 của Chính phủ về "
        "công tác văn thư hết hiệu lực từ ngày Nghị định này có hiệu lực."
    )
    new = knowledge.NewDocument(
        "Nghị định số 30/2020/NĐ-CP", tuple(knowledge.paragraphs(said)), language="vi", codes=("30/2020/NĐ-CP",)
    )
    knowledge.add_document(place.id, new, by=an)
    state = checking.known(by=an, library=True, data_class=None).state_of
    assert state is not None
    assert [state(code) for code in ("30/2020/NĐ-CP", "110/2004/NĐ-CP", "99/2099/NĐ-CP")] == [
        "known",
        "expired",
        "unknown",
    ]


# Other words -------------------------------------------------------------------------------------


def test_other_words_wait_for_a_yes_change_by_change(an, model_server):
    draft = drafts.create(by=an, content=CONTENT)
    old = CONTENT["body"][0]["text"]
    model_server.answers = ["Đề nghị quý Sở gửi báo cáo trước ngày 15 tháng 3."]
    made = rewriting.ask(by=an, draft=draft, text=old, manner="shorter")
    rewriting.write(made.pk)
    made.refresh_from_db()
    assert body_of(draft) == [old] and made.outcome == Rewrite.Outcome.OPEN and made.lost == ["2026"]
    rewriting.accept(by=an, rewrite=made, numbers={0})
    assert body_of(draft) == ["Đề nghị quý Sở gửi báo cáo trước ngày 15 tháng 3 năm 2026."]


def test_a_translation_keeps_terms_and_names_those_that_are_lost(an, model_server):
    draft = drafts.create(by=an, content=CONTENT)
    drafts.keep_terms(by=an, draft=draft, terms="Sở Nội vụ = Department of Home Affairs")
    draft.refresh_from_db()
    model_server.answers = ["The [T1] asks for the report before 15 March 2026."]
    made = rewriting.ask(by=an, draft=draft, text=CONTENT["body"][0]["text"], manner="en")
    rewriting.write(made.pk)
    made.refresh_from_db()
    assert made.after.startswith("The Department of Home Affairs asks") and made.lost == []
    model_server.answers = ["The department asks before 15 March 2026."] * 2
    made = rewriting.ask(by=an, draft=draft, text=CONTENT["body"][0]["text"], manner="en")
    rewriting.write(made.pk)
    made.refresh_from_db()
    assert made.lost == ["Sở Nội vụ"]


def test_words_that_are_gone_are_not_replaced(an):
    draft = drafts.create(by=an, content=CONTENT)
    made = Rewrite.objects.create(draft=draft, manner="shorter", before="không có", after="có", outcome="open")
    with pytest.raises(rewriting.Gone):
        rewriting.accept(by=an, rewrite=made)
    assert Draft.objects.get(pk=draft.pk).revision == 0
