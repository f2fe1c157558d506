import pytest

from khue.domains.knowledge.actions import collections, indexing
from khue.domains.knowledge.actions import documents as document_actions
from khue.domains.knowledge.models import Access, Document
from khue.domains.knowledge.queries import lexical
from khue.domains.knowledge.tests.search.conftest import BIRTH, MARRIAGE, search, titles
from khue.gateway.classes import DataClass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedding_server")]


def test_the_passage_that_answers_comes_first(embedded, an):
    [first, *_] = search("Lệ phí đăng ký khai sinh là bao nhiêu?", actor=an).hits
    assert (first.document, first.text) == (embedded["Khai sinh"], BIRTH)
    assert first.lexical > 0 and first.dense is not None and 0 < first.score <= 1
    assert first.text == Document.objects.get(pk=first.document).body.text[first.start : first.end]


def test_a_question_without_diacritics_finds_text_with_them(embedded, an):
    results = search("dang ky khai sinh le phi", actor=an)
    assert results.question == "đăng ký khai sinh lệ phí"
    assert titles(results)[0] == "Khai sinh"
    assert results.vector is not None


def test_an_english_question_is_not_taken_for_bare_vietnamese(embedded, an):
    assert search("where is a passport issued", actor=an).vector is not None


def test_words_are_found_before_vectors_are_made(documents, an):
    results = search("kết hôn", actor=an)
    assert titles(results)[0] == "Kết hôn"
    assert results.hits[0].dense is None


def test_without_embeddings_words_serve(embedded, an, embedding_server):
    embedding_server.failure = "refuse"
    results = search("kết hôn mất bao lâu?", actor=an)
    assert titles(results)[0] == "Kết hôn"
    assert results.vector is None


def test_meaning_finds_what_words_do_not(library, add, an, embedding_server):
    add(library, "Phạt", "Nộp muộn bị phạt tiền theo quy định.")
    indexing.embed_waiting()
    assert titles(search("amende pour retard", actor=an)) == ["Phạt"]


@pytest.mark.parametrize("code", ["1.001193", "163/QĐ-BTP", "163/qd-btp"])
def test_the_document_that_carries_the_code_comes_first(library, add, an, code):
    add(library, "Nhắc đến", f"Thủ tục {code} thay thế {code} và sửa đổi {code}.")
    add(library, "Chính nó", "Trình tự thực hiện như sau.", codes=("1.001193", "163/QĐ-BTP"))
    add(library, "Khác", "Thủ tục khác hẳn, lệ phí 8.000 đồng.")
    assert titles(search(f"lệ phí của thủ tục {code}", actor=an))[:2] == ["Chính nó", "Nhắc đến"]


def test_a_deleted_document_is_not_found_a_moment_later(embedded, an):
    assert "Khai sinh" in titles(search("khai sinh", actor=an))
    document_actions.delete(by=an, document=Document.objects.get(pk=embedded["Khai sinh"]))
    assert "Khai sinh" not in titles(search("khai sinh", actor=an))


def test_deleted_passages_do_not_take_the_place_of_others(library, add, an, monkeypatch):
    monkeypatch.setattr("khue.domains.knowledge.queries.search.CANDIDATES", 3)
    for number in range(6):
        add(library, f"Cũ {number}", "Lệ phí khai sinh, lệ phí khai sinh.")
    add(library, "Còn", "Lệ phí đăng ký khai sinh và những việc khác.")
    search("lệ phí khai sinh", actor=an)
    Document.objects.filter(title__startswith="Cũ").delete()
    assert titles(search("lệ phí khai sinh", actor=an, k=2)) == ["Còn"]


def test_another_organisation_finds_nothing(embedded, chi):
    assert search("khai sinh", actor=chi).hits == ()


def test_naming_a_collection_opens_nothing(embedded, library, chi):
    assert search("khai sinh", actor=chi, collections=[library.pk]).hits == ()


def test_a_campus_finds_what_is_shared_downward(embedded, library, an, binh):
    assert search("khai sinh", actor=binh).hits == ()
    collections.change(by=an, collection=library, access=Access.BELOW)
    assert titles(search("khai sinh", actor=binh))[0] == "Khai sinh"


def test_nothing_above_the_class_asked_for(library, add, an):
    add(library, "Nội bộ", MARRIAGE)
    add(library, "Mật nội bộ", MARRIAGE + " Riêng.", data_class=DataClass.CONFIDENTIAL)
    indexing.embed_waiting()
    assert titles(search("kết hôn", actor=an, highest_class=DataClass.INTERNAL)) == ["Nội bộ"]
    assert search("kết hôn", actor=an, highest_class=DataClass.PUBLIC).hits == ()


def test_only_the_collections_asked_for(embedded, add, an, library):
    other = collections.create(by=an, name="Khác")
    add(other, "Khai sinh khác", BIRTH)
    assert titles(search("khai sinh", actor=an, collections=[other.pk])) == ["Khai sinh khác"]
    assert set(titles(search("đăng ký khai sinh", actor=an))) >= {"Khai sinh", "Khai sinh khác"}


def test_a_scratch_collection_is_found_only_by_name(add, an):
    scratch = collections.create(by=an, name="Thử", scratch=True)
    add(scratch, "Thử", BIRTH)
    assert search("khai sinh", actor=an).hits == ()
    assert titles(search("khai sinh", actor=an, collections=[scratch.pk])) == ["Thử"]


@pytest.mark.parametrize("question", ["", "   ", "???", "\x00", "a" * 20_000, "' or 1=1 --", '+-&|!(){}[]^"~*?:\\/'])
def test_odd_questions_do_no_harm(embedded, an, question):
    assert search(question, actor=an).hits is not None


def test_the_graph_of_vectors_and_the_exact_scan_agree(embedded, an, monkeypatch):
    exact = search("kết hôn trong ngày", actor=an)
    monkeypatch.setattr("khue.domains.knowledge.queries.search.STEP", 1e9)
    assert titles(search("kết hôn trong ngày", actor=an)) == titles(exact)


def test_a_search_takes_few_queries_whatever_it_finds(embedded, library, add, an, django_assert_max_num_queries):
    for number in range(30):
        add(library, f"Thêm {number}", f"Lệ phí khai sinh số {number}.")
    indexing.embed_waiting()
    lexical.follow()
    with django_assert_max_num_queries(10):  # the ledger's rows of the embedding among them
        assert len(search("lệ phí khai sinh", actor=an, k=20).hits) == 20
