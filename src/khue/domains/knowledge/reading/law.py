"""The structure of Vietnamese legal texts: Phần, Chương, Mục, Tiểu mục, Điều, Khoản, Điểm.

Names and order of the parts: Decree 34/2016/NĐ-CP, article 62, and Decree 30/2020/NĐ-CP, annex I.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from khue.domains.knowledge.reading.blocks import Block

_NUMBER = r"(?:\d{1,3}[a-zđ]?|[IVXLC]{1,7}|thứ [\wÀ-ỹ]+(?: [\wÀ-ỹ]+)?)"
_PARTS = [
    (1, re.compile(rf"PHẦN\s+(?:{_NUMBER})(?=[\s.:–-]|$)", re.IGNORECASE)),
    (2, re.compile(rf"CHƯƠNG\s+(?:{_NUMBER})(?=[\s.:–-]|$)", re.IGNORECASE)),
    (3, re.compile(r"MỤC\s+(?:\d{1,3}|[IVXLC]{1,7})(?=[\s.:–-]|$)", re.IGNORECASE)),
    (4, re.compile(r"TIỂU MỤC\s+(?:\d{1,3}|[IVXLC]{1,7})(?=[\s.:–-]|$)", re.IGNORECASE)),
]
_ARTICLE = re.compile(r"(?P<name>(?:Điều|ĐIỀU)\s+\d{1,4}[a-zđ]?)\s*[.:–-]?\s*(?P<title>.*)$", re.DOTALL)
_ARTICLE_START = re.compile(r"(?:Điều|ĐIỀU)\s+\d{1,4}[a-zđ]?(?:\s*[.:–-]|\s*$)")
_CLAUSE = re.compile(r"(\d{1,3}[a-zđ]?)\.\s")
_POINT = re.compile(r"([a-zđ]{1,2}|[a-zđ]\.\d{1,2})\)\s")
_BARE_PART = re.compile(rf"(?:PHẦN|CHƯƠNG|MỤC|TIỂU MỤC)\s+{_NUMBER}\s*[.:–-]?\s*", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]{1,7}\s*[.:–-]\s*\w")
ROMAN = 4
ARTICLE = 5
LONGEST_TITLE = 220


def is_law(blocks: Sequence[Block]) -> bool:
    """At least two articles begin a block."""
    return _count(blocks, lambda text: _ARTICLE_START.match(text) is not None) >= 2


def is_divided(blocks: Sequence[Block]) -> bool:
    """A law, or another text in parts: "Phần I", "Chương 2", or "I. QUY ĐỊNH CHUNG" twice."""
    parts = _count(blocks, lambda text: _part(text) is not None)
    return is_law(blocks) or parts >= 2 or _count(blocks, _is_roman) >= 2


def _count(blocks: Sequence[Block], is_one: Callable[[str], bool]) -> int:
    return sum(1 for block in blocks if block.kind != "row" and is_one(block.text))


def _is_roman(text: str) -> bool:
    """ "II. TỔ CHỨC THỰC HIỆN"."""
    return len(text) <= LONGEST_TITLE and _ROMAN.match(text) is not None and text.isupper()


def structured(blocks: Sequence[Block]) -> list[Block]:
    """The same texts in the same order, with parts and articles as headings and clauses and points ranked.

    Headings that the file itself marks keep their place: under the last article they sink below it only when they
    are neither a part nor an article.
    """
    return list(_marked(blocks))


def _marked(blocks: Sequence[Block]) -> Iterator[Block]:
    open_part: Block | None = None
    subtitles: list[Block] = []
    for index, block in enumerate(blocks):
        part = None if block.kind == "row" else _part(block.text)
        if open_part is not None and part is None and _is_title(block):
            subtitles.append(replace(block, kind="subtitle", level=0))
            continue
        if open_part is not None:
            yield from _titled(open_part, subtitles)
            open_part, subtitles = None, []
        if part is not None:
            heading = replace(block, kind="heading", level=part)
            if _BARE_PART.fullmatch(block.text):
                open_part = heading
            else:
                yield heading
        elif block.kind == "row":
            yield block
        else:
            yield _article_or_below(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    if open_part is not None:
        yield from _titled(open_part, subtitles)


def _titled(part: Block, subtitles: Sequence[Block]) -> Iterator[Block]:
    if subtitles:
        title = " ".join(block.text for block in subtitles)
        part = replace(part, label=f"{part.text.rstrip(' .:–-')}. {title}")
    yield part
    yield from subtitles


def _part(text: str) -> int | None:
    if len(text) > LONGEST_TITLE:
        return None
    return next((level for level, form in _PARTS if form.match(text) and _looks_named(text)), None)


def _looks_named(text: str) -> bool:
    """ "Chương II" or "Mục 1. QUY ĐỊNH"; not "Mục 1 của Chương này quy định …"."""
    rest = _BARE_PART.sub("", text, count=1)
    return not rest or rest[0].isupper()


def _is_title(block: Block) -> bool:
    if block.kind == "row" or _ARTICLE_START.match(block.text) or _is_roman(block.text):
        return False
    letters = [c for c in block.text if c.isalpha()]
    short = len(block.text) <= LONGEST_TITLE and bool(letters)
    return short and (block.kind == "heading" or all(c.isupper() for c in letters))


def _article_or_below(block: Block, following: Block | None) -> Block:
    article = _ARTICLE.match(block.text) if _ARTICLE_START.match(block.text) else None
    if article:
        return _article(block, article, following)
    if _is_roman(block.text):
        return replace(block, kind="heading", level=ROMAN)
    if block.kind == "heading" and not (_CLAUSE.match(block.text) or _POINT.match(block.text)):
        return block
    if _CLAUSE.match(block.text):
        return replace(block, kind="item", level=0, rank=0)
    if _POINT.match(block.text):
        return replace(block, kind="item", level=0, rank=1)
    return replace(block, rank=1) if block.kind == "paragraph" else block


def _article(block: Block, article: re.Match[str], following: Block | None) -> Block:
    """An article whose line is its whole content ("Điều 1. Ban hành kèm theo …") stays text below its own name."""
    title = article["title"].strip()
    content = len(title) > LONGEST_TITLE or (title.endswith((".", ";", ":")) and len(title) > 60)
    alone = following is None or bool(_ARTICLE_START.match(following.text)) or _part(following.text) is not None
    if title and (content or alone):
        return replace(block, kind="heading", level=ARTICLE, label=article["name"], rank=-1)
    return replace(block, kind="heading", level=ARTICLE)


def clause(text: str) -> str:
    """ "2" for a block that begins Khoản 2, else ""."""
    found = _CLAUSE.match(text)
    return found[1] if found else ""


def point(text: str) -> str:
    """ "a" for a block that begins Điểm a, else ""."""
    found = _POINT.match(text)
    return found[1] if found else ""
