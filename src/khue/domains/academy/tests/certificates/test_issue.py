"""Giving certificates to a cohort."""

import json
import stat
from pathlib import Path

import pypdfium2
from django.test import Client
from django.urls import reverse

from khue.domains.academy import api, paper
from khue.domains.academy.actions import certificates, issuers
from khue.domains.academy.models import Certificate, IssuerKey
from khue.domains.academy.tests.certified import certificate_of_an, cohort_with, issued, partner
from khue.domains.people.tests.cast import Cast
from khue.ui.typesetting import png


def test_one_person_one_file_one_paper_one_page(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    batch = issued(cohort)
    assert (batch.eligible, batch.issued, batch.already, batch.refused) == (1, 1, 0, [])
    found = Certificate.objects.get()
    assert found.number == f"KV-{found.issued_at.year}-00001"
    checked = api.check_credential(found.credential.encode())
    assert checked == api.CheckedCredential(True, False, (), "Nguyễn Thị An", found.number)
    assert Client().get(reverse("credentials:check", args=[found.token])).status_code == 200


def test_the_paper_carries_the_signed_file_and_so_does_the_badge(cast: Cast):
    found = certificate_of_an(cast)
    for octets in (paper.certificate_pdf([found]), paper.badge_png(found)):
        assert api.check_credential(octets).valid


def test_seals_and_signatures_stand_on_the_paper_as_they_were_when_it_was_given(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    own = certificates.plan_of(cohort).issuer
    picture = png(paper.TYPST / "badge.typ", {"language": "vi", "programme": "", "issuers": [], "year": ""})
    issuers.change(by=None, issuer=own, names=own.names, signatory="Bà Khai", seal=picture, signature=picture)
    issued(cohort)
    found = Certificate.objects.get()
    before = paper.certificate_pdf([found])
    issuers.change(by=None, issuer=own, names={"vi": "Tên mới"}, signatory="Ông Mới")
    assert paper.certificate_pdf([found]) == before
    document = pypdfium2.PdfDocument(before)
    pictures = [one for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert "Bà Khai" in document[0].get_textpage().get_text_bounded() and pictures


def test_again_gives_only_what_is_missing(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    issued(cohort)
    cohort_with(cast, cast.binh)
    batch = issued(cohort)
    assert (batch.eligible, batch.issued, batch.already) == (2, 1, 1)
    assert [one.serial for one in Certificate.objects.order_by("serial")] == [1, 2]


def test_the_private_key_is_readable_by_its_owner_only_and_nowhere_in_the_database(cast: Cast, home: Path):
    certificate_of_an(cast)
    (path,) = (home / "keys" / "issuers").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name == str(IssuerKey.objects.get().pk)


def test_two_institutions_sign_and_either_signature_is_needed(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    first = certificates.plan_of(cohort).issuer
    certificates.change_plan(by=None, cohort=cohort, issuer=first, second=partner(cast), languages=["vi", "fr"])
    issued(cohort)
    found = Certificate.objects.get()
    assert api.check_credential(found.credential.encode()).valid
    document = json.loads(found.credential)
    assert document["endorsement"][0]["issuer"]["name"] == "Viện Công vụ Loire"
    document["endorsement"][0]["issuer"]["name"] = "Viện khác"
    assert not api.check_credential(json.dumps(document).encode()).valid
