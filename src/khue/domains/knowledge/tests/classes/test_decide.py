"""A class falls only by a steward's decision, signed and on the ledger; what it says can be checked by anybody."""

import json

import pytest
from django.urls import reverse

from khue.domains.knowledge import api as knowledge
from khue.domains.knowledge.models import Document
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person
from khue.domains.stewardship.models import ClassDecision
from khue.gateway import api as gateway
from khue.gateway.api import DataClass
from khue.gateway.ledger import checkpoints, notes

# invented
TEXT = "Ông Nguyễn Văn An, căn cước công dân số 001080012345, xin nghỉ phép."
REASON = "Số căn cước trong đơn mẫu này là số bịa để minh họa."
PASSWORD = "giu-du-lieu-khue"


def raised(person, access="below"):
    by = actor_of(person.pk)
    made = knowledge.create_collection(f"Đơn mẫu {access}", by=by, access=access, data_class=DataClass.INTERNAL)
    new = knowledge.NewDocument("Đơn xin nghỉ", tuple(knowledge.paragraphs(TEXT)))
    return knowledge.add_document(made.id, new, by=by).document_id


@pytest.fixture
def document(cast):
    return raised(cast.binh)


def address(name, document, **more):
    return reverse(f"stewardship:{name}", kwargs={"kind": "document", "thing_id": document, **more})


@pytest.fixture
def dung(client, cast):
    """Dũng, steward, who has just given the password once more."""
    client.force_login(cast.dung)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def lowered(client, document, to=1, reason=REASON):
    return client.post(address("class-lower", document), {"to": to, "reason": reason})


def test_what_has_risen_is_listed_with_kinds_and_counts_and_no_value(dung, document):
    Person.objects.update(language="en")
    page = dung.get(reverse("stewardship:classes")).content.decode()
    assert "Đơn xin nghỉ" in page and "1 × citizen identity number" in page and "001080012345" not in page


def test_a_decision_lowers_signs_and_is_on_the_ledger(dung, cast, document):
    assert lowered(dung, document).status_code == 302
    assert Document.objects.get().data_class == DataClass.INTERNAL
    decision = ClassDecision.objects.get()
    said = json.loads(decision.statement)
    assert (said["from"], said["to"], said["reason"], said["by"]) == (
        "confidential", "internal", REASON, str(cast.dung.pk),
    )  # fmt: skip
    assert checkpoints.verifier().has_signed(notes.read(decision.note))
    entry = gateway.entry(decision.entry)
    assert (entry.event, entry.person_id, entry.data_class) == ("class", cast.dung.pk, DataClass.INTERNAL)
    assert REASON not in str(entry.facts)


def test_a_statement_that_was_altered_no_longer_fits_its_signature(dung, document):
    lowered(dung, document)
    note = ClassDecision.objects.get().note
    assert not checkpoints.verifier().has_signed(notes.read(note.replace('"to":"internal"', '"to":"public"')))


def test_without_signing_in_again_nothing_is_decided(client, cast, document):
    client.force_login(cast.dung)
    asked = lowered(client, document)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Document.objects.get().data_class == DataClass.CONFIDENTIAL and not ClassDecision.objects.exists()


def test_after_signing_in_again_the_decision_goes_on_as_it_was_sent(client, cast, document):
    client.force_login(cast.dung)
    asked = lowered(client, document)
    client.post(asked.url, {"password": PASSWORD})
    assert ClassDecision.objects.get().reason == REASON


@pytest.mark.parametrize(("to", "reason"), [(1, "vì"), (0, REASON), (2, REASON), (7, REASON)])
def test_without_a_reason_or_below_its_collection_nothing_changes(dung, document, to, reason):
    before = len(gateway.entries(gateway.Filter(kinds=["class"]), limit=5))
    assert lowered(dung, document, to, reason).status_code == 400
    assert Document.objects.get().data_class == DataClass.CONFIDENTIAL and not ClassDecision.objects.exists()
    assert len(gateway.entries(gateway.Filter(kinds=["class"]), limit=5)) == before


def test_a_decision_is_undone_by_another_which_is_signed_too(dung, document):
    lowered(dung, document)
    first = ClassDecision.objects.get()
    undo = address("class-undo", document, decision_id=first.pk)
    assert dung.post(undo, {"reason": "Nhầm: đây là đơn thật của một học viên."}).status_code == 302
    assert Document.objects.get().data_class == DataClass.CONFIDENTIAL
    second = ClassDecision.objects.get(undoes=first)
    assert checkpoints.verifier().has_signed(notes.read(second.note))
    assert dung.post(undo, {"reason": "Thử hoàn tác lần thứ hai thì không được."}).status_code == 400
    assert ClassDecision.objects.count() == 2


def test_a_stewards_own_document_needs_a_second_person(dung, cast):
    own = raised(cast.dung)
    assert lowered(dung, own).status_code == 400
    assert Document.objects.get().data_class == DataClass.CONFIDENTIAL and not ClassDecision.objects.exists()
    page = dung.get(address("class", own), headers={"accept-language": "en"}).content.decode()
    assert address("class-lower", own) not in page


def test_an_administrator_sees_but_does_not_decide(client, cast, document):
    client.force_login(cast.giang)
    assert client.get(address("class", document)).status_code == 200
    assert lowered(client, document).status_code == 403


def test_what_is_elsewhere_does_not_exist(dung, cast):
    elsewhere = raised(cast.hai)
    assert dung.get(address("class", elsewhere)).status_code == 404
    assert lowered(dung, elsewhere).status_code == 404


def test_what_only_its_owner_may_read_is_counted_and_not_named(dung, cast):
    private = raised(cast.binh, access="private")
    page = dung.get(reverse("stewardship:classes"), headers={"accept-language": "en"})
    assert "Đơn xin nghỉ" not in page.content.decode() and page.context["closed"] == 1
    assert dung.get(address("class", private)).status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(dung, cast, django_assert_max_num_queries):
    by = actor_of(cast.binh.pk)
    made = knowledge.create_collection("Nhiều", by=by, access="below", data_class=DataClass.PUBLIC)
    new = [knowledge.NewDocument(f"Đơn {n}", tuple(knowledge.paragraphs(TEXT))) for n in range(40)]
    knowledge.add_documents(made.id, new, by=by)
    with django_assert_max_num_queries(18):
        page = dung.get(reverse("stewardship:classes"))
    assert len(page.context["page"].object_list) == 30
