"""Lines of a page or a plain text to paragraphs: what was broken only to fit the width is joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from khue.domains.knowledge.reading.blocks import Block

_LABEL = re.compile(
    r"(?:[-–—•*+●○▪■♦✓]\s|\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s|\(?[a-zđ]{1,2}\)\s|[IVXLC]{1,7}[.)]\s"
    r"|(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC|Article|Chapitre|Chapter|Section|Bước)\s+[\dIVXLC])"
)
_ENDS = (".", ";", ":", "!", "?", "…", "”", "»", '."')
LONGEST_HEADING = 160
# joining more would cost the square of the length
_LONGEST_PARAGRAPH = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """`size` is the height of the letters in points, 0 when unknown; `gap`: an empty line stands before it."""

    text: str
    page: int | None = None
    size: float = 0.0
    gap: bool = False


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Paragraphs and, where letters are larger or all capitals, headings."""
    width = _width(lines)
    body_size = _body_size(lines)
    sizes = sorted({line.size for line in lines if line.size > body_size * 1.12}, reverse=True) if body_size else []
    found: list[Block] = []
    previous: Line | None = None
    for line in lines:
        level = _level(line, sizes)
        if level:
            found.append(Block.heading(line.text, level, line.page))
        elif (
            previous is not None and found[-1].kind == "paragraph" and _continues(found[-1].text, previous, line, width)
        ):
            found[-1] = replace(found[-1], text=_joined(found[-1].text, line.text))
        else:
            found.append(Block(line.text, page=line.page))
        previous = line
    return _headings_joined(found)


def _width(lines: Sequence[Line]) -> int:
    """Characters in a full line: the ninth decile."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _body_size(lines: Sequence[Line]) -> float:
    """The size in which most characters are set."""
    weights: dict[float, int] = {}
    for line in lines:
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size]) if weights else 0.0


def _level(line: Line, sizes: Sequence[float]) -> int:
    if len(line.text) > LONGEST_HEADING or not any(c.isalpha() for c in line.text):
        return 0
    if line.size in sizes:
        return min(sizes.index(line.size) + 1, 3)
    return 4 if is_capitals(line.text) else 0


def is_capitals(text: str) -> bool:
    """A short line all in capitals, of two words at least."""
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) >= 6 and all(c.isupper() for c in letters)
    return capitals and " " in text and not text.endswith((";", ",", "."))


def _continues(paragraph: str, previous: Line, line: Line, width: int) -> bool:
    if (
        line.gap
        or len(paragraph) > _LONGEST_PARAGRAPH
        or _LABEL.match(line.text)
        or abs(previous.size - line.size) > 0.6
    ):
        return False
    if previous.text.endswith(_ENDS) and len(previous.text) < 0.85 * width:
        return False
    if line.text[0].islower():
        return True
    return len(previous.text) >= 0.7 * width and not (previous.text.endswith(_ENDS) and line.text[0].isupper())


def _joined(text: str, more: str) -> str:
    """A word that was divided at the end of a line is whole again; "Thừa Thiên-" + "Huế" keeps its hyphen."""
    if len(text) > 2 and text.endswith(("-", "\u2010", "\u00ad")) and text[-2].islower() and more[0].islower():
        return text[:-1] + more
    if text.endswith(("-", "\u2010")) and text[-2:-1].isalpha() and more[0].isalpha():
        return text + more
    return f"{text} {more}"


def _headings_joined(found: list[Block]) -> list[Block]:
    """A heading that runs over two lines is one, unless the second begins a part of its own."""
    merged: list[Block] = []
    for block in found:
        above = merged[-1] if merged else None
        if (
            above is not None
            and block.kind == above.kind == "heading"
            and block.level == above.level
            and above.page == block.page
            and not _LABEL.match(block.text)
            and not _LABEL.fullmatch(above.text.rstrip(".:") + " ")
            and len(above.text) + len(block.text) < LONGEST_HEADING
        ):
            merged[-1] = replace(above, text=f"{above.text} {block.text}")
        else:
            merged.append(block)
    return merged
