"""Styles, fonts and automatic numbers of a DOCX."""

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from khue.domains.knowledge.reading.blocks import Unreadable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING = re.compile(r"(?:heading|đầu đề|tiêu đề|titre)\s*([1-9])$", re.IGNORECASE)
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")] + [
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")
]  # fmt: skip


def q(name: str) -> str:
    return f"{{{_W}}}{name}"


def value(node: etree._Element, name: str) -> str | None:
    found = node.get(q(name))
    return str(found) if found is not None else None


def parsed(content: bytes) -> etree._Element:
    """Without entities, network or trees beyond libxml2's limits."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("bomb")
    return root


@dataclass
class Styles:
    names: dict[str, str] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    outline: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, tuple[str, int]] = field(default_factory=dict)
    default_font: str = ""
    default_style: str = ""

    @classmethod
    def of(cls, archive: zipfile.ZipFile, names: set[str]) -> "Styles":
        found = cls()
        if "word/styles.xml" in names:
            root = parsed(archive.read("word/styles.xml"))
            found.default_font = _font(root.find(f"{q('docDefaults')}/{q('rPrDefault')}/{q('rPr')}"))
            for style in root.findall(q("style")):
                found._add(style)
        return found

    def _add(self, style: etree._Element) -> None:
        pk = value(style, "styleId") or ""
        name = style.find(q("name"))
        based = style.find(q("basedOn"))
        self.names[pk] = (value(name, "val") or "") if name is not None else ""
        if based is not None:
            self.based_on[pk] = value(based, "val") or ""
        if font := _font(style.find(q("rPr"))):
            self.fonts[pk] = font
        if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
            self.default_style = pk
        properties = style.find(q("pPr"))
        if properties is not None:
            self._add_paragraph_properties(pk, properties)

    def _add_paragraph_properties(self, pk: str, properties: etree._Element) -> None:
        outline = properties.find(q("outlineLvl"))
        if outline is not None and (level := value(outline, "val") or "").isdigit():
            self.outline[pk] = int(level) + 1
        if number := _number(properties):
            self.numbers[pk] = number

    def of_paragraph(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
        return (value(named, "val") or "") if named is not None else self.default_style

    def chain(self, style: str) -> list[str]:
        """The style and those that it is based on."""
        found: list[str] = []
        while style and style not in found:
            found.append(style)
            style = self.based_on.get(style, "")
        return found

    def heading_level(self, paragraph: etree._Element, style: str) -> int:
        """1 to 9, or 0 for what is no heading."""
        own = paragraph.find(f"{q('pPr')}/{q('outlineLvl')}")
        if own is not None and (level := value(own, "val") or "").isdigit():
            return int(level) + 1 if int(level) < 9 else 0
        for pk in self.chain(style):
            name = self.names.get(pk, "")
            if named := _HEADING.match(name):
                return int(named[1])
            if name.lower() == "title":
                return 1
            if pk in self.outline:
                return self.outline[pk] if self.outline[pk] <= 9 else 0
        return 0

    def font(self, run: etree._Element, style: str) -> str:
        """The font that draws Latin letters in a run."""
        properties = run.find(q("rPr"))
        if own := _font(properties):
            return own
        named = properties.find(q("rStyle")) if properties is not None else None
        chains = self.chain(value(named, "val") or "") if named is not None else []
        return next((self.fonts[pk] for pk in chains + self.chain(style) if pk in self.fonts), self.default_font)


def _font(properties: etree._Element | None) -> str:
    fonts = properties.find(q("rFonts")) if properties is not None else None
    return (value(fonts, "ascii") or value(fonts, "hAnsi") or "") if fonts is not None else ""


def _number(properties: etree._Element) -> tuple[str, int] | None:
    """Number of the list and level."""
    found = properties.find(q("numPr"))
    if found is None:
        return None
    pk, level = found.find(q("numId")), found.find(q("ilvl"))
    depth = (value(level, "val") or "0") if level is not None else "0"
    return ((value(pk, "val") or "") if pk is not None else ""), int(depth) if depth.isdigit() else 0


@dataclass
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The numbers that Word draws before paragraphs and does not keep in their text."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    numbers_of_styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, archive: zipfile.ZipFile, names: set[str]) -> "Numbering":
        found = cls()
        if "word/numbering.xml" not in names:
            return found
        root = parsed(archive.read("word/numbering.xml"))
        for abstract in root.findall(q("abstractNum")):
            levels = {_depth(level): _level(level) for level in abstract.findall(q("lvl"))}
            found.levels[value(abstract, "abstractNumId") or ""] = levels
        for number in root.findall(q("num")):
            named = number.find(q("abstractNumId"))
            if named is not None:
                found.abstract[value(number, "numId") or ""] = value(named, "val") or ""
        found.numbers_of_styles = Styles.of(archive, names).numbers
        return found

    def label(self, paragraph: etree._Element, style: str) -> str:
        """ "1. ", "a) ", "Điều 5. " or "- " for a bullet; "" for a paragraph without a number."""
        properties = paragraph.find(q("pPr"))
        place = (_number(properties) if properties is not None else None) or self.numbers_of_styles.get(style)
        if place is None or place[0] not in self.abstract:
            return ""
        abstract, depth = self.abstract[place[0]], place[1]
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return "- "
        self._count(abstract, depth, level)
        return f"{self._drawn(abstract, level)} " if level.text.strip() else ""

    def _count(self, abstract: str, depth: int, level: _Level) -> None:
        counts = self.counts[abstract]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

    def _drawn(self, abstract: str, level: _Level) -> str:
        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            of = self.levels[abstract].get(depth, level)
            return _formed(self.counts[abstract].get(depth, of.start), of.form)

        return re.sub(r"%([1-9])", number, level.text).strip()


def _depth(level: etree._Element) -> int:
    depth = value(level, "ilvl") or "0"
    return int(depth) if depth.isdigit() else 0


def _level(level: etree._Element) -> _Level:
    form, text, start = (level.find(q(name)) for name in ("numFmt", "lvlText", "start"))
    first = (value(start, "val") or "1") if start is not None else "1"
    return _Level(
        (value(form, "val") or "decimal") if form is not None else "decimal",
        (value(text, "val") or "") if text is not None else "",
        int(first) if first.isdigit() else 1,
    )


def _formed(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"}:
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    drawn = ""
    for worth, sign in _ROMAN:
        drawn += sign * (number // worth)
        number %= worth
    return drawn
