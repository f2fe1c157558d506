"""The role of web and worker tries what it must not be able to do."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from khue.gateway.ledger import checkpoints
from khue.gateway.ledger.rights import RIGHTS
from khue.gateway.ledger.verification import verify
from khue.gateway.tests.ledger.conftest import fill
from khue.kernel import roles

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = settings.APPLICATION_DATABASE["USER"]


@pytest.fixture
def application():
    """A connection as web and worker have it, to a ledger with a checkpoint."""
    roles.give(RIGHTS)
    fill(300)
    checkpoints.make()
    known = connection.settings_dict
    place = {"host": known["HOST"], "port": known["PORT"] or None, "dbname": known["NAME"]}
    with psycopg.connect(
        **place, user=ROLE, password=settings.APPLICATION_DATABASE["PASSWORD"], autocommit=True
    ) as each:
        yield each


FORBIDDEN = [
    "update gateway_entry set payload = payload",
    "delete from gateway_entry",
    "truncate gateway_entry",
    "insert into gateway_entry (seq, payload, leaf, chain) values (999, '{\"#\":999,\"at\":1}', '', '')",
    "update gateway_subtree set hash = hash",
    "delete from gateway_subtree",
    "insert into gateway_subtree values (8, 7, '')",
    "update gateway_checkpoint set note = ''",
    "delete from gateway_checkpoint",
    "alter table gateway_entry disable trigger user",
    "alter table gateway_entry add column more text",
    "drop table gateway_entry cascade",
    "create trigger t before insert on gateway_entry execute function gateway_refuse()",
    "create or replace function gateway_append(payloads text[]) returns bigint language sql as 'select 1'",
    "drop function gateway_refuse() cascade",
    "create table beside (x int)",
    "set session_replication_role = replica",
    "set role postgres",
    f"alter role {ROLE} superuser",
    "copy gateway_entry to program 'cat'",
]


@pytest.mark.parametrize("act", FORBIDDEN)
def test_what_it_must_not_do(application, act):
    with pytest.raises(InsufficientPrivilege):
        application.execute(act)
    assert verify().ok


def test_what_it_must_do(application):
    assert application.execute("select gateway_append(%s)", [['{"at":1,"kind":"test"}']]).fetchone() == (301,)
    assert application.execute("select count(*) from gateway_entry").fetchone() == (301,)
    application.execute("select gateway_flush()")
    application.execute("insert into gateway_checkpoint values (301, 'x', now())")
    application.execute("delete from gateway_content")
    application.execute("insert into procrastinate_jobs (queue_name, task_name, args) values ('q', 't', '{}')")


def test_the_owner_is_stopped_by_the_triggers():
    fill(1)
    for act in ("update gateway_entry set payload = payload", "delete from gateway_entry", "truncate gateway_entry"):
        with connection.cursor() as cursor, pytest.raises(Exception, match="only added to"):
            cursor.execute(act)


def test_rights_too_many_are_taken_back_and_new_tables_are_open(application):
    with connection.cursor() as cursor:
        cursor.execute(f"grant update on gateway_entry to {ROLE}")
        cursor.execute("create table newer (id bigserial)")
    try:
        application.execute("insert into newer default values")
        roles.give(RIGHTS)
        with pytest.raises(InsufficientPrivilege):
            application.execute("update gateway_entry set payload = payload")
        application.execute("insert into newer default values")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop table newer")


def test_a_role_that_may_do_everything_is_not_used(application):
    with connection.cursor() as cursor:
        cursor.execute(f"alter role {ROLE} superuser")
        try:
            with pytest.raises(roles.RoleNotUsable):
                roles.give(RIGHTS)
        finally:
            cursor.execute(f"alter role {ROLE} nosuperuser")
