"""The worker is killed in the middle of its batches: the next one goes on, nothing is lost, nothing is there twice."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.journeys.conftest import Records
from tests.running.installation import Installation, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

WORKS, PEOPLE = 60, 200
# a job counts as abandoned half a minute after its worker's last sign of life, and is looked for every minute
RESUMED_S = 240
HAND_IN = """
import django; django.setup()
from django.db import transaction
from khue.domains.academy.tests.certified import people
from khue.domains.academy.tests.labs.work import NOTE, QUESTIONS, TERM, handed_in, lab_of
from khue.domains.people.models import Membership
from khue.domains.people.tests.cast import gather
cast = gather()
lab = lab_of(cast, checks=[QUESTIONS, TERM, NOTE])
cohort = lab.version.cohorts.get(slug="khoa-1")
# all at once: the worker finds them together
with transaction.atomic():
    for person in people({count}, "bai"):
        Membership.objects.create(person=person, organisation=cast.academy, role="participant")
        handed_in(person, lab, cohort)
"""
CHECKED = "select count(*) from academy_submission where checked_at is not null"
RESULTS = """
select count(*), count(distinct (submission_id, key)), count(distinct submission_id) from academy_checkresult
"""
ASK = """
import django; django.setup()
from khue.domains.academy.actions import certificates
from khue.domains.academy.tests.certified import cohort_with, partner, people
from khue.domains.people.tests.cast import gather
cast = gather()
cohort = cohort_with(cast, *people({count}, "cn"))
own = certificates.plan_of(cohort).issuer
certificates.change_plan(by=None, cohort=cohort, issuer=own, second=partner(cast), languages=["vi", "en"])
certificates.ask(by=None, cohort=cohort)
"""
GIVEN = "select count(*) from academy_certificate"
BATCH = "select state, issued + already from academy_certificatebatch"
REGISTER = """
import django; django.setup()
import json
from khue.domains.academy import api
from khue.domains.academy.models import Certificate, StatusList
found = list(Certificate.objects.order_by("serial"))
print(json.dumps({
    "serials": [one.serial for one in found], "people": len({one.person_id for one in found}),
    "places": len({one.status_index for one in found}), "taken": StatusList.objects.get().taken,
    "valid": sum(api.check_credential(one.credential.encode()).valid for one in found),
}))
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("killed") / "home")
    try:
        installation.up().wait_for("documents added", 240)
        yield installation
    finally:
        installation.stop()


def kill_in_between(installation, source, query, most):
    """Asks for the work, and kills the worker when the first of it is done."""
    deadline = time.monotonic() + 240
    with ThreadPoolExecutor(1) as asking, Records(installation).server.connect() as connection:
        asked = asking.submit(installation.python, source)
        while not (done := connection.execute(query).fetchone()[0]):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        installation.part("worker").kill()
        asked.result()
    assert 0 < done < most


def test_in_the_middle_of_checks(running):
    kill_in_between(running, HAND_IN.format(count=WORKS), CHECKED, WORKS)
    records = Records(running)
    assert eventually(lambda: records.one(CHECKED) == (WORKS,), RESUMED_S), records.one(CHECKED)
    assert records.one(RESULTS) == (3 * WORKS, 3 * WORKS, WORKS)


def test_in_the_middle_of_a_certificate_batch(running):
    kill_in_between(running, ASK.format(count=PEOPLE), GIVEN, PEOPLE)
    records = Records(running)
    assert eventually(lambda: records.one(BATCH)[0] == "done", RESUMED_S), records.one(BATCH)
    assert records.one(BATCH) == ("done", PEOPLE)
    register = json.loads(running.python(REGISTER))
    assert register == {
        "serials": list(range(1, PEOPLE + 1)), "people": PEOPLE, "places": PEOPLE, "taken": PEOPLE, "valid": PEOPLE,
    }  # fmt: skip
