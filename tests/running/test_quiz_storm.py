"""The server is killed while two hundred answers arrive: none is lost, none counts twice."""

import pytest
from tests.running import quiz_storm
from tests.running.installation import Installation, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_the_server_is_killed_while_answers_arrive(tmp_path):
    installation = Installation(tmp_path / "home").up()
    try:
        people = quiz_storm.prepare(installation, 40)
        sent = {(person["attempt"], position) for person in people for position, _ in person["questions"]}
        assert len(sent) >= 200

        storm = quiz_storm.blow(installation, people, per_second=100, then=lambda: installation.part("web").kill())

        assert eventually(installation.serves)
        assert storm.refused == [] and storm.failed_tries > 0
        assert storm.acknowledged.keys() == sent
        there = quiz_storm.stored(installation)
        assert there["attempts"] == 40
        rows = {(attempt, position): (serial, given) for attempt, position, serial, given in there["answers"]}
        assert len(rows) == len(there["answers"]) == len(sent)
        assert rows == {key: (serial, True) for key, serial in storm.acknowledged.items()}
    finally:
        installation.stop()
