"""The databases file (KHUE_DATABASES): which ones may be read, and by whom. docs/how-to/data.md describes it."""

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from khue.gateway.classes import DataClass

FIELDS = set("name title url password_from class organisations schemas rows seconds tls".split())
NEEDED = {"name", "title", "url", "class"}
# all that a URL may say; a password stands in the environment, files and further hosts in no case
URL_PARTS = {"host", "port", "dbname", "user"}
TLS = ("verify-full", "require", "off")
ROWS, SECONDS = 10_000_000, 300


class DatabasesUnusable(ValueError):
    """The file cannot be used; the text, for the administrator, says where and why."""


@dataclass(frozen=True)
class Database:
    """`organisations`: short names of those who may read it, with all below them; empty for everybody. `data_class`:
    nothing that is copied from it is lower. `rows`: a larger table is not copied."""

    name: str
    title: str
    host: str
    port: int
    database: str
    user: str
    data_class: DataClass
    organisations: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ("public",)
    rows: int = ROWS
    seconds: int = SECONDS
    tls: str = "verify-full"
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """As it is shown and recorded: without user and password."""
        return f"{self.host}:{self.port}/{self.database}"

    def is_for(self, lineage: Collection[str]) -> bool:
        return not self.organisations or bool(set(self.organisations) & set(lineage))


@cache
def read(path: str) -> tuple[Database, ...]:
    """An empty path names no file. Read once: changes count from the next start."""
    if not path:
        return ()
    try:
        rows = list(yaml.safe_load(Path(path).expanduser().read_text(encoding="utf-8"))["databases"])
    except OSError as error:
        raise DatabasesUnusable(f"KHUE_DATABASES names a file that cannot be read: {path}.") from error
    except (ValueError, yaml.YAMLError, KeyError, TypeError) as error:
        raise DatabasesUnusable(f"{path} is not a list of databases in YAML.") from error
    found = tuple(_database(row) for row in rows)
    if len({one.name for one in found}) < len(found):
        raise DatabasesUnusable(f"{path}: two databases have one name.")
    return found


def _database(row: Any) -> Database:
    name = str(row.get("name")) if isinstance(row, dict) else ""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise _wrong(name, "its name must be of small letters, digits and hyphens, at most 40")
    if unknown := set(row) - FIELDS:
        raise _wrong(name, f"unknown field {sorted(unknown)[0]}")
    if missing := NEEDED - set(row):
        raise _wrong(name, f"{sorted(missing)[0]} is missing")
    parts = _parts(name, str(row["url"]))
    tls = str(row.get("tls") or ("off" if _is_here(parts["host"]) else "verify-full"))
    if tls not in TLS or (tls == "off" and not _is_here(parts["host"])):
        raise _wrong(name, f"tls is one of {', '.join(TLS)}; off only on this machine")
    try:
        data_class = DataClass[str(row["class"]).upper()]
        rows, seconds = int(row.get("rows", ROWS)), int(row.get("seconds", SECONDS))
    except (KeyError, ValueError) as error:
        raise _wrong(name, f"{error} is no class, or no number") from error
    if data_class == DataClass.SECRET:
        raise _wrong(name, "what holds state secrets is not connected to anything")
    return Database(
        name=name, title=str(row["title"]), host=parts["host"], port=int(parts.get("port", 5432)),
        database=parts["dbname"], user=parts["user"], data_class=data_class,
        organisations=tuple(row.get("organisations") or ()), schemas=tuple(row.get("schemas") or ("public",)),
        rows=rows, seconds=seconds, tls=tls, password=os.environ.get(str(row.get("password_from") or ""), ""),
    )  # fmt: skip


def _parts(name: str, url: str) -> dict[str, Any]:
    if not url.startswith(("postgresql://", "postgres://")):
        raise _wrong(name, "url begins with postgresql://")
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise _wrong(name, "url cannot be read") from error
    if "password" in parts:
        raise _wrong(name, "a password does not belong into a file: name the variable that holds it by password_from")
    if further := set(parts) - URL_PARTS:
        raise _wrong(name, f"url may name host, port, database and user only, not {sorted(further)[0]}")
    if "," in str(parts.get("host", "")) or not all(parts.get(part) for part in ("host", "dbname", "user")):
        raise _wrong(name, "url names one host, a database and a user")
    return dict(parts)


def _is_here(host: str) -> bool:
    return host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}


def _wrong(name: str, why: str) -> DatabasesUnusable:
    return DatabasesUnusable(f"Database {name or '(without name)'}: {why}.")
