"""The parts of one report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from khue.domains.knowledge.api import Block, sentence_spans
from khue.domains.synthesis.figures import periods, places
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.reading.printed import with_rows

# code points of a full page, where a file does not tell its pages
PAGE = 2600
HEAD = 14
_PERIOD_LINE = re.compile(r"(?:báo cáo|kết quả|tình hình|sơ kết|tổng kết|công tác)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?P<mark>[IVX]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ]\)|Phần\s+(?:[IVX]+|thứ\s+\w+)[.:]?|Mục\s+\d+[.:]?)\s+"
    r"(?P<title>\S.{2,118})$"
)
_ENDS = (".", ";", ",", ":")


@dataclass(frozen=True)
class Passage:
    """A sentence, or a row of a table. `about`: the page is an estimate."""

    text: str
    page: int | None
    heading: str = ""
    is_row: bool = False
    caption: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Report:
    place: str
    period: Period | None
    title: str
    passages: tuple[Passage, ...]
    pages: int
    pages_are_told: bool
    remarks: tuple[str, ...] = field(default_factory=tuple)


def report(blocks: Sequence[Block], *, title: str, file_name: str, pages: int | None) -> Report:
    told = any(block.page for block in blocks)
    numbered = list(_paged(list(with_rows(blocks)), told))
    head = [block.text for block in numbered[:HEAD]]
    last = max((block.page or 1 for block in numbered), default=1)
    return Report(
        place=places.of_report(head, file_name),
        period=_period([*head, title]),
        title=_title(head) or title or file_name,
        passages=tuple(_passages(numbered)),
        pages=pages or last,
        pages_are_told=told,
    )


def _paged(blocks: Sequence[Block], told: bool) -> Iterator[Block]:
    read = 0
    for block in blocks:
        page = block.page if told else 1 + read // PAGE
        read += len(block.text)
        yield Block(block.text, block.kind, block.level, page, block.label, block.rank)


def _period(lines: Sequence[str]) -> Period | None:
    """Of the title rather than of a date in the head."""
    for line in [*(line for line in lines if _PERIOD_LINE.search(line)), *lines]:
        found = periods.stated(line)
        if found and found.year and not re.search(r"ngày\s+\d{1,2}\s+tháng", line):
            return found
    return None


def _title(head: Sequence[str]) -> str:
    for at, line in enumerate(head):
        if line.strip().upper().endswith("BÁO CÁO") and at + 1 < len(head):
            return f"Báo cáo {head[at + 1].strip()}"[:300]
    return next((line for line in head if line.lower().startswith("báo cáo")), "")[:300]


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    path: list[tuple[int, str]] = []
    caption = ""
    for block in blocks:
        level, title = _heading(block)
        if level:
            path = [*(one for one in path if one[0] < level), (level, title)]
            caption = title
            continue
        heading = " › ".join(text for _, text in path)
        if block.kind == "row":
            yield Passage(block.text, block.page, heading, True, caption)
            continue
        caption = block.text if len(block.text) < 250 else ""
        for start, end in sentence_spans(block.text):
            yield Passage(block.text[start:end], block.page, heading)


def _heading(block: Block) -> tuple[int, str]:
    """Level and words; a numbered short line without a full stop is one even where no style says so."""
    if block.kind == "row":
        return 0, ""
    found = _NUMBERED.match(block.text)
    if block.kind in {"heading", "subtitle"}:
        return (_level(found["mark"]) if found else max(1, block.level)), (found["title"] if found else block.text)
    if found and not block.text.rstrip().endswith(_ENDS) and len(found["title"].split()) <= 18:
        return _level(found["mark"]), found["title"]
    return 0, ""


def _level(mark: str) -> int:
    bare = mark.rstrip(".):")
    if bare.lower().startswith("phần"):
        return 1
    if re.fullmatch(r"[IVX]+", bare) or bare.lower().startswith("mục"):
        return 2
    return 3 + bare.count(".") if bare[0].isdigit() else 5
