"""Files of portal records: JSON lines, plain or gzip."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class UnreadableRecords(ValueError):
    """A file that holds no JSON lines."""


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers from 1 and the records; raises UnreadableRecords where a line is no JSON object."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _record(line, number)


def _record(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableRecords(f"line {number}: {error}") from error
    if not isinstance(record, dict):
        raise UnreadableRecords(f"line {number}: not an object")
    return record
