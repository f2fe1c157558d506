"""khue simulate cohort against a running server: what it plays is stored, its figures add up, nothing of it stays."""

import json

import pytest

from tests.journeys.conftest import Records
from tests.running.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PEOPLE = 6
NOTHING = {"people": 0, "organisations": 0, "cohorts": 0, "programmes": 0, "sessions": 0}
LEFT = """
select (select count(*) from people_person where username like 'mo-phong%%' or email like '%%@mo-phong.example'),
       (select count(*) from people_organisation where slug like 'mo-phong%%'),
       (select count(*) from academy_cohort where slug like 'mo-phong%%'),
       (select count(*) from academy_programme where slug like 'mo-phong%%'),
       (select count(*) from django_session)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("simulation") / "home")
    try:
        yield installation.up()
    finally:
        installation.stop()


def simulated(served, *options, exit_code=0):
    words = ("simulate", "cohort", "--participants", str(PEOPLE), "--campuses", "2", "--seed", "7", "--json")
    done = served.khue(*words, *options)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return json.loads(done.stdout)


def left(served):
    return dict(zip(NOTHING, Records(served).one(LEFT), strict=True))


@pytest.fixture(scope="module")
def played(served):
    return simulated(served)


def test_everybody_comes_reads_and_is_examined(played):
    assert (played["errors"], played["lost"]) == ([], {})
    stored = played["stored"]
    assert stored["enrolled"] == stored["checked_in"] == stored["surveys_done"] == PEOPLE
    assert stored["checked_in_twice"] == 0
    assert stored["quizzes_handed_in"] == stored["quizzes_begun"] == stored["topics_read"] == 2 * PEOPLE
    assert stored["answers"] == played["confirmed"]["answers"] >= stored["quizzes_begun"]


def test_each_action_has_its_figures(played):
    actions = played["actions"]
    assert actions["check in: typed code"]["count"] + actions["check in: I am here"]["count"] == PEOPLE
    assert actions["sign in"]["count"] == actions["check in: scan"]["count"] == 4
    for row in actions.values():
        assert row["errors"] == 0 and 0 < row["p50_ms"] <= row["p95_ms"] <= row["longest_ms"]


def test_the_same_seed_plays_the_same(served, played):
    again = simulated(served)
    assert again["confirmed"] == played["confirmed"]
    assert {name: row["count"] for name, row in again["actions"].items()} == {
        name: row["count"] for name, row in played["actions"].items()
    }


def test_nothing_of_it_stays_unless_it_is_kept(served, played):
    assert left(served) == NOTHING
    kept = simulated(served, "--keep")
    assert left(served)["people"] == PEOPLE + 1
    assert kept["kept"]["username"] == "mo-phong-7.dieu-phoi"
    removed = served.khue("simulate", "remove")
    assert removed.returncode == 0, removed.stderr
    assert left(served) == NOTHING


def test_without_a_server_it_says_what_to_start(tmp_path):
    told = Installation(tmp_path / "home").khue("simulate", "cohort")
    assert told.returncode == 2 and "khue up" in told.stderr
