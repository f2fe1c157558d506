"""A sheet for the page: each line with the look that it has on paper."""

from dataclasses import dataclass
from typing import Any

from khue.domains.drafting.nd30 import drawing, layout
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.nd30.sheet import Body, Line, Table


@dataclass(frozen=True)
class Shown:
    """`style`: CSS of the paragraph; `rule`: the length of the line below, in millimetres; `rows` of a table."""

    style: str
    runs: tuple[tuple[str, str, bool], ...] = ()
    field: str = ""
    rule: str = ""
    box: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def of(document: Document) -> dict[str, Any]:
    sheet = compose(document)
    wide, left, right = drawing.text_width(), drawing.left_width(), drawing.right_width()
    return {
        "language": sheet.language,
        "ruled": sheet.ruled,
        "head": [(_cell(row[0], left), _cell(row[1], right)) for row in sheet.head],
        "body": _body(sheet.body, wide),
        "end": [(_cell(row[0], wide / 2), _cell(row[1], wide / 2)) for row in sheet.end.rows],
        "contact": sheet.contact.text if sheet.contact else "",
        "annexes": [_body(annex, wide) for annex in sheet.annexes],
    }


def _body(lines: Body, wide: float) -> list[Shown]:
    return [
        Shown("", rows=each.rows, field=_field(each.field)) if isinstance(each, Table) else _line(each, wide)
        for each in lines
    ]


def _cell(lines: tuple[Line, ...], wide: float) -> list[Shown]:
    return [_line(each, wide) for each in lines]


def _line(line: Line, wide: float) -> Shown:
    role = layout.role(line.role)
    align = {"both": "justify", "": "left"}.get(role.align, role.align)
    parts = [
        f"font-size:{role.size}pt",
        f"text-align:{align}",
        f"margin:{role.before}pt 0 {role.after}pt {role.indent}mm",
        f"text-indent:{role.first}mm",
        f"font-style:{'italic' if role.italic else 'normal'}",
    ]
    if role.color != "000000":
        parts.append(f"color:#{role.color}")
    runs = tuple((run.text, _weight(role.bold is True if run.bold is None else run.bold), run.gap) for run in line.runs)
    rule = f"{drawing.rule_length(line, wide):.1f}" if line.rule else ""
    box = "{}mm;block-size:{}mm".format(*drawing.box(line)) if role.box else ""
    return Shown(";".join(parts), runs, _field(line.field), rule, box)


def _weight(bold: bool) -> str:
    return "bold" if bold else "normal"


def _field(place: str) -> str:
    """The form's field from which a line comes: "body.3" → "body"."""
    name = place.split(".")[0]
    if name == "signature":
        return "signature_position"
    return place.replace(".", "_") if name == "particulars" else name
