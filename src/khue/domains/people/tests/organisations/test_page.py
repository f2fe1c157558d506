"""Govern › Organisations."""

from khue.domains.people.actions import organisations
from khue.domains.people.models import Organisation
from khue.domains.people.tests.cast import Cast


def test_the_tree_shows_the_branch_and_nothing_else(cast: Cast, client):
    client.force_login(cast.giang)
    page = client.get("/govern/organisations/").content.decode()
    assert "Phân hiệu Tây Nguyên" in page
    assert "Sông Thanh" not in page


def test_the_tree_costs_the_same_however_large(cast: Cast, client, django_assert_max_num_queries):
    for number in range(20):
        organisations.create(by=None, parent=cast.hcm, kind="unit", names={"vi": f"Phòng {number}"})
    client.force_login(cast.giang)
    with django_assert_max_num_queries(10):
        client.get("/govern/organisations/")


def test_a_new_unit_by_the_form(cast: Cast, client):
    client.force_login(cast.giang)
    given = {"name_vi": "Phòng Khảo thí", "name_en": "Examinations", "kind": "unit", "parent": cast.hcm.pk}
    assert client.post("/govern/organisations/new/", given).status_code == 302
    assert Organisation.objects.get(parent=cast.hcm).names == {"vi": "Phòng Khảo thí", "en": "Examinations"}


def test_a_unit_of_another_organisation_is_no_place(cast: Cast, client):
    client.force_login(cast.giang)
    client.post("/govern/organisations/new/", {"name_vi": "Phòng", "kind": "unit", "parent": cast.province.pk})
    assert not Organisation.objects.filter(names__vi="Phòng").exists()


def test_new_names_by_the_form(cast: Cast, client):
    client.force_login(cast.giang)
    client.post(f"/govern/organisations/{cast.hcm.pk}/", {"name_vi": "Phân hiệu phía Nam"})
    cast.hcm.refresh_from_db()
    assert cast.hcm.names == {"vi": "Phân hiệu phía Nam"}
