import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khue.domains.knowledge.actions import collections, documents
from khue.domains.knowledge.models import Collection, Document
from khue.gateway.classes import DataClass
from khue.kernel.errors import NotAllowed


def test_a_collection_is_made_where_the_person_works(an):
    made = collections.create(by=an, name=" Luật ", data_class=DataClass.PUBLIC)
    assert (made.name, made.organisation_id, made.owner_id) == ("Luật", an.organisation_id, an.person_id)


def test_a_name_is_taken_once_in_an_organisation(library, an, chi):
    collections.create(by=chi, name=library.name)
    with pytest.raises(collections.NameTaken):
        collections.create(by=an, name=library.name)


def test_a_participant_keeps_a_collection_for_herself(binh):
    assert collections.create(by=binh, name="Của tôi", access="private").owner_id == binh.person_id
    with pytest.raises(NotAllowed):
        collections.create(by=binh, name="Cho mọi người", access="organisation")


def test_nobody_makes_one_in_an_organisation_of_others(an, elsewhere):
    with pytest.raises(NotAllowed):
        collections.create(by=an, name="Ở nơi khác", organisation_id=elsewhere.pk)


def test_raising_the_class_raises_its_documents(library, an):
    document = documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", b"van ban"))
    collections.change(by=an, collection=library, data_class=DataClass.CONFIDENTIAL)
    document.refresh_from_db()
    assert document.data_class == DataClass.CONFIDENTIAL


def test_only_who_answers_for_it_changes_or_deletes(library, binh, chi):
    for other in (binh, chi):
        with pytest.raises(NotAllowed):
            collections.change(by=other, collection=library, name="Khác")
        with pytest.raises(NotAllowed):
            collections.delete(by=other, collection=library)


def test_delete_takes_documents_and_files_along(library, an, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    documents.upload(by=an, collection=library, file=SimpleUploadedFile("a.txt", b"van ban"))
    with django_capture_on_commit_callbacks(execute=True):
        collections.delete(by=an, collection=library)
    assert not Collection.objects.exists() and not Document.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
