"""khue policy test, as a steward uses it."""

import json

import pytest
from typer.testing import CliRunner

from khue.cli.main import app, gather
from khue.domains.people.tests.cast import gather as gather_cast
from khue.gateway import api


def run(*words):
    if not app.registered_commands:
        gather()
    return CliRunner().invoke(app, ["policy", "test", *words])


@pytest.mark.parametrize(
    ("data_class", "zone", "decision", "rule"),
    [
        ("public", "machine", "allow", "public-anywhere"),
        ("internal", "country", "pseudonymise", "internal-in-country"),
        ("confidential", "abroad", "deny", "personal-data-abroad-2026"),
        ("secret", "machine", "deny", "state-secret-2025"),
    ],
)
def test_it_answers_in_json(data_class, zone, decision, rule):
    made = run("--class", data_class, "--zone", zone, "--date", "2026-11-23", "--json")
    said = json.loads(made.stdout)
    assert made.exit_code == 0
    assert set(said) == {"decision", "rule", "reason"}
    assert (said["decision"], said["rule"]) == (decision, rule)
    assert said["reason"]


def test_the_reason_comes_in_the_language_asked_for():
    said = run("--class", "secret", "--zone", "machine", "--language", "vi").stdout
    assert "bí mật nhà nước" in said and "2026.11+" in said


def test_it_says_that_a_law_is_known_through_summaries():
    assert "known through summaries only" in run("--class", "secret", "--zone", "machine").stdout


@pytest.mark.parametrize("words", [("--class", "top", "--zone", "machine"), ("--class", "public", "--zone", "moon")])
def test_words_that_it_does_not_know(words):
    assert run(*words).exit_code == 2


def test_a_day_that_is_none():
    assert run("--class", "public", "--zone", "machine", "--date", "yesterday").exit_code == 2


@pytest.mark.django_db(transaction=True)
def test_an_organisation_s_own_rules_count():
    cast = gather_cast()
    api.tighten(
        organisation_id=cast.academy.pk, data_class=api.DataClass.PUBLIC, zone=api.Zone.ABROAD,
        decision=api.Ruling.DENY, reason="Chưa có hợp đồng.", by=None,
    )  # fmt: skip
    words = ("--class", "public", "--zone", "abroad", "--json")
    assert json.loads(run(*words).stdout)["decision"] == "pseudonymise"
    said = json.loads(run(*words, "--organisation", "khue-van-hcm").stdout)
    assert (said["decision"], said["reason"]) == ("deny", "Chưa có hợp đồng.")
    assert run(*words, "--organisation", "nowhere").exit_code == 2
