"""The tree: made, renamed, moved, archived, by those who may."""

import pytest

from khue.domains.people import api
from khue.domains.people.actions import organisations
from khue.domains.people.models import Change, ChangeKind, Organisation
from khue.domains.people.tests.cast import Cast
from khue.kernel.errors import NotAllowed


def unit(cast: Cast, parent: Organisation, name: str = "Phòng Hành chính") -> Organisation:
    return organisations.create(by=api.actor_of(cast.giang.pk), parent=parent, kind="unit", names={"vi": name})


def test_a_new_unit_stands_below_its_parent_and_on_record(cast: Cast):
    made = unit(cast, cast.hcm)
    assert made.path == "khue-van/khue-van-hcm/phong-hanh-chinh/"
    assert Change.objects.filter(kind=ChangeKind.ORGANISATION_CREATED, organisation=made, by=cast.giang).exists()


def test_two_units_of_one_name_get_two_short_names(cast: Cast):
    assert [unit(cast, cast.hcm).slug, unit(cast, cast.ha_noi).slug] == ["phong-hanh-chinh", "phong-hanh-chinh-2"]


def test_a_taken_short_name_is_refused(cast: Cast):
    with pytest.raises(organisations.SlugTaken):
        organisations.create(by=None, parent=None, kind="unit", names={"vi": "Khác"}, slug="khue-van")


def test_a_move_takes_everything_below_along(cast: Cast):
    below = unit(cast, cast.hcm)
    organisations.move(by=api.actor_of(cast.giang.pk), organisation=cast.hcm, parent=cast.ha_noi)
    below.refresh_from_db()
    assert below.path == "khue-van/khue-van-ha-noi/khue-van-hcm/phong-hanh-chinh/"
    assert cast.hcm.parent_id == cast.ha_noi.pk


def test_nothing_moves_below_itself(cast: Cast):
    below = unit(cast, cast.hcm)
    with pytest.raises(organisations.WrongPlace):
        organisations.move(by=api.actor_of(cast.giang.pk), organisation=cast.hcm, parent=below)


def test_nothing_moves_into_another_tree(cast: Cast):
    with pytest.raises(NotAllowed):
        organisations.move(by=api.actor_of(cast.giang.pk), organisation=cast.hcm, parent=cast.province)


def test_a_coordinator_does_not_arrange(cast: Cast):
    with pytest.raises(NotAllowed):
        organisations.create(by=api.actor_of(cast.chi.pk), parent=cast.hcm, kind="unit", names={"vi": "Phòng"})


def test_an_administrator_makes_no_new_root(cast: Cast):
    with pytest.raises(NotAllowed):
        organisations.create(by=api.actor_of(cast.giang.pk), parent=None, kind="academy", names={"vi": "Khác"})


def test_an_archived_organisation_is_no_workplace_but_stays_readable(cast: Cast, client):
    organisations.archive(by=api.actor_of(cast.giang.pk), organisation=cast.hcm)
    assert cast.hcm.pk in api.actor_of(cast.chi.pk).organisations
    client.force_login(cast.chi)
    assert client.post("/account/workplace/", {"organisation": cast.hcm.pk}).status_code == 404


def test_an_organisation_with_units_is_not_archived(cast: Cast):
    with pytest.raises(organisations.StillInUse):
        organisations.archive(by=api.actor_of(cast.giang.pk), organisation=cast.ha_noi)


def test_a_root_is_not_archived(cast: Cast):
    Organisation.objects.filter(path__startswith="tinh-song-thanh/").exclude(pk=cast.province.pk).delete()
    with pytest.raises(organisations.WrongPlace):
        organisations.archive(by=None, organisation=cast.province)


def test_an_archived_organisation_is_taken_into_use_again(cast: Cast):
    giang = api.actor_of(cast.giang.pk)
    organisations.archive(by=giang, organisation=cast.hcm)
    organisations.restore(by=giang, organisation=cast.hcm)
    assert Organisation.objects.in_use().filter(pk=cast.hcm.pk).exists()
