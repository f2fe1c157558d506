"""A lecturer brings a programme in by the page, and runs one again at their own place."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khue.domains.academy.course import archive
from khue.domains.academy.models import Cohort, Programme, ProgrammeVersion
from khue.domains.academy.tests.small import small_programme

BRING = "/learn/programmes/bring/"


def uploaded(client, octets, organisation):
    file = SimpleUploadedFile("nho.zip", octets)
    return client.post(BRING, {"file": file, "organisation": str(organisation.pk)})


def test_a_lecturer_brings_a_box_in(client, cast, files):
    client.force_login(cast.binh)
    response = uploaded(client, archive.write(files, programme="nho", version="1.0"), cast.ha_noi)
    version = ProgrammeVersion.objects.get()
    assert response.url == reverse("academy:programme", args=[version.pk])
    assert (version.programme.organisation, version.loaded_by) == (cast.ha_noi, cast.binh)


def test_faults_are_shown_with_file_and_line_and_nothing_is_stored(client, cast, changed):
    client.force_login(cast.binh)
    broken = changed("labs/hoi.yaml", "rubric: hoi", "rubric: ve")
    response = uploaded(client, archive.write(broken, programme="nho", version="1.0"), cast.ha_noi)
    text = response.content.decode()
    assert response.status_code == 400
    assert "labs/hoi.yaml" in text and "rubrics/ve.yaml" in text and ">9<" in text
    assert not Programme.objects.exists()


@pytest.mark.parametrize("octets", [b"no zip", b""])
def test_what_is_no_box_is_refused_in_words(client, cast, octets):
    client.force_login(cast.binh)
    assert uploaded(client, octets, cast.ha_noi).status_code == 400


def test_a_bomb_is_refused_by_the_page(client, cast):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("materials/a", b"\0" * 10_000_000)
    client.force_login(cast.binh)
    assert uploaded(client, box.getvalue(), cast.ha_noi).status_code == 400
    assert not Programme.objects.exists()


def test_nobody_brings_a_box_into_an_organisation_that_is_not_theirs(client, cast, files):
    client.force_login(cast.binh)
    response = uploaded(client, archive.write(files, programme="nho", version="1.0"), cast.hcm)
    assert response.status_code == 400 and not Programme.objects.exists()


def run_again(client, version, organisation, starts_on="2026-09-11"):
    address = reverse("academy:programme-clone", args=[version.pk])
    given = {"organisation": str(organisation.pk), "starts_on": starts_on, "name": "Khóa tại Hà Nội"}
    return client.post(address, given)


def test_a_lecturer_runs_it_again_at_their_place_with_dates_shifted(client, cast):
    version = small_programme(cast)
    client.force_login(cast.binh)
    response = run_again(client, version, cast.ha_noi)
    cohort = Cohort.objects.get(organisation=cast.ha_noi)
    assert response.url == reverse("academy:cohort", args=[cohort.pk])
    assert cohort.version.programme.organisation == cast.ha_noi
    assert cohort.version.definition["starts_on"] == "2026-09-11"
    assert cohort.sessions.get().starts_at.isoformat() == "2026-09-11T01:30:00+00:00"
    assert version.cohorts.count() == 1


def test_where_the_programme_is_at_home_no_copy_is_made(client, cast):
    version = small_programme(cast)
    client.force_login(cast.chi)
    run_again(client, version, cast.academy)
    assert ProgrammeVersion.objects.count() == 1
    assert Cohort.objects.filter(version=version, organisation=cast.academy).count() == 2


def test_the_same_form_sent_twice_makes_one_copy(client, cast):
    version = small_programme(cast)
    client.force_login(cast.binh)
    run_again(client, version, cast.ha_noi)
    run_again(client, version, cast.ha_noi)
    assert ProgrammeVersion.objects.filter(programme__organisation=cast.ha_noi).count() == 1
