"""The body as people type it, and as blocks: "Điều 2. Tổ chức thực hiện", "1. …", "a) …", "- …", one a line."""

import re
from collections.abc import Iterable, Iterator

from khue.domains.drafting.nd30.shape import Block, BlockKind

_NUMBERED: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    ("part", re.compile(r"Phần (?:[IVXL]+|thứ [\w ]{2,12})\s*[.:]?\s*(.*)$", re.IGNORECASE)),
    ("chapter", re.compile(r"Chương (?:[IVXL]+|\d+)\s*[.:]?\s*(.*)$", re.IGNORECASE)),
    ("section", re.compile(r"Mục \d+\s*[.:]?\s*(.*)$", re.IGNORECASE)),
    ("subsection", re.compile(r"Tiểu mục \d+\s*[.:]?\s*(.*)$", re.IGNORECASE)),
    ("article", re.compile(r"Điều (?:\d+[a-zđ]?|[IVXL]+)\s*[.:]\s*(.*)$", re.IGNORECASE)),
    ("roman", re.compile(r"[IVXL]+\s*[.)]\s+(\S.*)$")),
    ("clause", re.compile(r"\d{1,3}\s*[.)]\s+(\S.*)$")),
    ("point", re.compile(r"[a-zđ]\d?\s*[).]\s+(\S.*)$")),
    ("item", re.compile(r"[-–+•]\s+(\S.*)$")),
)
_TITLED = {"part", "chapter", "section", "subsection", "roman"}
_STARTS: dict[str, str] = {
    "part": "Phần I", "chapter": "Chương I", "section": "Mục 1", "subsection": "Tiểu mục 1", "article": "Điều 1.",
    "roman": "I.", "clause": "1.", "point": "a)", "item": "-", "text": "",
}  # fmt: skip
LONGEST_TITLE = 120


def blocks_of(text: str) -> list[Block]:
    """Empty lines are passed over; "| a | b |" lines make a table."""
    return list(_tables(line.strip() for line in text.splitlines() if line.strip()))


def _tables(lines: Iterable[str]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("|") and line.endswith("|") and len(line) > 2:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield Block(kind="table", rows=rows)
            rows = []
        yield block_of(line)
    if rows:
        yield Block(kind="table", rows=rows)


def block_of(line: str) -> Block:
    for kind, form in _NUMBERED:
        found = form.match(line)
        if found is None:
            continue
        rest = found.group(1).strip()
        if kind in _TITLED:
            return Block(kind=kind, title=rest)
        if kind in {"article", "clause"} and _is_title(rest):
            return Block(kind=kind, title=rest.rstrip("."))
        return Block(kind=kind, text=rest)
    return Block(text=line)


def _is_title(text: str) -> bool:
    """ "Phạm vi điều chỉnh", not a sentence."""
    return bool(text) and len(text) <= LONGEST_TITLE and not re.search(r"[.;:]\s*\S|[.;:,]$", text) and (
        len(text.split()) <= 14
    )  # fmt: skip


def text_of(blocks: Iterable[Block]) -> str:
    """As it could be typed: numbers counted as they are on the sheet."""
    from khue.domains.drafting.nd30.counting import numbered

    lines: list[str] = []
    for block, mark in numbered(blocks):
        if block.kind == "table":
            lines += [f"| {' | '.join(row)} |" for row in block.rows]
            continue
        lines.append(f"{mark} {block.title or block.text}".strip())
        if block.title and block.text:
            lines.append(block.text)
    return "\n".join(lines)
