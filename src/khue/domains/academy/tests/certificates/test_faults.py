"""What goes wrong while certificates are given, and afterwards: nothing lost, nothing double, no number left out."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from khue.domains.academy import api
from khue.domains.academy.actions import certificates, issuers
from khue.domains.academy.models import Certificate, CertificateBatch, Cohort, IssuerKey, Series, StatusList
from khue.domains.academy.queries.certificates import eligibility
from khue.domains.academy.rules.certificates import Ended
from khue.domains.academy.tests.certified import certificate_of_an, cohort_with, issued, people
from khue.domains.people.tests.cast import Cast, gather
from khue.kernel.errors import UserError

# gives certificates in a process of its own, until it is killed
BATCH = """
import django, sys
from pathlib import Path
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"], settings.KHUE_HOME = sys.argv[1], Path(sys.argv[2])
from khue.domains.academy.actions import certificates
from khue.domains.academy.models import Cohort
certificates.issue(by=None, cohort=Cohort.objects.select_related("version").get(slug="khoa-cn"))
"""


def check_register(count: int) -> None:
    """Everybody once, numbers from 1 without gaps, places on the list all different, every file valid."""
    found = list(Certificate.objects.order_by("serial"))
    assert [one.serial for one in found] == list(range(1, count + 1))
    assert len({one.person_id for one in found}) == count
    assert Series.objects.get().last == count
    assert StatusList.objects.get().taken == count
    assert all(api.check_credential(one.credential.encode()).valid for one in found)


@pytest.mark.django_db(transaction=True)
def test_the_process_is_killed_in_the_middle_and_the_next_goes_on(home: Path):
    cohort = cohort_with(gather(), *people(90))
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "khue.config.settings",
    }
    command = [sys.executable, "-c", BATCH, str(connection.settings_dict["NAME"]), str(home)]
    child = subprocess.Popen(command, env=environment)
    deadline = time.monotonic() + 60
    while not (given := Certificate.objects.count()):
        assert time.monotonic() < deadline and child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert given < 90
    batch = issued(cohort)
    assert batch.issued + batch.already == 90 and batch.already >= given
    check_register(90)


@pytest.mark.django_db(transaction=True)
def test_two_batches_at_once_give_each_person_one(home: Path):
    cohort = cohort_with(gather(), *people(60))

    def give(_number: int) -> CertificateBatch:
        try:
            return issued(Cohort.objects.select_related("version").get(pk=cohort.pk))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        batches = list(both.map(give, range(2)))
    assert sum(batch.issued for batch in batches) == 60
    assert all(batch.issued + batch.already == 60 for batch in batches)
    check_register(60)


def test_as_many_queries_for_fifty_as_for_twenty_five(cast: Cast):
    """For each portion of 25: a constant number; to see who is eligible: one number however many they are."""
    counts = []
    for number, slug in ((25, "khoa-a"), (50, "khoa-b")):
        cohort = cohort_with(cast, *people(number, slug), slug=slug)
        certificates.plan_of(cohort)
        issuers.active_key(certificates.plan_of(cohort).issuer)
        with CaptureQueriesContext(connection) as looked:
            assert len(eligibility(cohort).ready) == number
        with CaptureQueriesContext(connection) as gave:
            issued(cohort)
        counts.append((len(looked), len(gave)))
    (looked_a, gave_a), (looked_b, gave_b) = counts
    assert looked_a == looked_b <= 16
    assert gave_b - gave_a <= 25


def test_a_name_outside_the_fonts_is_refused_before_anything_is_given(cast: Cast):
    cast.an.full_name = "Nguyễn 阮 An"
    cast.an.save()
    batch = issued(cohort_with(cast, cast.an, cast.binh))
    assert (batch.eligible, batch.issued) == (2, 1)
    assert [(one["person"], one["missing"]) for one in batch.refused] == [("Nguyễn 阮 An", ["name"])]
    assert [one.holder for one in Certificate.objects.all()] == ["Trần Văn Bình"]


@pytest.mark.parametrize("name", ["H’Bia Ƀuôn Kđăm Čĭm Ê\u0306ban", "Éléonore d’Œuvre", "Пётр Ильич", "Łukasz Żółć"])
def test_names_of_the_highlands_and_of_europe_can_be_set(cast: Cast, name: str):
    cast.an.full_name = name
    cast.an.save()
    assert issued(cohort_with(cast, cast.an)).issued == 1


def test_a_revoked_key_takes_its_certificates_with_it_and_new_ones_can_be_given(cast: Cast):
    old = certificate_of_an(cast)
    issuers.revoke(by=None, key=old.key, reason="A laptop was stolen")
    checked = api.check_credential(old.credential.encode())
    assert not checked.valid and [code for code, _words in checked.problems] == ["key_revoked"]
    new = certificates.reissue(by=None, certificate=old, why=Ended.KEY)
    assert new.key_id != old.key_id and api.check_credential(new.credential.encode()).valid
    assert IssuerKey.objects.count() == 2


def test_a_rotated_key_signs_no_more_but_what_it_signed_stays_good(cast: Cast):
    old = certificate_of_an(cast)
    issuers.rotate(by=None, issuer=old.key.issuer)
    issued(cohort_with(cast, cast.binh))
    new = Certificate.objects.get(person=cast.binh)
    assert new.key_id != old.key_id
    assert api.check_credential(old.credential.encode()).valid and api.check_credential(new.credential.encode()).valid
    certificates.revoke(by=None, certificate=old, why=Ended.MISTAKE)
    assert api.check_credential(old.credential.encode()).revoked


def test_keys_are_there_before_the_first_certificate(cast: Cast, home: Path):
    made = api.make_keys()
    assert made == IssuerKey.objects.count() == len(list((home / "keys" / "issuers").iterdir())) > 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home / "keys" / "issuers").iterdir())
    assert api.make_keys() == 0
    assert certificate_of_an(cast).key.created_at < Certificate.objects.get().issued_at
    assert IssuerKey.objects.count() == made


def test_a_key_that_was_revoked_is_not_replaced_at_the_next_start(cast: Cast):
    old = certificate_of_an(cast).key
    issuers.revoke(by=None, key=old, reason="A laptop was stolen")
    api.make_keys()
    assert old.issuer.keys.count() == 1


def test_a_private_key_that_is_gone_stops_everything_and_is_not_replaced(cast: Cast, home: Path):
    cohort = cohort_with(cast, cast.an)
    issued(cohort)
    (path,) = (home / "keys" / "issuers").iterdir()
    path.rename(path.with_name("elsewhere"))
    cohort_with(cast, cast.binh)
    with pytest.raises(issuers.KeyMissing, match="backup"):
        issued(cohort)
    assert Certificate.objects.count() == 1 and not path.exists()


def test_a_list_that_cannot_be_had_is_said(cast: Cast):
    found = certificate_of_an(cast)
    StatusList.objects.update(url="https://khue.example/elsewhere")
    checked = api.check_credential(found.credential.encode())
    assert (checked.valid, checked.revoked) == (True, None)
    assert [code for code, _words in checked.problems] == ["status_unknown"]


def test_what_is_revoked_cannot_be_revoked_again(cast: Cast):
    found = certificate_of_an(cast)
    certificates.revoke(by=None, certificate=found, why=Ended.MISCONDUCT, note="Dự thay")
    with pytest.raises(UserError):
        certificates.revoke(by=None, certificate=found, why=Ended.MISTAKE)
    assert api.check_credential(found.credential.encode()).revoked


def test_the_old_one_points_to_the_new_after_a_name_was_changed(cast: Cast):
    old = certificate_of_an(cast)
    certificates.show(certificate=old, name=True, course=False, file=False)
    new = certificates.reissue(by=None, certificate=old, why=Ended.NAME, name="Nguyễn Thị Bình An")
    old.refresh_from_db()
    assert old.successor == new and new.serial == old.serial + 1 and new.shows_name
    assert api.check_credential(old.credential.encode()).revoked
    assert api.check_credential(new.credential.encode()).holder == "Nguyễn Thị Bình An"
    assert issued(old.cohort).issued == 0
