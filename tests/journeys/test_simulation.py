"""khue simulate cohort against a running server: a whole programme to the certificates; what it plays is stored, its
figures add up, anyone can check what was given, nothing of it stays."""

import json

import pytest

from tests.journeys import whole
from tests.journeys.conftest import Records
from tests.running.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

# with this seed somebody has not learned, a lab is done once more, graders differ and agree
PEOPLE, SEED = 6, 9
STAFF = 4
TEAMS, STAGES, GATES, JUDGES = 2, 2, 1, 3
# how often one looks depends on the time it takes
WAITING = {"certificates: progress", "trainer: screen with the code"}
TABLES = """
select table_name from information_schema.tables where table_schema = 'public'
and (table_name ~ '^(academy|people|knowledge|stewardship|usersessions)_' or table_name = 'django_session')
and table_name <> 'people_change'
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("simulation") / "home")
    try:
        # the demonstration is loaded after the first page can be opened
        installation.up().wait_for("documents added", 180)
        yield installation
    finally:
        installation.stop()


@pytest.fixture(scope="module")
def before(served):
    return left(served)


@pytest.fixture(scope="module")
def simulated(served, before, tmp_path_factory):
    folder = whole.written(tmp_path_factory.mktemp("programme"))

    def play(*options):
        words = ("simulate", "cohort", "--participants", str(PEOPLE), "--campuses", "2", "--seed", str(SEED), "--json")
        done = served.khue(*words, "--programme", str(folder), *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    return play


@pytest.fixture(scope="module")
def played(simulated):
    return simulated("--keep")


def left(served):
    """Rows of every table that people's work goes to, and the private keys."""
    records = Records(served)
    with records.server.connect() as connection:
        names = [row[0] for row in connection.execute(TABLES)]
        rows = {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}
    return rows | {"keys": len(list(served.home.glob("keys/issuers/*")))}


def test_everybody_comes_reads_and_is_examined(played):
    assert (played["errors"], played["lost"]) == ([], {})
    stored = played["stored"]
    assert stored["enrolled"] == stored["checked_in"] == stored["quizzes_begun"] == stored["topics_read"] == PEOPLE
    assert stored["quizzes_handed_in"] == stored["quizzes_begun"] == played["confirmed"]["essays"]
    assert stored["checked_in_twice"] == 0 and stored["surveys_done"] == 2 * PEOPLE
    assert stored["answers"] == played["confirmed"]["answers"] == 7 * PEOPLE


def test_labs_are_done_with_the_tool_and_graded_by_two(played):
    stored, confirmed = played["stored"], played["confirmed"]
    assert PEOPLE < stored["labs_handed_in"] == stored["labs_checked"] == confirmed["questions"]
    assert stored["grades"] == 2 * stored["labs_handed_in"] and confirmed["grades changed"] > 0
    assert stored["reviews"] == PEOPLE


def test_teams_go_through_the_sprint_and_are_judged(played):
    stored, confirmed = played["stored"], played["confirmed"]
    # one gate is passed at the second time
    assert stored["stages_handed_in"] == TEAMS * STAGES + 1 and stored["gates_decided"] == TEAMS * GATES + 1
    assert stored["problems_chosen"] == TEAMS and stored["canvas_fields"] == TEAMS * 4
    assert stored["sheets"] == TEAMS * JUDGES and stored["comparisons"] == JUDGES
    assert confirmed["results revealed"] == 1 and confirmed["results seen"] == PEOPLE


def test_certificates_are_given_and_checked_by_strangers(served, played, tmp_path):
    stored, confirmed = played["stored"], played["confirmed"]
    assert 0 < stored["certificates"] < PEOPLE == stored["certificates"] + stored["certificates_refused"]
    assert confirmed["certificates checked"] == confirmed["files checked"] == stored["certificates"]
    assert stored["certificates_twice"] == 0
    (credential, holder) = Records(served).one("select credential, holder from academy_certificate limit 1")
    (tmp_path / "file.json").write_text(credential)
    verified = served.khue("credential", "verify", str(tmp_path / "file.json"), "--json")
    assert json.loads(verified.stdout) == {"valid": True, "revoked": False, "problems": []}, verified.stderr
    (tmp_path / "changed.json").write_text(credential.replace(holder, "Lê Văn Khác"))
    refused = served.khue("credential", "verify", str(tmp_path / "changed.json"), "--json")
    assert json.loads(refused.stdout)["valid"] is False


def test_each_action_has_its_figures(played):
    actions = played["actions"]
    assert actions["check in: typed code"]["count"] + actions["check in: I am here"]["count"] == PEOPLE
    assert actions["sign in"]["count"] == actions["check in: scan"]["count"] == 4
    for row in actions.values():
        assert row["errors"] == 0 and 0 < row["p50_ms"] <= row["p95_ms"] <= row["longest_ms"]


def test_nothing_of_it_stays_and_the_same_seed_plays_the_same(served, before, simulated, played):
    assert played["kept"]["username"] == f"mo-phong-{SEED}.dieu-phoi"
    assert left(served)["people_person"] == before["people_person"] + PEOPLE + STAFF
    removed = served.khue("simulate", "remove")
    assert removed.returncode == 0, removed.stderr
    assert left(served) == before
    again = simulated()
    assert left(served) == before
    assert again["confirmed"] == played["confirmed"]
    assert counts(again) == counts(played)


def counts(report):
    return {name: row["count"] for name, row in report["actions"].items() if name not in WAITING}


def test_without_a_server_it_says_what_to_start(tmp_path):
    told = Installation(tmp_path / "home").khue("simulate", "cohort")
    assert told.returncode == 2 and "khue up" in told.stderr
