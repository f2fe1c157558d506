"""Pages of drafting: An drafts, Bình heads the unit, Chi coordinates and keeps the books."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as open_docx

from khue.domains.drafting.actions import register
from khue.domains.drafting.models import Draft, Entry, Series, Template
from khue.domains.drafting.nd30 import compiling
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.queries.templates import gallery
from khue.domains.drafting.tests.cast import CONTENT
from khue.domains.people.api import actor_of
from khue.kernel import artefacts

FORM = {
    "superior": "Ủy ban nhân dân tỉnh Nam Định", "agency": "Sở Nội vụ", "agency_code": "SNV", "unit": "VP",
    "place": "Nam Định", "subject": "báo cáo biên chế", "to": "Sở Tài chính\nSở Y tế",
    "body": "Đề nghị gửi báo cáo.\n1. Một.",
    "signature_position": "Giám đốc", "signature_name": "Nguyễn Văn An", "recipients": "", "urgency": "",
}  # fmt: skip


@pytest.fixture
def an(client, cast):
    client.force_login(cast.an)
    return client


@pytest.fixture
def draft(an):
    an.post(reverse("drafting:index"), {"type": "cong-van", "data_class": "1", "brief": ""})
    return Draft.objects.get()


def save(client, draft, revision=0, **more):
    data = {**FORM, "revision": revision, **more}
    return client.post(reverse("drafting:save", args=[draft.pk]), data)


def test_what_is_typed_is_kept_and_the_sheet_shows_it(an, draft):
    page = save(an, draft)
    assert page.status_code == 200
    said = page.content.decode()
    assert "SỞ NỘI VỤ" in said and "V/v báo cáo biên chế" in said and "- Sở Tài chính;" in said
    draft.refresh_from_db()
    assert draft.revision == 1 and [one["kind"] for one in draft.content["body"]] == ["text", "clause"]
    assert an.get(reverse("drafting:draft", args=[draft.pk])).status_code == 200


def test_an_older_window_overwrites_nothing(an, draft):
    save(an, draft)
    page = save(an, draft, revision=0, subject="khác")
    draft.refresh_from_db()
    assert draft.content["subject"] == "báo cáo biên chế"
    assert page.context["revision"] == 0
    assert "another window" in page.content.decode() or "cửa sổ khác" in page.content.decode()


def test_files_of_the_draft_hold_its_words(an, draft):
    save(an, draft)
    octets = an.get(reverse("drafting:docx", args=[draft.pk])).content
    text = "\n".join(
        cell.text for table in open_docx(io.BytesIO(octets)).tables for row in table.rows for cell in row.cells
    )
    assert "Số:         /SNV-VP" in text and "Nơi nhận:" in text
    pdf = an.get(reverse("drafting:pdf", args=[draft.pk]))
    assert pdf.content.startswith(b"%PDF") and b"Tinos" in pdf.content


def test_personal_data_raise_the_class_and_a_marking_is_refused(an, draft):
    save(an, draft, body="Cấp cho ông Nguyễn Văn Hải, căn cước công dân số 001099012345.")
    draft.refresh_from_db()
    assert draft.data_class == 2
    page = save(an, draft, revision=1, body="TỐI MẬT\nKế hoạch phòng thủ.")
    draft.refresh_from_db()
    assert draft.revision == 1 and page.status_code == 200


def test_from_hand_to_hand_with_what_each_changed(an, draft, cast, client):
    save(an, draft)
    an.post(reverse("drafting:hand", args=[draft.pk]), {"to": cast.binh.username, "note": "Mời xem."})
    draft.refresh_from_db()
    assert draft.state == "unit" and draft.holder == cast.binh
    assert save(an, draft, revision=1).status_code == 404
    client.force_login(cast.binh)
    save(client, draft, revision=1, subject="báo cáo biên chế năm 2026")
    client.post(reverse("drafting:hand", args=[draft.pk]), {"to": cast.chi.username})
    client.force_login(cast.chi)
    page = client.get(reverse("drafting:draft", args=[draft.pk])).content.decode()
    assert "1" in page and draft.handings.count() == 2
    client.post(reverse("drafting:hand", args=[draft.pk]), {"back": "1", "note": "Thiếu hạn."})
    draft.refresh_from_db()
    assert draft.state == "unit" and draft.holder == cast.binh
    versions = client.get(reverse("drafting:versions", args=[draft.pk]), {"old": 1, "new": 2}).content.decode()
    assert "<ins>năm 2026</ins>" in versions


def test_nobody_by_that_name_is_said(an, draft):
    an.post(reverse("drafting:hand", args=[draft.pk]), {"to": "nobody-here"})
    draft.refresh_from_db()
    assert draft.state == "drafting"


def test_a_file_is_checked_and_mended(an):
    octets = io.BytesIO()
    made = open_docx(io.BytesIO(compiling.docx(Document.model_validate(CONTENT | {"number": 5, "date": "2026-03-05"}))))
    made.sections[0].left_margin = 0
    made.save(octets)
    file = SimpleUploadedFile("công văn.docx", octets.getvalue())
    page = an.post(reverse("drafting:check"), {"file": file})
    assert page.status_code == 200 and [one.rule for one in page.context["findings"]] == ["margin-left"]
    file.seek(0)
    mended = an.post(reverse("drafting:check"), {"file": file, "fix": "1"})
    assert "cng-vn-nd30.docx" in mended["Content-Disposition"]
    again = an.post(reverse("drafting:check"), {"file": SimpleUploadedFile("x.docx", mended.content)})
    assert not again.context["findings"]


def test_what_is_no_word_file_is_refused_in_words(an):
    page = an.post(reverse("drafting:check"), {"file": SimpleUploadedFile("x.docx", b"not a zip")})
    assert page.status_code == 400 and page.context["form"].errors["file"]


def test_a_comment_stays_with_its_words_and_says_when_they_are_gone(an, draft, cast):
    save(an, draft)
    place, words = "body.0", "Đề nghị gửi báo cáo"
    an.post(reverse("drafting:comment", args=[draft.pk]), {"text": "Hạn nào?", "place": place, "quote": words})
    save(an, draft, revision=1, body="Mở đầu.\nĐề nghị gửi báo cáo.\n1. Một.")
    page = an.get(reverse("drafting:draft", args=[draft.pk])).content.decode()
    assert 'data-note-place="body.1"' in page and 'href="#note-1"' in page
    page = save(an, draft, revision=2, body="Khác hẳn.").content.decode()
    assert "data-note-place" not in page and "Hạn nào?" in page
    comment = draft.comments.get()
    an.post(reverse("drafting:comment-settle", args=[draft.pk, comment.pk]))
    comment.refresh_from_db()
    assert comment.settled_at and comment.settled_by == cast.an


def test_a_draft_becomes_the_organisation_s_template(an, draft, cast, client):
    save(an, draft)
    an.post(reverse("drafting:template-save", args=[draft.pk]), {"name": "Báo cáo biên chế"})
    made = Template.objects.get()
    an.post(reverse("drafting:template-begin", args=[made.pk]))
    begun = Draft.objects.exclude(pk=draft.pk).get()
    assert begun.content["subject"] == "báo cáo biên chế" and begun.content["agency"] == "Sở Nội vụ"
    an.post(reverse("drafting:template-save", args=[draft.pk]), {"name": "Báo cáo biên chế"})
    assert Template.objects.count() == 1
    client.force_login(cast.hai)
    assert client.get(reverse("drafting:template", args=[made.pk])).status_code == 404


def test_the_gallery_has_every_frequent_type_and_each_compiles():
    types = {one.content["type"] for one in gallery()}
    frequent = "to-trinh cong-van bao-cao quyet-dinh thong-bao giay-moi bien-ban ke-hoach letter memo"
    assert types >= set(frequent.split())
    for one in gallery():
        assert compiling.docx(Document.model_validate(one.content))[:2] == b"PK" and one.gaps


def test_what_a_rehearsal_made_goes_with_it(an, draft, cast):
    actor = actor_of(cast.chi.pk)
    an.post(reverse("drafting:hand", args=[draft.pk]), {"to": cast.chi.username})
    register.issue(by=actor, draft=draft)
    artefacts.clear([draft.organisation_id])
    assert not Draft.objects.exists() and not Entry.objects.exists() and not Series.objects.exists()
