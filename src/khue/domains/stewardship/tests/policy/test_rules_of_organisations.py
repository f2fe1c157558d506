"""An organisation adds to the policy: stricter, for itself and all below it, on record; never looser."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from tests.models import Serve

from khue.domains.people import api as people
from khue.domains.people.tests.cast import Cast, gather
from khue.gateway import api
from khue.gateway.api import Caller, DataClass, Ruling, Turn, Zone
from khue.gateway.models import LedgerEntry
from khue.kernel import clock

pytestmark = pytest.mark.django_db
REASON = "Năm nay học viện chưa ký hợp đồng với nhà cung cấp nào ở ngoài."


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def tighten(organisation_id: UUID, **more: Any) -> api.Tightening:
    given: dict[str, Any] = {
        "data_class": DataClass.PUBLIC, "zone": Zone.ABROAD, "decision": Ruling.DENY, "reason": REASON, "by": None,
    }  # fmt: skip
    return api.tighten(organisation_id=organisation_id, **given | more)


def decided(organisation_id: UUID | None, on: date | None = None) -> Ruling:
    return api.decide(DataClass.PUBLIC, Zone.ABROAD, organisation_id, on).decision


def test_it_counts_for_the_organisation_and_all_below_it(cast: Cast) -> None:
    tighten(cast.academy.pk, by=cast.dung.pk)
    assert [decided(place.pk) for place in (cast.academy, cast.hcm, cast.ha_noi)] == [Ruling.DENY] * 3
    assert [decided(cast.province.pk), decided(None), decided(uuid4())] == [Ruling.PSEUDONYMISE] * 3


def test_a_branch_binds_only_itself(cast: Cast) -> None:
    tighten(cast.hcm.pk)
    assert [decided(place.pk) for place in (cast.hcm, cast.ha_noi, cast.academy)] == [
        Ruling.DENY, Ruling.PSEUDONYMISE, Ruling.PSEUDONYMISE,
    ]  # fmt: skip


def test_its_reason_is_shown_in_its_own_words(cast: Cast) -> None:
    made = tighten(cast.academy.pk)
    decision = api.decide(DataClass.PUBLIC, Zone.ABROAD, cast.hcm.pk)
    assert (decision.reason, decision.rule) == (REASON, f"organisation-{made.id}")
    assert decision.by.organisation_id == cast.academy.pk
    with translation.override("fr"):
        assert decision.title == "Règle propre à l’organisation"
    cells = api.policy(cast.hcm.pk).cells
    assert {cell.by.kind for cell in cells.values()} == {"law", "house", "organisation"}


@pytest.mark.parametrize(
    ("data_class", "zone", "decision"),
    [
        (DataClass.SECRET, Zone.MACHINE, Ruling.ALLOW),
        (DataClass.CONFIDENTIAL, Zone.ABROAD, Ruling.PSEUDONYMISE),
        (DataClass.CONFIDENTIAL, Zone.COUNTRY, Ruling.ALLOW),
        (DataClass.CONFIDENTIAL, Zone.COUNTRY, Ruling.PSEUDONYMISE),
        (DataClass.PUBLIC, Zone.MACHINE, Ruling.ALLOW),
    ],
)
def test_it_never_loosens(cast: Cast, data_class: DataClass, zone: Zone, decision: Ruling) -> None:
    with pytest.raises(api.NotStricter):
        tighten(cast.academy.pk, data_class=data_class, zone=zone, decision=decision)


def test_a_branch_cannot_loosen_what_its_academy_has_tightened(cast: Cast) -> None:
    tighten(cast.academy.pk, data_class=DataClass.INTERNAL, zone=Zone.COUNTRY)
    with pytest.raises(api.NotStricter) as refusal:
        tighten(cast.hcm.pk, data_class=DataClass.INTERNAL, zone=Zone.COUNTRY, decision=Ruling.PSEUDONYMISE)
    with translation.override("vi"):
        assert "không gửi" in str(refusal.value)


def test_it_begins_on_its_day(cast: Cast) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    tighten(cast.academy.pk, effective=tomorrow)
    assert decided(cast.academy.pk) == Ruling.PSEUDONYMISE
    assert decided(cast.academy.pk, tomorrow) == Ruling.DENY


def test_it_can_be_undone_by_its_own_organisation_only(cast: Cast) -> None:
    made = tighten(cast.academy.pk)
    with pytest.raises(LookupError):
        api.undo_tightening(made.id, organisation_ids=[cast.hcm.pk], by=None)
    undone = api.undo_tightening(made.id, organisation_ids=[cast.academy.pk], by=cast.dung.pk)
    assert (undone.undone, undone.undone_by) == (clock.today(), cast.dung.pk)
    assert decided(cast.hcm.pk) == Ruling.PSEUDONYMISE
    assert [each.id for each in api.tightenings([cast.academy.pk])] == [made.id]
    with pytest.raises(api.AlreadyUndone):
        api.undo_tightening(made.id, organisation_ids=[cast.academy.pk], by=None)


def test_it_says_why(cast: Cast) -> None:
    with pytest.raises(api.NoReason):
        tighten(cast.academy.pk, reason="  ")


def test_both_acts_are_in_the_ledger(cast: Cast) -> None:
    made = tighten(cast.academy.pk, by=cast.dung.pk)
    api.undo_tightening(made.id, organisation_ids=[cast.academy.pk], by=cast.giang.pk)
    entries = LedgerEntry.objects.filter(kind="policy")
    assert [(entry.person, entry.organisation) for entry in entries] == [
        (cast.dung.pk, cast.academy.pk), (cast.giang.pk, cast.academy.pk),
    ]  # fmt: skip
    assert '"action":"tightened"' in entries[0].payload and '"action":"undone"' in entries[1].payload
    assert f"organisation-{made.id}" in entries[0].payload and api.policy().version in entries[0].payload


def test_calls_obey_it(cast: Cast, serve: Serve) -> None:
    [cloud] = serve(cloud="abroad:default")
    tighten(cast.academy.pk)
    caller = Caller(cast.an.pk, cast.hcm.pk, "ask")
    with pytest.raises(api.ClassNotAllowed, match="chưa ký hợp đồng"):
        api.chat([Turn("user", "xin chào")], caller=caller, data_class=DataClass.PUBLIC)
    assert cloud.requests == []
    [row] = api.calls()
    assert row.rule.startswith("organisation-")


def test_the_lineage_begins_at_the_root(cast: Cast) -> None:
    assert people.organisation_lineage(cast.hcm.pk) == [cast.academy.pk, cast.hcm.pk]
    assert people.organisation_lineage(uuid4()) == []


def test_one_query_where_nobody_has_tightened(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        api.policy(cast.hcm.pk)
