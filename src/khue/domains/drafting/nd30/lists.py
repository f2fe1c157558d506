"""Numbers that a list of the word processor gives to paragraphs, which no text holds."""

import re
from typing import Any

from docx.oxml.ns import qn

from khue.domains.drafting.nd30.formats import Formats
from khue.domains.drafting.nd30.wording import roman


class Lists:
    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.iterfind(qn("w:abstractNum"))}
        for number in root.iterfind(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            form = abstract.get(link.get(qn("w:val"))) if link is not None else None
            if form is not None:
                self._read(str(number.get(qn("w:numId"))), form)

    def _read(self, number: str, form: Any) -> None:
        for level in form.iterfind(qn("w:lvl")):
            kind, text, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
            self.levels[number, int(level.get(qn("w:ilvl")) or 0)] = (
                str(kind.get(qn("w:val"))) if kind is not None else "decimal",
                str(text.get(qn("w:val")) or "") if text is not None else "",
                int(start.get(qn("w:val")) or 1) if start is not None else 1,
            )

    def mark(self, element: Any, formats: Formats) -> str:
        """ "1.", "b)", "-"; "" for what stands in no list."""
        place = formats.list_of(element)
        if place is None or place not in self.levels:
            return ""
        number, level = place
        counts = self.counts.setdefault(number, {})
        counts[level] = counts.get(level, self.levels[place][2] - 1) + 1
        for lower in [each for each in counts if each > level]:
            del counts[lower]
        kind, text, _ = self.levels[place]
        if kind == "bullet":
            return "-"
        return re.sub(r"%(\d)", lambda found: self._said(number, int(found.group(1)) - 1, counts), text)

    def _said(self, number: str, level: int, counts: dict[int, int]) -> str:
        kind, _, start = self.levels.get((number, level), ("decimal", "", 1))
        value = counts.get(level, start)
        match kind:
            case "lowerLetter":
                return chr(ord("a") + (value - 1) % 26)
            case "upperLetter":
                return chr(ord("A") + (value - 1) % 26)
            case "upperRoman":
                return roman(value)
            case "lowerRoman":
                return roman(value).lower()
            case "none":
                return ""
        return str(value)
