"""The database role of web and worker: it reads and writes rows, owns nothing, and on some tables may do less."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

ROWS = {"select", "insert", "update", "delete"}
# rights on tables that it never has
MORE = {"truncate", "references", "trigger"}
LOCK = 4920618033989
TABLES = """
select c.relname, array(select p from unnest(%s::text[]) p where has_table_privilege(%s, c.oid, p))
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
"""
SEQUENCES = """
select count(*) from pg_class c where c.relnamespace = 'public'::regnamespace
and case when c.relkind = 'S' then not has_sequence_privilege(%s, c.oid, 'usage') else false end
"""
GRANTS = """
grant usage on schema public to {role};
revoke all on all tables in schema public from {role};
grant select, insert, update, delete on all tables in schema public to {role};
grant usage, select on all sequences in schema public to {role};
alter default privileges in schema public grant select, insert, update, delete on tables to {role};
alter default privileges in schema public grant usage, select on sequences to {role};
"""


class RoleNotUsable(SystemExit):
    """Web and worker cannot connect as they should; the text says what to do."""


def give(fewer: Mapping[str, set[str]]) -> None:
    """Makes the role at need and gives it the rows of all tables; of the tables in `fewer`, only what stands there.
    As the owner of the tables; where an administrator has this process connect as that role, all is theirs to do."""
    role = str(settings.APPLICATION_DATABASE["USER"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s), current_user", [LOCK])
        if cursor.fetchone()[1] == role:
            return
        _make(cursor, role)
        if _is_lacking(cursor, role, fewer):
            cursor.execute(sql.SQL(GRANTS).format(role=sql.Identifier(role)))
            for table, rights in fewer.items():
                _restrict(cursor, role, table, rights)


def holds(fewer: Mapping[str, set[str]]) -> bool | None:
    """Whether the role can do what it must and nothing else; None where there is no such role yet."""
    role = str(settings.APPLICATION_DATABASE["USER"])
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = %s", [role])
        known = cursor.fetchone()
        return None if known is None else not known[0] and not _is_lacking(cursor, role, fewer)


def _make(cursor: Any, role: str) -> None:
    """With the password of today: the secret that it comes from may be another than at the last start."""
    cursor.execute("select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = %s", [role])
    known = cursor.fetchone()
    if known and known[0]:
        raise RoleNotUsable(f"Web and worker would connect as {role!r}, which may do everything. See DATABASE_APP_URL.")
    if known and (settings.EMBEDDED_DATABASE or not settings.MAKES_APPLICATION_ROLE):
        return
    act = sql.SQL("{} role {} login password {}").format(
        sql.SQL("alter" if known else "create"),
        sql.Identifier(role),
        sql.Literal(settings.APPLICATION_DATABASE["PASSWORD"]),
    )
    try:
        with transaction.atomic():
            cursor.execute(act)
    except ProgrammingError as problem:
        raise RoleNotUsable(
            f"The role {role!r}, as which web and worker connect to the database, cannot be made: {problem}\n"
            "Have a database administrator make a role that may log in, and name it in DATABASE_APP_URL."
        ) from None


def _is_lacking(cursor: Any, role: str, fewer: Mapping[str, set[str]]) -> bool:
    """Or has more than it should."""
    cursor.execute(TABLES, [sorted(ROWS | MORE), role])
    if any(set(rights) != fewer.get(table, ROWS) for table, rights in cursor.fetchall()):
        return True
    cursor.execute(SEQUENCES, [role])
    return bool(cursor.fetchone()[0])


def _restrict(cursor: Any, role: str, table: str, rights: set[str]) -> None:
    names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
    cursor.execute(sql.SQL("revoke all on {table} from {role}").format(**names))
    allowed = sql.SQL(", ".join(sorted(rights)))
    cursor.execute(sql.SQL("grant {rights} on {table} to {role}").format(rights=allowed, **names))
