"""A class rises by what stands in a text; a state secret does not come in. Names and numbers are invented."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khue.domains.knowledge import api
from khue.domains.knowledge.actions import answers, classes, documents, indexing
from khue.domains.knowledge.actions.refusals import Refused
from khue.domains.knowledge.models import Document
from khue.gateway import api as gateway
from khue.gateway.api import DataClass

PERSONAL = (
    "Ông Nguyễn Văn An, sinh ngày 12/03/1980, căn cước công dân số 001080012345, xin nghỉ phép năm 2026. "
    "Lệ phí xác nhận là 8.000 đồng."
)
OPEN = "Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng. Điện thoại bộ phận một cửa: 028 3822 1234."
MARKED = "ỦY BAN NHÂN DÂN TỈNH SÔNG THANH\nTỐI MẬT\n\nBÁO CÁO\nVề tình hình năm 2026.\n"


def new(text, title="Đơn xin nghỉ", **more):
    return api.NewDocument(title, tuple(api.paragraphs(text)), **more)


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def only():
    return Document.objects.get()


def test_personal_data_makes_a_document_confidential_and_only_kinds_and_counts_are_kept(library, an):
    api.add_document(library.pk, new(PERSONAL), by=an)
    document = only()
    assert document.data_class == DataClass.CONFIDENTIAL > library.data_class
    assert document.found["cccd"] == 1 and document.looked == classes.GENERATION
    assert "001080012345" not in str(document.found)


def test_an_agencys_telephone_number_raises_nothing(library, an):
    api.add_document(library.pk, new(OPEN), by=an)
    assert only().data_class == library.data_class


def test_what_its_bringer_says_counts_too(library, an):
    api.add_document(library.pk, new(OPEN, data_class=DataClass.CONFIDENTIAL), by=an)
    assert only().data_class == DataClass.CONFIDENTIAL


def test_a_marked_text_is_refused_and_nothing_of_the_call_is_stored(library, an):
    with pytest.raises(Refused) as refusal:
        api.add_documents(library.pk, [new(OPEN), new(MARKED, "Báo cáo")], by=an)
    assert refusal.value.code == "state_secret" and "TỐI MẬT" in str(refusal.value).upper()
    assert not Document.objects.exists()


def test_a_marked_file_leaves_the_reason_and_neither_text_nor_file(
    library, an, files, django_capture_on_commit_callbacks
):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("bc.txt", MARKED.encode()))
    with django_capture_on_commit_callbacks(execute=True):
        documents.read(document.pk)
    document.refresh_from_db()
    assert document.status == "failed" and document.error and not document.file
    assert not hasattr(document, "body") and not document.passages.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_marked_file_brought_at_once_is_not_stored(library, an, files, tmp_path):
    path = tmp_path / "bc.txt"
    path.write_text(MARKED)
    with api.Sandbox() as sandbox, pytest.raises(Refused):
        documents.bring(by=an, collection=library, path=path, sandbox=sandbox)
    assert not Document.objects.exists() and not [path for path in files.rglob("*") if path.is_file()]


def word_with_stamp_in_header():
    import io

    from docx import Document as Word

    made = Word()
    made.sections[0].header.paragraphs[0].text = "MẬT"
    made.add_paragraph("Báo cáo tình hình năm 2026.")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_stamp_in_a_running_head_is_seen(library, an, files):
    document = documents.upload(
        by=an, collection=library, file=SimpleUploadedFile("a.docx", word_with_stamp_in_header())
    )
    documents.read(document.pk)
    assert only().status == "failed" and "Mật" in only().error


def test_a_file_is_looked_at_as_it_is_read(library, an, files):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("don.txt", PERSONAL.encode()))
    documents.read(document.pk)
    assert only().data_class == DataClass.CONFIDENTIAL


def test_what_cannot_be_looked_at_is_confidential_until_it_can(library, an, monkeypatch):
    def broken(text):
        raise gateway.DetectorFailed("test")

    with monkeypatch.context() as patch:
        patch.setattr(gateway, "inspect", broken)
        api.add_document(library.pk, new(OPEN), by=an)
    assert (only().data_class, only().looked) == (DataClass.CONFIDENTIAL, 0)
    assert classes.look_at_waiting() == 1
    assert (only().data_class, only().looked) == (library.data_class, classes.GENERATION)
    assert classes.look_at_waiting() == 0


def not_looked_at(library, an, text, title="Cũ"):
    """As a document is that came before there were detectors."""
    added = api.add_document(library.pk, new(text, title), by=an)
    Document.objects.filter(pk=added.document_id).update(
        looked=0, found={}, found_class=0, data_class=library.data_class
    )
    return added.document_id


def test_documents_from_before_are_looked_at_once(library, an):
    not_looked_at(library, an, PERSONAL)
    assert classes.look_at_waiting() == 1 and classes.look_at_waiting() == 0
    assert only().data_class == DataClass.CONFIDENTIAL and only().found["cccd"] == 1


def test_one_from_before_that_bears_a_marking_is_held_back(library, an, settings):
    added = api.add_document(library.pk, new(OPEN, "Cũ"), by=an)
    text = MARKED + OPEN
    document = Document.objects.get(pk=added.document_id)
    document.body.text = text
    document.body.save()
    Document.objects.filter(pk=document.pk).update(looked=0)
    classes.look_at_waiting()
    assert only().data_class == DataClass.SECRET and only().marking
    found = api.search("lệ phí khai sinh", actor=an, highest_class=DataClass.CONFIDENTIAL)
    assert not found.hits


def test_a_decision_holds_when_the_same_text_is_looked_at_again(library, an):
    api.add_document(library.pk, new(PERSONAL), by=an)
    classes.settle(only().pk, DataClass.INTERNAL)
    Document.objects.update(looked=0)
    classes.look_at_waiting()
    assert only().data_class == DataClass.INTERNAL


def test_a_decision_falls_when_the_detectors_find_more_than_it_was_about(library, an):
    api.add_document(library.pk, new(PERSONAL), by=an)
    classes.settle(only().pk, DataClass.INTERNAL)
    Document.objects.update(looked=0, found={"person": 1})
    classes.look_at_waiting()
    assert only().data_class == DataClass.CONFIDENTIAL and only().settled_class is None


def test_a_collection_that_is_raised_raises_what_was_settled_lower(library, an):
    api.add_document(library.pk, new(PERSONAL), by=an)
    classes.settle(only().pk, DataClass.INTERNAL)
    from khue.domains.knowledge.actions import collections

    collections.change(by=an, collection=library, data_class=DataClass.CONFIDENTIAL)
    assert only().data_class == DataClass.CONFIDENTIAL


# Questions ---------------------------------------------------------------------------------------


@pytest.fixture
def open_books(transactional_db, an, embedding_server):
    made = api.create_collection("Công khai", by=an, data_class=DataClass.PUBLIC)
    for title, text in (("Khai sinh", OPEN), ("Đơn xin nghỉ", PERSONAL)):
        api.add_document(made.id, new(text, title), by=an)
    indexing.embed_waiting()
    return made


def asked(an, question, **more):
    return answers.begin(by=an, question=question, **more)


def test_a_question_has_the_highest_class_of_what_it_uses_and_says_why(open_books, an):
    exchange = asked(an, "Nguyễn Văn An xin nghỉ phép năm nào?")
    assert exchange.data_class == exchange.conversation.data_class == DataClass.CONFIDENTIAL
    reasons = [reason for reason in exchange.class_reasons if reason["of"] == "document"]
    assert reasons and reasons[0]["title"] == "Đơn xin nghỉ" and reasons[0]["found"]["cccd"] == 1


def test_personal_data_in_the_question_itself_raises_it(open_books, an):
    exchange = asked(an, "Người có căn cước công dân số 001080012345 nộp lệ phí khai sinh bao nhiêu?")
    assert exchange.data_class == DataClass.CONFIDENTIAL
    assert {"of": "question", "found": {"cccd": 1}, "seen": True} in exchange.class_reasons


def test_a_conversation_never_falls(open_books, an):
    Document.objects.filter(title="Đơn xin nghỉ").update(title="Nghỉ phép")
    first = asked(an, "Nguyễn Văn An xin nghỉ phép năm nào?")
    Document.objects.filter(title="Nghỉ phép").delete()
    then = asked(an, "Lệ phí đăng ký khai sinh quá hạn là bao nhiêu?", conversation_id=first.conversation_id)
    assert then.data_class == DataClass.CONFIDENTIAL and then.class_reasons == [{"of": "conversation"}]


def test_a_marked_question_is_refused_and_no_conversation_is_left(open_books, an):
    with pytest.raises(classes.StateSecret):
        asked(an, f"Tóm tắt văn bản sau:\n{MARKED}")
    from khue.domains.knowledge.models import Conversation

    assert not Conversation.objects.exists()


def test_the_model_of_meaning_is_told_the_class_of_the_question_and_not_of_the_library(open_books, an):
    asked(an, "Lệ phí đăng ký khai sinh quá hạn là bao nhiêu?")
    [searched] = [call for call in gateway.calls() if call.tool == "search"]
    assert searched.data_class == DataClass.PUBLIC


def test_passages_that_no_model_of_meaning_may_have_stop_nothing(
    transactional_db, library, an, embedding_server, settings
):
    settings.KHUE_EMBED_ZONE = "abroad"
    public = api.create_collection("Công khai", by=an, data_class=DataClass.PUBLIC)
    api.add_document(public.id, new(PERSONAL, "Đơn xin nghỉ"), by=an)
    api.add_document(public.id, new("Bộ phận một cửa làm việc từ 8 giờ.", "Giờ làm việc"), by=an)
    assert indexing.embed_waiting() == 1
    found = api.search("Nguyễn Văn An nghỉ phép", actor=an, highest_class=DataClass.CONFIDENTIAL)
    assert found.hits[0].title == "Đơn xin nghỉ" and found.hits[0].dense is None
