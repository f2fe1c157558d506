"""The parent's side: one child for one file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khue.domains.analysis.reading.refusals import Unreadable
from khue.kernel.child import Child

SECONDS = 600.0
MEMORY = 4 * 1024**3
# how long a written table may become
WRITES = 8 * 1024**3


@dataclass(frozen=True)
class Remark:
    """What the reader left out or decided, as a code and the values of its wording."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadTable:
    """`path` is the Parquet file; `titles` say what columns were called, by their names in SQL."""

    title: str
    path: Path
    rows: int
    titles: dict[str, str]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Read:
    tables: tuple[ReadTable, ...]
    remarks: tuple[Remark, ...] = ()


def read(path: Path, name: str, into: Path, *, seconds: float = SECONDS, memory: int = MEMORY) -> Read:
    """Writes the tables of a file into a folder. Raises Unreadable."""
    child = Child("khue.domains.analysis.reading.child", str(memory), str(WRITES))
    try:
        answer = child.ask({"path": str(path), "name": name, "into": str(into)}, seconds=seconds)
    except TimeoutError as problem:
        raise Unreadable("too_slow") from problem
    except EOFError as problem:
        raise Unreadable("too_heavy") from problem
    finally:
        child.end()
    if "fault" in answer:
        raise Unreadable(answer["fault"], answer["detail"])
    return Read(tuple(map(_table, answer["tables"])), _remarks(answer["remarks"]))


def _table(one: dict[str, Any]) -> ReadTable:
    return ReadTable(one["title"], Path(one["path"]), one["rows"], one["titles"], _remarks(one["remarks"]))


def _remarks(given: list[dict[str, Any]]) -> tuple[Remark, ...]:
    return tuple(Remark(one["code"], one["values"]) for one in given)
