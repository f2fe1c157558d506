"""The pages: what anyone sees of a certificate, what its holder decides, what coordinators do."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khue.domains.academy import paper
from khue.domains.academy.actions import certificates
from khue.domains.academy.models import Certificate, CertificateBatch
from khue.domains.academy.rules.certificates import Ended
from khue.domains.academy.tests.certified import certificate_of_an, cohort_with, partner
from khue.domains.people.models import Person
from khue.domains.people.tests.cast import Cast
from khue.kernel import jobs

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def client(person: Person | None = None) -> Client:
    """In English, whatever the person's own language is."""
    made = Client(headers={"accept-language": "en"})
    if person:
        Person.objects.filter(pk=person.pk).update(language="en")
        made.force_login(person)
    return made


def page(found: Certificate, **query: str) -> str:
    return client().get(reverse("credentials:check", args=[found.token]), query).content.decode()


def test_nothing_of_the_holder_is_shown_before_they_agree(cast: Cast):
    found = certificate_of_an(cast)
    shown = page(found)
    assert "is valid" in shown and found.number in shown
    assert "Nguyễn" not in shown and "Đã thử" not in shown and "Has tried" not in shown


def test_the_holder_shows_what_they_like(cast: Cast):
    found = certificate_of_an(cast)
    own = reverse("academy:certificate", args=[found.pk])
    assert client(cast.an).post(own, {"name": "on"}).status_code == 302
    assert "Nguyễn Thị An" in page(found) and "Has tried" not in page(found)
    client(cast.an).post(own, {"file": "on"})
    assert "Nguyễn Thị An" in page(found) and "Has tried" in page(found)
    client(cast.an).post(own, {})
    assert "Nguyễn Thị An" not in page(found)


def test_the_name_on_the_paper_can_be_compared(cast: Cast):
    found = certificate_of_an(cast)
    assert "made out to this name" in page(found, name="nguyễn thị an")
    assert "made out to another name" in page(found, name="Nguyen Thi An")


def test_programs_read_the_same_address(cast: Cast):
    found = certificate_of_an(cast)
    address = reverse("credentials:check", args=[found.token])
    as_json = {"accept": "application/json"}
    said = client().get(address, headers=as_json).json()
    assert said == {
        "number": found.number,
        "state": "valid",
        "issuers": ["Khuê Văn Academy of Public Administration"],
        "issued": found.issued_at.date().isoformat(),
    }
    credential = {"accept": "application/vc+ld+json"}
    assert "html" in client().get(address, headers=credential)["Content-Type"]
    certificates.show(certificate=found, name=False, course=False, file=True)
    given = client().get(address, headers=credential)
    assert given["Content-Type"] == "application/vc+ld+json" and given.content.decode() == found.credential
    assert client().get(address, headers=as_json).json()["holder"] == "Nguyễn Thị An"


def test_a_revoked_and_a_replaced_one_say_so(cast: Cast):
    old = certificate_of_an(cast)
    new = certificates.reissue(by=None, certificate=old, why=Ended.NAME)
    assert "has been replaced" in page(old) and reverse("credentials:check", args=[new.token]) in page(old)
    certificates.revoke(by=None, certificate=new, why=Ended.MISCONDUCT, note="Chỉ để trong sổ")
    assert "no longer holds" in page(new) and "Chỉ để trong sổ" not in page(new)


@pytest.mark.parametrize("form", ["json", "png", "pdf"])
def test_a_file_is_checked_by_whoever_holds_it(cast: Cast, form: str):
    found = certificate_of_an(cast)
    file = client(cast.an).get(reverse("academy:certificate-file", args=[found.pk, form]))
    assert file.status_code == 200
    upload = SimpleUploadedFile(f"x.{form}", file.content)
    answer = client().post(reverse("credentials:upload"), {"file": upload}).content.decode()
    assert "genuine and unchanged" in answer and "Nguyễn Thị An" in answer
    certificates.revoke(by=None, certificate=found, why=Ended.MISTAKE)
    again = SimpleUploadedFile(f"x.{form}", file.content)
    assert "was revoked" in client().post(reverse("credentials:upload"), {"file": again}).content.decode()


def test_a_changed_file_is_refused_in_words(cast: Cast):
    document = json.loads(certificate_of_an(cast).credential)
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Kẻ mạo danh"
    upload = SimpleUploadedFile("x.json", json.dumps(document).encode())
    answer = client().post(reverse("credentials:upload"), {"file": upload}).content.decode()
    assert "Do not rely on this file" in answer and "signature does not fit" in answer and "not confirmed" in answer


def test_the_list_and_the_keys_are_open_to_other_verifiers(cast: Cast):
    found = certificate_of_an(cast)
    for address in (found.status_list.url.removeprefix("https://khue.example"), reverse("credentials:issuers")):
        answer = client().get(address)
        assert answer.status_code == 200 and answer["Access-Control-Allow-Origin"] == "*"
    (own,) = client().get(reverse("credentials:issuers")).json()["issuers"]
    assert [key["id"] for key in own["keys"]] == [found.key.did]


def test_a_participant_sees_what_is_missing(cast: Cast):
    rule = "  quizzes: true\n  labs: [hoi]\n"
    cohort_with(cast, cast.an, rule=rule, number="3.0", slug="khoa-3")
    shown = client(cast.an).get(reverse("academy:certificates")).content.decode()
    assert "100% of the sessions attended; 80% are needed" in shown
    assert "0 of 1 quiz passed" in shown and "0 of 1 lab passed" in shown and ">Quiz<" in shown


def test_a_coordinator_gives_them_by_one_button_and_a_worker(cast: Cast):
    cohort = cohort_with(cast, cast.an, cast.binh)
    address = reverse("academy:cohort-certificates", args=[cohort.pk])
    assert "2 people are ready" in client(cast.chi).get(address).content.decode()
    give = reverse("academy:cohort-certificates-give", args=[cohort.pk])
    assert client(cast.chi).post(give).status_code == 302
    assert client(cast.chi).post(give).status_code == 302
    batch = CertificateBatch.objects.get()
    assert not batch.is_over and "hx-get" in client(cast.chi).get(address).content.decode()
    from khue.domains.academy.tasks import issue

    issue(batch=str(batch.pk))
    assert Certificate.objects.count() == 2
    progress = client(cast.chi).get(reverse("academy:cohort-certificates-progress", args=[cohort.pk]))
    assert progress["HX-Refresh"] == "true" and "2 given" in progress.content.decode()
    printed = client(cast.chi).get(reverse("academy:cohort-certificates-print", args=[cohort.pk]))
    assert printed.content.startswith(b"%PDF")
    assert certificates.ISSUE in jobs.names()


def test_a_lecturer_sees_the_list_and_gives_none(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    cohort.organisation = cast.ha_noi
    cohort.save()
    shown = client(cast.binh).get(reverse("academy:cohort-certificates", args=[cohort.pk]))
    assert shown.status_code == 200 and "Give the certificates" not in shown.content.decode()
    assert client(cast.binh).post(reverse("academy:cohort-certificates-give", args=[cohort.pk])).status_code == 403


def test_a_coordinator_replaces_one(cast: Cast):
    found = certificate_of_an(cast)
    address = reverse("academy:certificate-end", args=[found.pk])
    data = {"why": "name", "name": "Nguyễn Thị Bình An", "note": ""}
    assert client(cast.chi).post(address, data).status_code == 302
    assert Certificate.objects.holding().get().holder == "Nguyễn Thị Bình An"
    refused = client(cast.chi).post(address, data)
    assert refused.status_code == 400 and "already" in refused.content.decode()


def test_a_partner_is_chosen_for_a_cohort(cast: Cast):
    cohort = cohort_with(cast, cast.an)
    own, second = certificates.plan_of(cohort).issuer, partner(cast)
    address = reverse("academy:cohort-certificates-plan", args=[cohort.pk])
    data = {"issuer": own.pk, "second": second.pk, "first_language": "vi", "other_language": "en"}
    assert client(cast.chi).post(address, data).status_code == 302
    assert certificates.plan_of(cohort).second == second
    assert client(cast.chi).post(address, data | {"second": own.pk}).status_code == 400


def test_an_administrator_looks_after_institutions_and_keys(cast: Cast):
    by = client(cast.giang)
    index = by.get(reverse("academy:issuers")).content.decode()
    assert "Khuê Văn Academy" in index
    data = {"name_vi": "Viện Công vụ Loire", "name_fr": "Institut de la Loire", "signatory": "É. d’Œuvre"}
    made = by.post(reverse("academy:issuer-create"), data | {"seal": SimpleUploadedFile("s.png", PNG)})
    assert made.status_code == 302
    detail = made.url
    assert "VCVL" in by.get(detail).content.decode()
    assert by.post(detail, data | {"seal": SimpleUploadedFile("s.svg", b"<svg/>")}).status_code == 400
    assert by.post(detail, data | {"signatory": "阮"}).status_code == 400
    certificate_of_an(cast)
    own = reverse("academy:issuer", args=[certificates.plan_of(Certificate.objects.get().cohort).issuer_id])
    assert by.post(f"{own}rotate/").status_code == 302
    assert "Retired" in by.get(own).content.decode()


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_check_page_speaks_three_languages(cast: Cast, language: str):
    found = certificate_of_an(cast)
    shown = Client(headers={"accept-language": language}).get(reverse("credentials:check", args=[found.token]))
    words = {"vi": "có giá trị", "en": "is valid", "fr": "est valable"}[language]
    assert words in shown.content.decode()


def test_the_code_on_the_paper_is_the_check_page(cast: Cast):
    found = certificate_of_an(cast)
    assert paper.check_address(found) == f"https://khue.example/c/{found.token}/"


def test_whoever_holds_the_old_file_is_led_to_the_new_certificate(cast: Cast):
    old = certificate_of_an(cast)
    new = certificates.reissue(by=None, certificate=old, why=Ended.NAME)
    upload = SimpleUploadedFile("x.json", old.credential.encode())
    answer = client().post(reverse("credentials:upload"), {"file": upload}).content.decode()
    assert "was revoked" in answer and reverse("credentials:check", args=[new.token]) in answer
