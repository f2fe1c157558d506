import pytest

from khue.domains.knowledge import api
from khue.domains.knowledge.models import Document, Passage
from khue.kernel.errors import NotAllowed


def birth(title="Đăng ký khai sinh", text="Lệ phí là 8.000 đồng. Thời hạn là 05 ngày."):
    blocks = (api.Block.heading("Lệ phí và thời hạn"), *api.paragraphs(text))
    return api.NewDocument(title, blocks, kind="procedure", codes=("1.001193",), key=title)


def test_text_and_passages_are_stored(library, an):
    added = api.add_document(library.pk, birth(), by=an)
    document = Document.objects.get(pk=added.document_id)
    passage = document.passages.get()
    assert (document.language, document.status, document.codes) == ("vi", "ready", ["1.001193"])
    assert document.body.text[passage.start : passage.end] == passage.text
    assert passage.heading == "Lệ phí và thời hạn"
    assert [passage.text[s:e] for s, e in passage.sentences] == ["Lệ phí là 8.000 đồng.", "Thời hạn là 05 ngày."]


def test_the_same_key_is_a_duplicate_also_within_one_call(library, an):
    first, again = api.add_documents(library.pk, [birth(), birth()], by=an)
    later = api.add_document(library.pk, birth(), by=an)
    assert (first.duplicate, again.duplicate, later.duplicate) == (False, True, True)
    assert first.document_id == again.document_id == later.document_id
    assert Document.objects.count() == 1


def test_without_a_key_changed_text_is_a_new_document(library, an):
    one = api.NewDocument("Nội quy", tuple(api.paragraphs("Giờ mở cửa: 8 giờ.")))
    other = api.NewDocument("Nội quy", tuple(api.paragraphs("Giờ mở cửa: 9 giờ.")))
    added = api.add_documents(library.pk, [one, other, one], by=an)
    assert [one.duplicate for one in added] == [False, False, True]


def test_a_thousand_documents_take_few_queries(library, an, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        api.add_documents(library.pk, [birth(f"Thủ tục {n}") for n in range(1000)], by=an)
    assert Passage.objects.count() == 1000


def test_embedding_is_asked_for_once(library, an, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    for n in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            api.add_document(library.pk, birth(f"Thủ tục {n}"), by=an)
    assert ProcrastinateJob.objects.filter(task_name="knowledge.embed").count() == 1


def test_a_document_is_never_below_its_collection(library, an):
    added = api.add_document(library.pk, birth(), by=an)
    assert Document.objects.get(pk=added.document_id).data_class == library.data_class


def test_others_may_not_add(library, binh):
    with pytest.raises(NotAllowed):
        from khue.domains.knowledge.actions import adding

        adding.add_documents(by=binh, collection=library, documents=[birth()])


def test_what_is_elsewhere_does_not_exist(library, chi):
    assert api.collection("Thư viện", by=chi) is None
    with pytest.raises(Exception, match="matching query does not exist"):
        api.add_document(library.pk, birth(), by=chi)


def test_delete_takes_text_and_passages_along(library, an):
    added = api.add_document(library.pk, birth(), by=an)
    api.delete_documents([added.document_id], by=an)
    assert not Document.objects.exists()
    assert not Passage.objects.exists()
