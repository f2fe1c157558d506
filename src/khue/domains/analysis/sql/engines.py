"""The same statement for an engine that serves a whole country: PostgreSQL, Trino, Spark."""

from typing import Literal

import sqlglot
from sqlglot.errors import SqlglotError

Engine = Literal["postgres", "trino", "spark"]


def transpiled(sql: str, engine: Engine) -> str:
    """Raises SqlglotError for what that engine does not have."""
    return sqlglot.transpile(sql, read="duckdb", write=engine, unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


def for_postgres(sql: str) -> str:
    """Empty where it cannot be said there."""
    try:
        return transpiled(sql, "postgres")
    except SqlglotError:
        return ""
