"""Sheet → PDF by Typst, with the lengths that the DOCX has."""

from datetime import UTC, datetime
from typing import Any

from khue.domains.drafting.nd30 import columns, drawing, layout
from khue.domains.drafting.nd30.layout import HERE
from khue.domains.drafting.nd30.sheet import Body, Line, Sheet, Table
from khue.ui import typesetting

ISSUED = datetime(2020, 3, 5, tzinfo=UTC)


def pdf(sheet: Sheet, *, at: datetime = ISSUED) -> bytes:
    return typesetting.pdf(HERE / "sheet.typ", _data(sheet), at=at)


def pages(sheet: Sheet) -> int:
    import io

    import pypdfium2

    return len(pypdfium2.PdfDocument(io.BytesIO(pdf(sheet))))


def _data(sheet: Sheet) -> dict[str, Any]:
    wide, left, right = drawing.text_width(), drawing.left_width(), drawing.right_width()
    told = sheet.metadata
    return {
        "language": sheet.language,
        "title": told.get("Subject") or told.get("TypeName", ""),
        "author": told.get("OrganName", ""),
        "keywords": [f"{name}={text}" for name, text in told.items()],
        "margins": layout.data()["page"]["set"],
        "left": left,
        "right": right,
        "roles": {key: _role(key) for key in layout.roles()},
        "ruled": sheet.ruled,
        "head": [[_lines(row[0], left), _lines(row[1], right)] for row in sheet.head],
        "body": _lines(sheet.body, wide),
        "end": [[_lines(cell, wide / 2) for cell in row] for row in sheet.end.rows],
        "contact": _lines((sheet.contact,), wide)[0] if sheet.contact else None,
        "annexes": [_lines(annex, wide) for annex in sheet.annexes],
    }


def _role(key: str) -> dict[str, Any]:
    role = layout.role(key)
    return {
        name: getattr(role, name)
        for name in ("size", "italic", "align", "first", "indent", "before", "after", "color")
    } | {"bold": role.bold is True}  # fmt: skip


def _lines(lines: Body | tuple[Line, ...], wide: float) -> list[dict[str, Any]]:
    return [_table(each) if isinstance(each, Table) else _line(each, wide) for each in lines]


def _line(line: Line, wide: float) -> dict[str, Any]:
    made: dict[str, Any] = {
        "role": line.role,
        "runs": [{"text": run.text, "bold": run.bold, "gap": run.gap} for run in line.runs],
        "keep": line.keep,
        "rule": drawing.rule_length(line, wide) if line.rule else 0,
    }
    if layout.role(line.role).box:
        made["box"] = drawing.box(line)
    return made


def _table(table: Table) -> dict[str, Any]:
    count = max((len(row) for row in table.rows), default=1)
    return {"rows": [[*row, *[""] * (count - len(row))] for row in table.rows], "columns": columns.shares(table.rows)}
