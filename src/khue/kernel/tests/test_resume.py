"""What a killed worker had begun is done again by the next one."""

from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from khue.kernel import jobs, tasks

EMBED, READ = "knowledge.embed", "knowledge.read"
pytestmark = pytest.mark.django_db(transaction=True)


def begun_and_abandoned(number):
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = null where id = %s", [number])


def state(number):
    return ProcrastinateJob.objects.get(pk=number).status


def resume():
    jobs.later(tasks.RESUME, timestamp=0)
    jobs.work(at_once=1, until_empty=True)


def test_an_abandoned_job_is_done(embedding_server):
    number = jobs.later(READ, document=str(uuid4()))
    begun_and_abandoned(number)
    resume()
    assert state(number) == "succeeded"


def test_where_the_same_job_waits_already_that_one_is_enough(embedding_server):
    abandoned = jobs.later(EMBED, one_at_a_time=EMBED, once_waiting=EMBED)
    begun_and_abandoned(abandoned)
    waiting = jobs.later(EMBED, one_at_a_time=EMBED, once_waiting=EMBED)
    resume()
    assert (state(abandoned), state(waiting)) == ("failed", "succeeded")
