"""A sheet for the page: each line with the look that it has on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from khue.domains.drafting.nd30 import drawing, layout
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.nd30.sheet import Body, Line, Table


@dataclass(frozen=True)
class Said:
    """`mark`: "gap", "backed", "unbacked" or ""; `number` and `said` of the source it stands on."""

    text: str
    weight: str
    mark: str = ""
    number: int = 0
    said: str = ""


@dataclass(frozen=True)
class Shown:
    """`style`: CSS of the paragraph; `rule`: the length of the line below, in millimetres; `rows` of a table; `place`:
    of the document ("body.3"), `field`: of the form; `notes`: numbers of the comments on it."""

    style: str
    runs: tuple[Said, ...] = ()
    field: str = ""
    place: str = ""
    rule: str = ""
    box: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Marks = Sequence[Mapping[str, Any]]


def of(
    document: Document, marks: Marks = (), notes: Mapping[str, Sequence[int]] = MappingProxyType({})
) -> dict[str, Any]:
    """`marks`: sentences of the writer with what they stand on; `notes`: place → numbers of comments."""
    sheet = compose(document)
    wide, left, right = drawing.text_width(), drawing.left_width(), drawing.right_width()
    return {
        "language": sheet.language,
        "ruled": sheet.ruled,
        "head": [(_cell(row[0], left), _cell(row[1], right)) for row in sheet.head],
        "body": [_noted(_marked(line, marks), notes) for line in _body(sheet.body, wide)],
        "end": [(_cell(row[0], wide / 2), _cell(row[1], wide / 2)) for row in sheet.end.rows],
        "contact": sheet.contact.text if sheet.contact else "",
        "annexes": [_body(annex, wide) for annex in sheet.annexes],
    }


def _body(lines: Body, wide: float) -> list[Shown]:
    return [
        Shown("", rows=each.rows, field=_field(each.field), place=each.field)
        if isinstance(each, Table)
        else _line(each, wide)
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
    runs = tuple(
        Said(run.text, _weight(role.bold is True if run.bold is None else run.bold), "gap" if run.gap else "")
        for run in line.runs
    )
    rule = f"{drawing.rule_length(line, wide):.1f}" if line.rule else ""
    box = "{}mm;block-size:{}mm".format(*drawing.box(line)) if role.box else ""
    return Shown(";".join(parts), runs, _field(line.field), line.field, rule, box)


def _weight(bold: bool) -> str:
    return "bold" if bold else "normal"


def _field(place: str) -> str:
    """The form's field from which a line comes: "body.3" → "body"."""
    name = place.split(".")[0]
    if name == "signature":
        return "signature_position"
    return place.replace(".", "_") if name == "particulars" else name


def _noted(line: Shown, notes: Mapping[str, Sequence[int]]) -> Shown:
    return replace(line, notes=tuple(notes[line.place])) if line.place in notes else line


# What the writer's sentences stand on ------------------------------------------------------------


def _marked(line: Shown, marks: Marks) -> Shown:
    """Its sentences that are still as they were written; one that a person has changed is the person's own."""
    if not line.place.startswith("body") or not marks:
        return line
    return replace(line, runs=tuple(part for run in line.runs for part in _parts(run, marks)))


def _parts(run: Said, marks: Marks) -> Iterator[Said]:
    if run.mark:
        yield run
        return
    for mark in marks:
        bare = str(mark["text"]).rstrip(" ./;")
        if len(bare) > 8 and bare in run.text:
            before, after = run.text.split(bare, 1)
            yield from _parts(replace(run, text=before), marks) if before else ()
            kind = "unbacked" if mark["kind"] == "none" else "backed"
            number = int(mark.get("at", -1)) + 1 if mark["kind"] == "passage" else 0
            yield replace(run, text=bare, mark=kind, number=number, said=str(mark.get("said", "")))
            yield from _parts(replace(run, text=after), marks) if after else ()
            return
    yield run


def unbacked(document: Document, marks: Marks) -> list[str]:
    """Sentences of the writer in the text that nobody said."""
    text = "\n".join(f"{block.title} {block.text}" for block in document.body)
    return [str(mark["text"]) for mark in marks if mark["kind"] == "none" and str(mark["text"]).rstrip(" ./;") in text]
