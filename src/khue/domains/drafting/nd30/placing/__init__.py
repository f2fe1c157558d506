"""Which paragraph is which element: by its words and place, not by how it looks, since that is what is checked."""

import re
from collections.abc import Sequence

from khue.domains.drafting.nd30.body import block_of
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing.end import DRAFTER, place_end
from khue.domains.drafting.nd30.placing.head import place_head
from khue.domains.drafting.nd30.placing.middle import place_body, place_middle
from khue.domains.drafting.nd30.placing.placed import Placed
from khue.domains.drafting.nd30.reading import Paragraph, Reading

__all__ = ["DRAFTER", "Placed", "place"]

DRAWN = re.compile(r"[\s_\-–—=*.…]*[_\-–—]{3,}[\s_\-–—=*.…]*$")
ANNEX = re.compile(r"phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*[.:]?$")


def place(reading: Reading) -> Placed:
    placed = Placed(reading)
    paragraphs = _with_rules(reading.paragraphs)
    end = _end_of(paragraphs)
    cut = _annex_cut(paragraphs, end)
    main, annexes = paragraphs[:cut], paragraphs[cut:]
    rest = place_head(placed, main)
    ended = place_end(placed, rest)
    place_middle(placed, [paragraph for paragraph in rest if id(paragraph) not in ended])
    _place_annexes(placed, annexes)
    placed.is_letter = placed.kind is None and bool(placed.all("kinh-gui", "kinh-gui-nhieu", "ve-viec"))
    return placed


def _with_rules(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Without empty paragraphs; one that is only a line is noted with what it stands under."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        text = one_line(paragraph.text)
        is_line = bool(DRAWN.fullmatch(text)) if text else _is_drawn(paragraph)
        if is_line:
            if kept and kept[-1].cell == paragraph.cell and kept[-1].rule is None:
                kept[-1].rule = paragraph
        elif text:
            kept.append(paragraph)
            if _is_drawn(paragraph):
                paragraph.rule = paragraph
    return kept


def _is_drawn(paragraph: Paragraph) -> bool:
    if paragraph.length is not None:
        return True
    borders = paragraph.format.borders
    return bool(borders & {"top", "bottom"}) and not borders >= {"left", "right"}


def _end_of(paragraphs: Sequence[Paragraph]) -> int:
    """Where "Nơi nhận" stands; the last one before any annex."""
    found = [index for index, one in enumerate(paragraphs) if fold(one.text).startswith("noi nhan")]
    return found[0] if found else -1


def _annex_cut(paragraphs: Sequence[Paragraph], end: int) -> int:
    """Annexes follow the end, or at least the middle of the document."""
    for index, paragraph in enumerate(paragraphs):
        if index > max(end, 4) and paragraph.cell is None and ANNEX.match(fold(one_line(paragraph.text))):
            return index
    return len(paragraphs)


def _place_annexes(placed: Placed, paragraphs: Sequence[Paragraph]) -> None:
    state = "body"
    for paragraph in paragraphs:
        text = one_line(paragraph.text)
        said = fold(text)
        if paragraph.cell is None and ANNEX.match(said):
            placed.annexes.append([])
            placed.put(paragraph, "phu-luc")
            state = "title"
        elif state in {"title", "note"} and said.startswith("(kem theo"):
            placed.put(paragraph, "phu-luc-kem")
            state = "body"
        elif state == "title" and paragraph.cell is None and block_of(text).kind == "text" and len(text) < 300:
            placed.put(paragraph, "phu-luc-ten")
            state = "note"
        else:
            state = "body"
            place_body(placed, [paragraph])
        placed.annexes[-1].append(paragraph)
