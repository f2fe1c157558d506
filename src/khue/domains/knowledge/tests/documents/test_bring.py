"""Files brought at once (the command line) and through the page; the real reading process runs."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from khue.domains.knowledge import api
from khue.domains.knowledge.actions import documents
from khue.domains.knowledge.actions.refusals import Duplicate, Refused
from khue.domains.knowledge.models import Document, Passage
from khue.kernel.errors import NotAllowed

TEXT = "Lệ phí đăng ký khai sinh là 8.000 đồng. Thời hạn giải quyết là 05 ngày làm việc.".encode()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="module")
def sandbox():
    with api.Sandbox() as running:
        yield running


def word(*paragraphs):
    made = Word()
    for text in paragraphs:
        made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def path_of(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_word_file_becomes_text_and_passages(library, an, sandbox, tmp_path, files):
    head = "NGHỊ ĐỊNH", "Số: 30/2020/NĐ-CP"
    content = word(*head, "Điều 1. Phạm vi", "Về văn thư.", "Điều 2. Đối tượng", "Mọi cơ quan.")
    brought = documents.bring(by=an, collection=library, path=path_of(tmp_path, "nd30.docx", content), sandbox=sandbox)
    document = Document.objects.get(pk=brought.added[0].document_id)
    assert document.codes == ["30/2020/NĐ-CP"]
    assert [p.heading for p in document.passages.all()][-1] == "Điều 2. Đối tượng"
    assert document.file.read() == content
    assert brought.passages == document.passages.count()


def test_the_same_content_is_stored_once_whatever_its_name(library, an, sandbox, tmp_path):
    for name, duplicate in [("a.txt", False), ("b.txt", True)]:
        path = path_of(tmp_path, name, TEXT)
        brought = documents.bring(by=an, collection=library, path=path, sandbox=sandbox)
        assert brought.added[0].duplicate is duplicate
    assert Document.objects.count() == 1


def test_a_changed_file_of_the_same_name_is_a_new_document_and_said(library, an, sandbox, tmp_path):
    documents.bring(by=an, collection=library, path=path_of(tmp_path, "a.txt", TEXT), sandbox=sandbox)
    path = path_of(tmp_path, "a.txt", TEXT + " Từ năm 2026.".encode())
    brought = documents.bring(by=an, collection=library, path=path, sandbox=sandbox)
    assert brought.replaces_name
    assert Document.objects.filter(file_name="a.txt").count() == 2


def test_each_line_of_jsonl_is_a_document(library, an, sandbox, tmp_path):
    lines = '{"id": "a", "title": "Một", "text": "Câu một."}\n{"id": "b", "title": "Hai", "text": "Câu hai."}\n'
    path = path_of(tmp_path, "tap.jsonl", lines.encode())
    first = documents.bring(by=an, collection=library, path=path, sandbox=sandbox)
    again = documents.bring(by=an, collection=library, path=path, sandbox=sandbox)
    assert [one.duplicate for one in first.added + again.added] == [False, False, True, True]
    assert set(Document.objects.values_list("title", flat=True)) == {"Một", "Hai"}


def test_an_uploaded_file_waits_and_is_then_read(library, an):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("phi.txt", TEXT))
    assert document.status == "waiting"
    documents.read(document.pk)
    document.refresh_from_db()
    assert (document.status, document.language, document.title) == ("ready", "vi", "phi")
    assert document.passages.get().text.startswith("Lệ phí")


def test_reading_is_queued_once_the_upload_is_safe(library, an, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    with django_capture_on_commit_callbacks(execute=True):
        document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("phi.txt", TEXT))
    assert ProcrastinateJob.objects.get(task_name="knowledge.read").args == {"document": str(document.pk)}


def test_an_uploaded_jsonl_gives_way_to_its_documents(library, an, files, django_capture_on_commit_callbacks):
    lines = b'{"id": "a", "title": "Mot", "text": "Cau mot."}\n'
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("tap.jsonl", lines))
    with django_capture_on_commit_callbacks(execute=True):
        documents.read(document.pk)
    assert [d.title for d in Document.objects.all()] == ["Mot"]
    assert not [p for p in files.rglob("*") if p.is_file()]


def test_what_cannot_be_read_says_so_in_the_language_of_who_brought_it(library, an):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing"))
    documents.read(document.pk)
    document.refresh_from_db()
    assert document.status == "failed"
    assert document.error
    assert not Passage.objects.exists()


def test_what_failed_may_be_brought_again(library, an):
    broken = SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing")
    document = documents.upload(by=an, collection=library, file=broken)
    documents.read(document.pk)
    assert documents.upload(by=an, collection=library, file=broken).pk == document.pk


def test_a_second_upload_of_the_same_content_is_refused(library, an):
    documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", TEXT))
    with pytest.raises(Duplicate):
        documents.upload(by=an, collection=library, file=SimpleUploadedFile("b.txt", TEXT))


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (1024 * 1024 + 1, "too_large")])
def test_empty_and_huge_files_are_refused_at_the_door(library, an, settings, size, code):
    settings.KHUE_UPLOAD_LIMIT_MB = 1
    with pytest.raises(Refused) as refusal:
        documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", b"a" * size))
    assert refusal.value.code == code
    assert not Document.objects.exists()


def test_a_name_from_outside_never_becomes_a_path(library, an, files):
    documents.upload(by=an, collection=library, file=SimpleUploadedFile("../../etc/passwd.t/x", TEXT))
    stored = [p for p in files.rglob("*") if p.is_file()]
    assert len(stored) == 1
    assert stored[0].is_relative_to(files / "documents")


def test_delete_takes_the_file_along(library, an, files, django_capture_on_commit_callbacks):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", TEXT))
    documents.read(document.pk)
    with django_capture_on_commit_callbacks(execute=True):
        documents.delete(by=an, document=Document.objects.get())
    assert not [p for p in files.rglob("*") if p.is_file()]
    assert not Passage.objects.exists()


def test_only_who_may_change_the_collection_brings_and_deletes(library, an, binh):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", TEXT))
    with pytest.raises(NotAllowed):
        documents.upload(by=binh, collection=library, file=SimpleUploadedFile("b.txt", TEXT + b" "))
    with pytest.raises(NotAllowed):
        documents.delete(by=binh, document=document)
