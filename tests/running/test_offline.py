"""khue doctor --offline, on an installation that runs: it tries to leave, and is refused."""

import json

import pytest
from tests.running.installation import Installation

from khue.kernel import fence

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not fence.knows_ports(), reason="this kernel has no Landlock for ports (Linux 6.7)"),
]


def test_every_way_is_refused_and_every_part_stands_inside_its_fence(tmp_path):
    installation = Installation(tmp_path / "home").up()
    try:
        done = installation.khue("doctor", "--offline", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        report = json.loads(done.stdout)
        assert report["refused"]
        assert {way["by"] for way in report["ways"]} == {"guard", "kernel"}
        assert {"web": True, "worker": True, "postgres": True}.items() <= report["processes"].items()
        assert report["limits"] == []
        assert installation.serves()
    finally:
        installation.stop()


def test_a_service_elsewhere_is_allowed_and_what_that_opens_is_said(tmp_path):
    done = Installation(tmp_path / "home", KHUE_MODEL_URL="https://models.example/v1").khue("doctor", "--offline")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "models.example:443" in done.stdout
    assert "Native code may reach any address by the services' ports: 443." in done.stdout
