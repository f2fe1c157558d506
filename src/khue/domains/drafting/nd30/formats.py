"""What formatting applies to a paragraph or a run: its own, its styles', the document's."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from docx.oxml.ns import qn

TWIP = 25.4 / 1440
OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True)
class RunFormat:
    font: str = "Times New Roman"
    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    capitals: bool = False
    color: str = "000000"


@dataclass(frozen=True)
class ParagraphFormat:
    """Lengths in millimetres, gaps in points. `spacing`: a multiple of single, or None where it is set in points
    (`exact`)."""

    align: str = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    spacing: float | None = 1.0
    exact: float | None = None
    borders: frozenset[str] = frozenset()


class Formats:
    def __init__(self, document: Any) -> None:
        self.root = document.styles.element
        self.theme = _theme_fonts(document)
        self._runs: dict[str, RunFormat] = {}
        self._paragraphs: dict[str, ParagraphFormat] = {}

    @cached_property
    def styles(self) -> dict[str, Any]:
        return {style.get(qn("w:styleId")): style for style in self.root.iterfind(qn("w:style"))}

    @cached_property
    def default_style(self) -> str:
        for key, style in self.styles.items():
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}:
                return str(key)
        return ""

    @cached_property
    def defaults(self) -> tuple[RunFormat, ParagraphFormat]:
        found = self.root.find(qn("w:docDefaults"))
        if found is None:
            return RunFormat(), ParagraphFormat()
        run = found.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        paragraph = found.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
        return self._run_over(RunFormat(), run), _paragraph_over(ParagraphFormat(), paragraph)

    def style_of(self, paragraph: Any) -> str:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = found.get(qn("w:val")) if found is not None else ""
        return key if key in self.styles else self.default_style

    def paragraph(self, element: Any) -> ParagraphFormat:
        return _paragraph_over(self._paragraph_style(self.style_of(element)), element.find(qn("w:pPr")))

    def run(self, run: Any, paragraph: Any) -> RunFormat:
        base = self._run_style(self.style_of(paragraph))
        own = run.find(qn("w:rPr"))
        if own is not None:
            named = own.find(qn("w:rStyle"))
            if named is not None and (style := self.styles.get(named.get(qn("w:val")))) is not None:
                base = self._run_over(base, style.find(qn("w:rPr")))
        return self._run_over(base, own)

    def list_of(self, element: Any) -> tuple[str, int] | None:
        """Number and level of the list that a paragraph or its style belongs to."""
        found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = self.styles.get(self.style_of(element))
        seen = 0
        while found is None and style is not None and seen < 20:
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            based = style.find(qn("w:basedOn"))
            style = self.styles.get(based.get(qn("w:val"))) if based is not None else None
            seen += 1
        if found is None:
            return None
        number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        key = number.get(qn("w:val")) if number is not None else "0"
        return None if key == "0" else (key, int(level.get(qn("w:val")) or 0) if level is not None else 0)

    def _run_style(self, key: str, depth: int = 0) -> RunFormat:
        if key not in self._runs:
            style = self.styles.get(key)
            if style is None or depth > 20:
                return self.defaults[0]
            based = style.find(qn("w:basedOn"))
            base = self._run_style(based.get(qn("w:val")), depth + 1) if based is not None else self.defaults[0]
            self._runs[key] = self._run_over(base, style.find(qn("w:rPr")))
        return self._runs[key]

    def _paragraph_style(self, key: str, depth: int = 0) -> ParagraphFormat:
        if key not in self._paragraphs:
            style = self.styles.get(key)
            if style is None or depth > 20:
                return self.defaults[1]
            based = style.find(qn("w:basedOn"))
            base = self._paragraph_style(based.get(qn("w:val")), depth + 1) if based is not None else self.defaults[1]
            self._paragraphs[key] = _paragraph_over(base, style.find(qn("w:pPr")))
        return self._paragraphs[key]

    def _run_over(self, base: RunFormat, given: Any) -> RunFormat:
        if given is None:
            return base
        changes: dict[str, Any] = {}
        for child in given:
            value = child.get(qn("w:val"))
            match child.tag.rsplit("}", 1)[-1]:
                case "rFonts":
                    changes |= self._font(child)
                case "sz":
                    changes["size"] = _number(value) / 2
                case "b":
                    changes["bold"] = value not in OFF
                case "i":
                    changes["italic"] = value not in OFF
                case "u":
                    changes["underline"] = value not in OFF
                case "caps":
                    changes["capitals"] = value not in OFF
                case "color":
                    changes["color"] = "000000" if value in {None, "auto"} else str(value).upper()
        return replace(base, **changes) if changes else base

    def _font(self, fonts: Any) -> dict[str, str]:
        themed = fonts.get(qn("w:asciiTheme"))
        name = self.theme.get(themed.replace("HAnsi", "").replace("Ascii", ""), "") if themed else ""
        name = name or fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""
        return {"font": name} if name else {}


def _theme_fonts(document: Any) -> dict[str, str]:
    """ "major" and "minor" of the theme."""
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
            found = {kind: root.find(f".//{a}{kind}Font/{a}latin") for kind in ("major", "minor")}
            return {kind: one.get("typeface") for kind, one in found.items() if one is not None}
    return {}


def _number(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0


def _paragraph_over(base: ParagraphFormat, given: Any) -> ParagraphFormat:
    if given is None:
        return base
    changes: dict[str, Any] = {}
    for child in given:
        match child.tag.rsplit("}", 1)[-1]:
            case "jc":
                value = child.get(qn("w:val"))
                changes["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(value, value)
            case "ind":
                changes |= _indents(child)
            case "spacing":
                changes |= _spacing(child)
            case "pBdr":
                drawn = {
                    one.tag.rsplit("}", 1)[-1] for one in child if one.get(qn("w:val")) not in {None, "nil", "none"}
                }
                changes["borders"] = frozenset(drawn)
    return replace(base, **changes) if changes else base


def _indents(element: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, key in (
        ("left", "left"),
        ("start", "left"),
        ("right", "right"),
        ("end", "right"),
        ("firstLine", "first"),
    ):
        if (value := element.get(qn(f"w:{name}"))) is not None:
            found[key] = _number(value) * TWIP
    if (value := element.get(qn("w:hanging"))) is not None and _number(value):
        found["first"] = -_number(value) * TWIP
    return found


def _spacing(element: Any) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name in ("before", "after"):
        if (value := element.get(qn(f"w:{name}"))) is not None:
            found[name] = _number(value) / 20
        if element.get(qn(f"w:{name}Autospacing")) in {"1", "true", "on"}:
            found[name] = 14
    if (value := element.get(qn("w:line"))) is not None:
        rule = element.get(qn("w:lineRule")) or "auto"
        if rule == "auto":
            found |= {"spacing": _number(value) / 240, "exact": None}
        else:
            found |= {"spacing": None, "exact": _number(value) / 20}
    return found
