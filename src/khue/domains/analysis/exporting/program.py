"""Runs all steps of this worksheet again and says whether each gives the same result. Needs Python 3.11 and what
requirements.txt names; Khuê itself is not needed.

    pip install -r requirements.txt
    python run.py
"""

import hashlib
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "code"))


def opened(manifest: dict[str, Any]) -> Any:
    """A DuckDB connection with the tables as views. Data that did not come along are to be put into data/."""
    import duckdb

    connection = duckdb.connect()
    for table in manifest["tables"]:
        path = HERE / "data" / f"{table['name']}.parquet"
        if not path.exists():
            raise SystemExit(f"{path.name} is not here: it stayed where it is kept. SHA-256 {table['digest']}")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != table["digest"]:
                print(f"{path.name} is another file than the one that was used: results may differ.")
        source = str(path).replace("'", "''")
        connection.execute(f"CREATE VIEW \"{table['name']}\" AS SELECT * FROM read_parquet('{source}')")
    return connection


def querying(connection: Any) -> Callable[[str], Any]:
    """query(sql) → Result, as steps expect it."""
    from khue.domains.analysis.engine.result import Column, Result, plain_value, type_of

    def query(sql: str) -> Result:
        cursor = connection.execute(sql)
        columns = tuple(Column(name, type_of(str(kind))) for name, kind, *_ in cursor.description)
        return Result(columns, tuple(tuple(plain_value(value) for value in row) for row in cursor.fetchmany(10_000)))

    return query


def result_of(step: dict[str, Any], query: Callable[[str], Any]) -> Any:
    module, _, name = step["run"].partition(":")
    return getattr(import_module(module), name)(query, step["parameters"])


def main() -> int:
    from khue.domains.analysis.engine.result import digest

    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    query = querying(opened(manifest))
    compared = other = 0
    for step in manifest["steps"]:
        outcome = result_of(step, query)
        same = digest(outcome.result.columns, outcome.result.rows) == step["digest"]
        # a result that was not taken along whole has no digest: there is nothing to compare with
        said = "(not compared)" if not step["digest"] else "same" if same else "OTHER"
        compared += bool(step["digest"])
        other += said == "OTHER"
        print(f"{step['position']:>3}  {said}  {step['question'] or step['run']}")
    print(f"{compared - other} of {compared} steps give the same result.")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
