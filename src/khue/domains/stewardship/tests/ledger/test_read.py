"""A steward reads what the own organisation, and all below it, used models for; nobody else's."""

import subprocess
import sys

import pytest
from django.conf import settings

from khue.domains.people.models import Person
from khue.gateway import api as gateway
from khue.gateway import ledger as record
from khue.gateway.ledger import Outcome, Task

LEDGER = "/govern/ledger/"


def used(person, organisation, purpose, **more):
    """→ the number of the entry."""
    caller = gateway.Caller(person.pk, organisation.pk, tool="ask", purpose=purpose)
    facts = {"data_class": gateway.DataClass.INTERNAL, "zone": "machine", "decision": "allow"} | more
    entry = record.begin(Task.CHAT, caller=caller, provider="p", model="m", inputs=["x"], **facts)
    entry.finish(Outcome.DONE, output=b"y", prompt_tokens=10, completion_tokens=5)
    return entry.seq


@pytest.fixture
def three_calls(cast):
    used(cast.an, cast.hcm, "below")
    used(cast.binh, cast.academy, "here")
    used(cast.hai, cast.province, "elsewhere")


def read(client, person):
    client.force_login(person)
    return client.get(LEDGER, headers={"accept-language": "en"})


def test_a_steward_reads_the_own_organisation_and_those_below(client, cast, three_calls):
    text = read(client, cast.dung).content.decode()
    assert "below" in text and "here" in text and "elsewhere" not in text


def test_a_lecturer_is_refused(client, cast, three_calls):
    assert read(client, cast.binh).status_code == 403


def test_a_long_ledger_is_read_in_pages_with_a_fixed_number_of_queries(client, cast, django_assert_max_num_queries):
    for number in range(120):
        used(cast.an, cast.hcm, f"call {number}")
    client.force_login(cast.dung)
    with django_assert_max_num_queries(14):
        first = client.get(LEDGER)
    following = client.get(LEDGER, {"before": first.context["page"].earlier})
    shown = [line.call.purpose for page in (first, following) for line in page.context["page"].lines]
    assert shown == [f"call {number}" for number in range(119, 19, -1)]


def test_a_filter_that_is_none_is_passed_over(client, cast, three_calls):
    client.force_login(cast.dung)
    assert client.get(LEDGER, {"before": "x", "since": "2026-99-99"}).status_code == 200


def shown(client, **wanted):
    page = client.get(LEDGER, wanted).context["page"]
    return [line.call.purpose for line in page.lines]


def test_the_ledger_is_narrowed_by_what_one_looks_for(client, cast):
    used(cast.an, cast.hcm, "abroad", zone="abroad", decision="pseudonymise", hidden={"cccd": 2})
    used(cast.binh, cast.academy, "secretive", data_class=gateway.DataClass.CONFIDENTIAL)
    client.force_login(cast.dung)
    assert shown(client, zone="abroad") == ["abroad"]
    assert shown(client, decision="pseudonymise") == ["abroad"]
    assert shown(client, data_class="2") == ["secretive"]
    assert shown(client, person=str(cast.binh.pk)) == ["secretive"]
    assert shown(client, organisation=str(cast.hcm.pk)) == ["abroad"]
    assert shown(client, since="2099-01-01") == []
    assert shown(client, outcome="done", tool="ask", kind="calls") == ["secretive", "abroad"]


def test_an_organisation_of_others_does_not_exist(client, cast, three_calls):
    client.force_login(cast.dung)
    assert client.get(LEDGER, {"organisation": str(cast.province.pk)}).status_code == 404


def test_an_entry_shows_all_that_is_kept_of_it(client, cast):
    seq = used(cast.an, cast.hcm, "p", hidden={"cccd": 2}, rule="personal-data-abroad", policy="2026.11")
    Person.objects.update(language="en")
    client.force_login(cast.dung)
    page = client.get(f"{LEDGER}{seq}/").content.decode()
    for words in ("2 × citizen identity number", "personal-data-abroad", "2026.11", gateway.entry(seq).input_digest):
        assert words in page


@pytest.mark.parametrize("tail", ["", "proof/"])
def test_an_entry_of_others_does_not_exist(client, cast, tail):
    seq = used(cast.hai, cast.province, "elsewhere")
    client.force_login(cast.dung)
    assert client.get(f"{LEDGER}{seq}/{tail}").status_code == 404
    assert client.get(f"{LEDGER}{seq + 1}/{tail}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_proof_is_checked_by_the_script_without_khue(client, cast, tmp_path):
    seq = used(cast.an, cast.hcm, "p")
    client.force_login(cast.dung)
    proof = tmp_path / "proof.json"
    proof.write_bytes(client.get(f"{LEDGER}{seq}/proof/").content)
    script = settings.REPOSITORY / "docs" / "verify_proof.py"
    checked = subprocess.run([sys.executable, "-I", script, proof], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_checkpoint_is_signed_when_it_is_taken_along(client, cast):
    used(cast.an, cast.hcm, "p")
    client.force_login(cast.dung)
    taken = client.get(f"{LEDGER}checkpoint/")
    assert "attachment" in taken["content-disposition"]
    assert taken.content.decode() == gateway.latest_checkpoint().note
    assert (
        str(gateway.latest_checkpoint().size) in client.get(LEDGER, headers={"accept-language": "en"}).content.decode()
    )
