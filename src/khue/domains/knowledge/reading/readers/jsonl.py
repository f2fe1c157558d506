"""JSON Lines: one document a line, with the fields id, title and text."""

import json
from typing import Any

from khue.domains.knowledge.reading import encodings
from khue.domains.knowledge.reading.blocks import ReadDocument, Unreadable
from khue.domains.knowledge.reading.capitals import capitals
from khue.domains.knowledge.reading.readers import plain


def read(content: bytes) -> tuple[ReadDocument, ...]:
    found = []
    for number, line in enumerate(encodings.decode(content).split("\n"), start=1):
        if line.strip():
            found.append(_document(_parsed(line, number), number))
    return tuple(found)


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("bad_line", str(number)) from problem
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise Unreadable("bad_line", str(number))
    return record


def _document(record: dict[str, Any], number: int) -> ReadDocument:
    text = encodings.clean(record["text"])
    key = str(record.get("id") or number)
    title = str(record.get("title") or "").strip() or key
    return ReadDocument(
        encodings.clean(title), tuple(plain.blocks(text)), key=key, capitals=capitals(text.splitlines())
    )
