"""khue doctor, on an installation that runs and on one that does not."""

import json

import pytest
from tests.running.installation import Installation

pytestmark = pytest.mark.slow


def findings(installation):
    done = installation.khue("doctor", "--json")
    return done.returncode, {finding["part"]: finding for finding in json.loads(done.stdout)}


def test_it_says_what_runs_and_what_does_not(tmp_path):
    installation = Installation(tmp_path / "home")
    code, found = findings(installation)
    assert found["database"]["state"] == found["web"]["state"] == "off"
    assert found["web"]["what_to_do"] == "khue up starts it."

    installation.up()
    try:
        code, found = findings(installation)
        parts = ("database", "pgvector", "tables", "role", "ledger", "worker", "web", "static")
        assert {found[part]["state"] for part in parts} == {"ok"}
        assert found["role"]["version"] == "khue_app" and "entries" in found["ledger"]["version"]
        assert found["database"]["version"].startswith("PostgreSQL 18")
        assert code == (1 if any(finding["state"] == "problem" for finding in found.values()) else 0)
    finally:
        installation.stop()


def test_a_database_that_does_not_answer_is_a_problem(tmp_path):
    installation = Installation(tmp_path / "home", DATABASE_URL="postgresql://khue@127.0.0.1:1/khue")
    code, found = findings(installation)
    assert code == 1
    assert found["database"]["state"] == "problem"
    assert "DATABASE_URL" in found["database"]["what_to_do"]
