"""One reading session: a transaction that only reads, with a limit on time; rows come by a cursor of the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from django.conf import settings
from psycopg import errors, sql

from khue.gateway import ledger
from khue.gateway.contract import Caller
from khue.gateway.databases import file
from khue.gateway.databases.file import Database

AT_ONCE = 20_000
TO_CONNECT_S = 15
Fault = Literal["unknown", "not_permitted", "unreachable", "password", "rights", "slow", "large", "gone", "broken"]


class DatabaseFault(Exception):
    """A code; `detail` never holds an address's user or password. `Wording` is the domain's affair."""

    def __init__(self, code: Fault, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code: Fault = code
        self.detail = detail


@dataclass(frozen=True)
class RemoteTable:
    """`rows` is the server's own estimate, None where it has none (a view, or a table that was never looked at)."""

    schema: str
    name: str
    rows: int | None
    kind: Literal["table", "view"]
    comment: str = ""

    @property
    def id(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Column:
    """`type` as PostgreSQL calls it."""

    name: str
    type: str
    comment: str = ""


class Reading:
    """An open session; used by one thread."""

    def __init__(self, connection: psycopg.Connection[Any], database: Database) -> None:
        self._connection, self._database = connection, database

    def tables(self) -> list[RemoteTable]:
        """Those of the permitted schemas that the user may read."""
        found = self._connection.execute(TABLES, [list(self._database.schemas)]).fetchall()
        return [RemoteTable(*row) for row in found]

    def columns(self, table: str) -> list[Column]:
        """Raises DatabaseFault "gone"."""
        one = self._table(table)
        rows = self._connection.execute(COLUMNS, [one.schema, one.name]).fetchall()
        return [Column(*row) for row in rows]

    def rows(self, table: str, columns: list[Column]) -> Iterator[list[tuple[Any, ...]]]:
        """In portions. Raises DatabaseFault "gone", "large", "slow", "rights"."""
        one = self._table(table)
        if one.rows is not None and one.rows > self._database.rows:
            raise DatabaseFault("large", f"{one.rows}")
        asked = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(_as_plain(column) for column in columns), sql.Identifier(one.schema, one.name)
        )
        total = 0
        with _faults(), self._connection.cursor(name="khue") as cursor:
            cursor.execute(asked)
            while portion := cursor.fetchmany(AT_ONCE):
                total += len(portion)
                if total > self._database.rows:
                    raise DatabaseFault("large", f"{self._database.rows}")
                yield portion

    def _table(self, table: str) -> RemoteTable:
        found = next((one for one in self.tables() if one.id == table), None)
        if found is None:
            raise DatabaseFault("gone", table)
        return found


# those that Parquet has too; anything else comes as its text
PLAIN = {
    "smallint", "integer", "bigint", "real", "double precision", "boolean", "date", "text", "character varying",
    "timestamp without time zone",
}  # fmt: skip


def _as_plain(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.type in PLAIN:
        return name
    if column.type == "numeric":
        return sql.SQL("{}::double precision").format(name)
    return sql.SQL("{}::text").format(name)


TABLES = """
    SELECT n.nspname, c.relname, CASE WHEN c.reltuples >= 0 AND c.relkind <> 'v' THEN c.reltuples::bigint END,
           CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END, coalesce(obj_description(c.oid), '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1, 2 LIMIT 2000
"""
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), coalesce(col_description(a.attrelid, a.attnum), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped
      AND has_column_privilege(c.oid, a.attnum, 'SELECT')
    ORDER BY a.attnum
"""


@contextmanager
def opened(name: str, *, caller: Caller, lineage: tuple[str, ...]) -> Iterator[Reading]:
    """`lineage`: the short names of the caller's organisation and all above it. On record in the ledger, also what was
    refused. Raises DatabaseFault."""
    database = next((one for one in file.read(settings.KHUE_DATABASES) if one.name == name), None)
    if database is None:
        raise DatabaseFault("unknown", name)
    try:
        if not database.is_for(lineage):
            raise DatabaseFault("not_permitted", database.title)
        with _faults(), _connected(database) as connection:
            _note(database, caller, "opened")
            yield Reading(connection, database)
    except DatabaseFault as fault:
        _note(database, caller, fault.code)
        raise


def _connected(database: Database) -> psycopg.Connection[Any]:
    """Every setting is given here, so that no file or variable of the machine adds one."""
    limit = database.seconds * 1000
    connection: psycopg.Connection[Any] = psycopg.connect(
        host=database.host, port=database.port, dbname=database.database, user=database.user,
        password=database.password or None, sslmode="disable" if database.tls == "off" else database.tls,
        passfile="/dev/null", connect_timeout=TO_CONNECT_S, application_name="khue",
        options=f"-c default_transaction_read_only=on -c statement_timeout={limit} -c lock_timeout=5000 "
        f"-c idle_in_transaction_session_timeout={limit}",
    )  # fmt: skip
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


@contextmanager
def _faults() -> Iterator[None]:
    """What the driver raises, as codes. Its own texts may hold the user's name and are not handed on."""
    try:
        yield
    except (errors.InvalidPassword, errors.InvalidAuthorizationSpecification) as problem:
        raise DatabaseFault("password") from problem
    except errors.QueryCanceled as problem:
        raise DatabaseFault("slow") from problem
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as problem:
        raise DatabaseFault("rights") from problem
    except errors.UndefinedTable as problem:
        raise DatabaseFault("gone") from problem
    except psycopg.OperationalError as problem:
        refused = any(word in str(problem) for word in ("password", "authentication", 'role "', "pg_hba"))
        raise DatabaseFault("password" if refused else "unreachable") from problem
    except psycopg.Error as problem:
        raise DatabaseFault("broken", type(problem).__name__) from problem


def _note(database: Database, caller: Caller, outcome: str) -> None:
    ledger.record(
        "database", tool=caller.tool, person=caller.person_id, organisation=caller.organisation_id,
        database=database.name, target=database.place, outcome=outcome, data_class=database.data_class,
    )  # fmt: skip
