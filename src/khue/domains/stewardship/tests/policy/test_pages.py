"""The policy on its pages: read, made stricter, withdrawn, tried out."""

import pytest
from django.urls import reverse

from khue.domains.people.models import Person
from khue.gateway import api as gateway
from khue.gateway.api import DataClass, Ruling, Zone

PASSWORD = "giu-du-lieu-khue"
CELL = {"data_class": "1", "zone": "country"}
# invented
SAMPLE = "Bà Trần Thị Bình, căn cước công dân số 001080012345, đề nghị cấp lại giấy khai sinh."


@pytest.fixture
def dung(client, cast):
    Person.objects.update(language="en")
    client.force_login(cast.dung)
    return client


def tightened(client, place, **more):
    form = {"organisation": place.pk, "decision": "deny", "reason": "Chưa có hợp đồng xử lý dữ liệu.", **CELL} | more
    return client.post(reverse("stewardship:tighten"), form)


def decided(place):
    return gateway.decide(DataClass.INTERNAL, Zone.COUNTRY, place.pk).decision


def test_every_cell_says_what_happens_and_the_chosen_one_by_which_rule(dung):
    page = dung.get(reverse("stewardship:policy"), {"data_class": "2", "zone": "abroad"})
    cells = [decision for row in page.context["rows"] for _zone, decision in row.cells]
    assert len(cells) == len(DataClass) * len(Zone)
    chosen = page.context["chosen"]
    assert chosen.decision == Ruling.DENY and chosen.citation in page.content.decode()


def test_what_cannot_be_read_is_passed_over(dung):
    assert dung.get(reverse("stewardship:policy"), {"data_class": "9", "zone": "moon"}).status_code == 200


def test_a_steward_makes_it_stricter_for_one_organisation_and_it_is_on_record(dung, cast):
    before = decided(cast.ha_noi)
    assert tightened(dung, cast.hcm).status_code == 302
    assert decided(cast.hcm) == Ruling.DENY and decided(cast.ha_noi) == before
    [entry] = gateway.entries(gateway.Filter(kinds=["policy"], organisation_ids=[cast.hcm.pk]), limit=5)
    assert entry.person_id == cast.dung.pk
    page = dung.get(reverse("stewardship:policy"), {"organisation": str(cast.hcm.pk), **CELL}).content.decode()
    assert "Chưa có hợp đồng xử lý dữ liệu." in page


def test_it_is_never_made_looser(dung, cast):
    tightened(dung, cast.hcm)
    assert tightened(dung, cast.hcm, decision="pseudonymise").status_code == 400
    assert decided(cast.hcm) == Ruling.DENY


def test_an_organisation_of_others_does_not_exist(dung, cast):
    assert tightened(dung, cast.province).status_code == 404
    assert dung.get(reverse("stewardship:policy"), {"organisation": str(cast.province.pk)}).status_code == 404


def test_withdrawing_asks_for_the_password_and_then_loosens_again(dung, cast):
    tightened(dung, cast.hcm)
    [rule] = gateway.tightenings([cast.hcm.pk])
    address = reverse("stewardship:tightening-undo", args=[rule.id])
    assert dung.post(address).url.startswith(reverse("account_reauthenticate"))
    assert decided(cast.hcm) == Ruling.DENY
    dung.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    dung.post(address)
    assert decided(cast.hcm) != Ruling.DENY


def tried(client, **wanted):
    form = {"data_class": "0", "target": "country", "sample": SAMPLE} | wanted
    return client.post(reverse("stewardship:what-if"), form)


def test_a_sample_rises_by_what_stands_in_it_and_shows_what_a_model_would_see(dung):
    page = tried(dung)
    outcome = page.context["outcome"]
    assert (outcome.said, outcome.seen, outcome.decision.decision) == (
        DataClass.PUBLIC, DataClass.CONFIDENTIAL, Ruling.PSEUDONYMISE,
    )  # fmt: skip
    assert "001080012345" not in outcome.sent and "001080012345" in "".join(part.text for part in outcome.parts)
    assert "".join(part.text for part in outcome.parts) == SAMPLE


def test_a_sample_with_a_marking_goes_nowhere(dung):
    page = tried(dung, sample="TỐI MẬT\n\nBáo cáo.", target="machine")
    assert page.context["outcome"].decision.decision == Ruling.DENY


def test_a_connected_model_may_be_the_target(dung, model_server, settings):
    settings.KHUE_MODEL_ZONE = "abroad"
    name = next(info.name for info in gateway.providers() if info.kind == "chat")
    assert tried(dung, target=name).context["outcome"].zone == Zone.ABROAD


def test_trying_out_leaves_nothing(dung):
    before = len(gateway.entries(gateway.Filter(), limit=50))
    tried(dung)
    assert len(gateway.entries(gateway.Filter(), limit=50)) == before


def test_a_text_that_is_too_long_is_said_to_be(dung):
    assert tried(dung, sample="a" * 20_001).status_code == 400


def test_query_count_does_not_grow_with_rules(dung, cast, django_assert_max_num_queries):
    for zone in ("country", "institution"):
        for data_class in ("0", "1", "2"):
            tightened(dung, cast.hcm, zone=zone, data_class=data_class)
    with django_assert_max_num_queries(22):
        dung.get(reverse("stewardship:policy"))
