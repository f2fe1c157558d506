"""The child's side: DuckDB over files that were named at first, and nothing else.

Three walls stand behind each other: the kernel's limits and fence (khue.kernel.child), DuckDB's own settings, which
are locked before the first question, and a look at what kind of statement it is.
"""

import sys
import time
from typing import Any

import duckdb

from khue.domains.analysis.engine.result import plain_value, type_of
from khue.kernel import child

SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "temp_directory": "",
    # the same question gives the same rows
    "preserve_insertion_order": True,
}


class Tables:
    def __init__(self) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._open(request) if "sources" in request else self._query(request)
        except (duckdb.OutOfMemoryException, MemoryError) as problem:
            return {"fault": "heavy", "detail": str(problem)[:500]}
        except duckdb.Error as problem:
            return {"fault": "sql", "detail": str(problem)[:1000]}
        except ValueError as problem:
            return {"fault": "not_reading", "detail": str(problem)}

    def _open(self, request: dict[str, Any]) -> dict[str, Any]:
        limits: dict[str, Any] = {"memory_limit": f"{request['memory_mb']}MB", "threads": request["threads"]}
        connection = duckdb.connect(":memory:", config={**SETTINGS, **limits})
        paths = ", ".join(_quoted(source["path"]) for source in request["sources"])
        connection.execute(f"SET allowed_paths = [{paths}]")
        for source in request["sources"]:
            name = '"' + source["name"].replace('"', '""') + '"'
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_quoted(source['path'])})")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        self._connection = connection
        return {"open": True}

    def _query(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._connection
        statements = self._connection.extract_statements(request["sql"])
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise ValueError("one statement that reads is allowed")
        started = time.monotonic()
        if request.get("plan"):
            self._connection.execute(f"EXPLAIN {request['sql']}").fetchall()
            return {"columns": [], "rows": [], "is_cut": False, "took_ms": _since(started)}
        cursor = self._connection.execute(statements[0])
        described = cursor.description or []
        rows = cursor.fetchmany(request["rows"] + 1)
        return {
            "columns": [(name, type_of(str(kind))) for name, kind, *_ in described],
            "rows": [[plain_value(value) for value in row] for row in rows[: request["rows"]]],
            "is_cut": len(rows) > request["rows"],
            "took_ms": _since(started),
        }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


if __name__ == "__main__":
    child.shut_in(memory=int(sys.argv[1]))
    child.serve(Tables().answer)
