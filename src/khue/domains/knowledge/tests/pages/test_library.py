"""The library on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khue.domains.knowledge.models import Collection, Document
from khue.domains.people.models import Person


@pytest.fixture
def an_signed_in(client, an):
    client.force_login(Person.objects.get(pk=an.person_id))
    return client


def test_a_collection_is_made_and_files_are_brought_in(an_signed_in, django_capture_on_commit_callbacks):
    an_signed_in.post(
        reverse("knowledge:library"),
        {"name": "Quy chế", "access": "organisation", "data_class": "1", "description": ""},
    )
    collection = Collection.objects.get(name="Quy chế")
    files = [
        SimpleUploadedFile("a.txt", "Thời hạn là 60 ngày.".encode()),
        SimpleUploadedFile("b.txt", "Lệ phí là 8.000 đồng.".encode()),
    ]
    an_signed_in.post(reverse("knowledge:upload", args=[collection.pk]), {"uploads": files})
    assert sorted(Document.objects.values_list("file_name", flat=True)) == ["a.txt", "b.txt"]


def test_a_refused_file_does_not_stop_the_others(an_signed_in, library, settings):
    settings.KHUE_UPLOAD_LIMIT_MB = 1
    files = [SimpleUploadedFile("big.txt", b"x" * 2_000_000), SimpleUploadedFile("a.txt", b"Sixty days.")]
    reply = an_signed_in.post(reverse("knowledge:upload", args=[library.pk]), {"uploads": files}, follow=True)
    assert list(Document.objects.values_list("file_name", flat=True)) == ["a.txt"]
    assert "big.txt" in reply.content.decode()


def test_a_taken_name_is_said_and_nothing_is_lost(an_signed_in, library):
    form = {"name": library.name, "access": "organisation", "data_class": "1", "description": "giữ lại"}
    reply = an_signed_in.post(reverse("knowledge:library"), form)
    assert reply.status_code == 400
    assert "giữ lại" in reply.content.decode()


def test_another_organisations_collection_does_not_exist(client, library, chi):
    client.force_login(Person.objects.get(pk=chi.person_id))
    assert client.get(reverse("knowledge:collection", args=[library.pk])).status_code == 404


def test_the_list_of_documents_takes_a_fixed_number_of_queries(an_signed_in, books, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        an_signed_in.get(reverse("knowledge:collection", args=[books.pk]))


def test_find_marks_the_way_to_the_passage(an_signed_in, books):
    page = an_signed_in.get(reverse("knowledge:search"), {"q": "khai sinh 60 ngày"}).content.decode()
    assert "Đăng ký khai sinh" in page and "?start=" in page


def test_a_deleted_document_is_gone_from_its_page_and_from_search(an_signed_in, books):
    document = Document.objects.get(title="Cấp hộ chiếu")
    an_signed_in.post(reverse("knowledge:document-delete", args=[document.pk]))
    assert an_signed_in.get(reverse("knowledge:document", args=[document.pk])).status_code == 404
    assert "200.000" not in an_signed_in.get(reverse("knowledge:search"), {"q": "lệ phí hộ chiếu"}).content.decode()


def test_the_files_own_name_comes_back_as_a_download(an_signed_in, library):
    file = SimpleUploadedFile("a.html", b"<script>alert(1)</script>")
    an_signed_in.post(reverse("knowledge:upload", args=[library.pk]), {"uploads": [file]})
    reply = an_signed_in.get(reverse("knowledge:document-file", args=[Document.objects.get().pk]))
    assert reply["content-type"] == "application/octet-stream" and "attachment" in reply["content-disposition"]
