"""Blocks to passages: stretches of the document's own text that follow its structure.

Invariant: `body[passage.start:passage.end] == passage.text`, and each sentence lies within one line of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from khue.domains.knowledge.reading import law, sentences
from khue.domains.knowledge.reading.blocks import Block

# about 220 tokens of a multilingual vocabulary
LONGEST = 900
SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Passage:
    """Offsets in code points: start and end in the body, sentences within the text."""

    heading: str
    text: str
    page: int | None
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch that is not cut: a block, or a sentence of a block that is too long."""

    start: int
    end: int
    rank: int
    page: int | None
    clause: str = ""
    point: str = ""


def body_and_passages(blocks: Sequence[Block], longest: int = LONGEST) -> tuple[str, list[Passage]]:
    """The document's whole text and its passages."""
    if law.is_divided(blocks):
        blocks = law.structured(blocks)
    body, placed = _joined(blocks)
    found: list[Passage] = []
    for path, is_article, section in _sections(placed):
        for units in _packed(list(_units(body, section, longest)), longest):
            found.append(_passage(body, path, units, is_article))
    return body, found


def _joined(blocks: Iterable[Block]) -> tuple[str, list[tuple[Block, int]]]:
    """Blocks one a line, an empty line before a heading; each with its offset."""
    pieces: list[str] = []
    placed: list[tuple[Block, int]] = []
    at = 0
    for block in blocks:
        if pieces:
            gap = "\n\n" if block.kind == "heading" else "\n"
            pieces.append(gap)
            at += len(gap)
        pieces.append(block.text)
        placed.append((block, at))
        at += len(block.text)
    return "".join(pieces), placed


_Placed = list[tuple[Block, int]]
_Section = tuple[tuple[str, ...], bool, _Placed]


def _sections(placed: _Placed) -> Iterator[_Section]:
    """Path of headings, whether it ends in an article, and the blocks under it.

    A heading with neither text nor a deeper heading under it, or one that is content itself, is a section of its own.
    """
    path: list[tuple[int, str]] = []
    lone: _Placed = []
    section: _Placed = []
    for block, at in placed:
        if block.kind != "heading":
            (lone if block.kind == "subtitle" else section).append((block, at))
            continue
        yield from _closed(path, section, lone if path and path[-1][0] >= block.level else [])
        deeper = [(level, label) for level, label in path if level < block.level]
        section, lone = [], [(block, at)]
        path = [*deeper, (block.level, block.label or block.text)]
        if block.rank < 0:
            section, lone = [(block, at)], []
    yield from _closed(path, section, lone)


def _closed(path: list[tuple[int, str]], section: _Placed, lone: _Placed) -> Iterator[_Section]:
    labels = tuple(label for _, label in path)
    if section:
        yield labels, bool(path) and path[-1][0] == law.ARTICLE, section
    elif lone:
        yield labels[:-1], False, lone


def _units(body: str, section: _Placed, longest: int) -> Iterator[_Unit]:
    clause = ""
    for block, at in section:
        text = block.text
        own_clause, own_point = law.clause(text), law.point(text)
        clause = own_clause or clause
        unit = _Unit(at, at + len(text), block.rank, block.page, clause, own_point)
        if len(text) <= longest:
            yield unit
        else:
            yield from _cut(body, unit, longest)


def _cut(body: str, unit: _Unit, longest: int) -> Iterator[_Unit]:
    """A long block sentence by sentence; a sentence over twice the limit at spaces."""
    rank = unit.rank
    for start, end in sentences.spans(body[unit.start : unit.end]):
        for first, last in _pieces(body, unit.start + start, unit.start + end, longest):
            yield replace(unit, start=first, end=last, rank=rank)
            rank = max(unit.rank, 0) + 2


def _pieces(body: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    while end - start > 2 * longest:
        cut = _gap_before(body, start, start + longest)
        yield start, cut
        start = cut
        while start < end and body[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _gap_before(body: str, start: int, at: int) -> int:
    """The end of the last clause, or at least word, in the second half before `at`; `at` itself if there is none."""
    for marks in (";", ",", " "):
        cut = body.rfind(marks, start + (at - start) // 2, at)
        if cut > start:
            return cut if marks == " " else cut + 1
    return at


def _packed(units: list[_Unit], longest: int) -> Iterator[list[_Unit]]:
    """Neighbours together up to an even share of the section, cut at the best rank."""
    if units:
        yield from _evened(list(_filled(units, longest)), longest)


def _filled(units: list[_Unit], longest: int) -> Iterator[list[_Unit]]:
    total = units[-1].end - units[0].start
    share = min(longest, int(total / -(-total // longest) * 1.15)) if total > longest else longest
    packed: list[_Unit] = []
    for unit in units:
        if packed and unit.end - packed[0].start > share:
            kept, carried = _split_at_best_rank(packed, unit, share)
            yield kept
            packed = carried
        packed.append(unit)
    yield packed


def _evened(packs: list[list[_Unit]], longest: int) -> list[list[_Unit]]:
    """A short rest takes from its neighbour: the two are cut anew, as near to the middle as rank allows."""
    if len(packs) < 2 or packs[-1][-1].end - packs[-1][0].start >= longest // 3:
        return packs
    units = packs[-2] + packs[-1]
    middle = (units[0].start + units[-1].end) // 2
    best = min(range(1, len(units)), key=lambda cut: (units[cut].rank, abs(units[cut].start - middle)))
    return [*packs[:-2], units[:best], units[best:]]


def _split_at_best_rank(packed: list[_Unit], following: _Unit, share: int) -> tuple[list[_Unit], list[_Unit]]:
    """Back to a better place to cut, if at least a third of the share stays before it and the rest still fits."""
    best = len(packed)
    rank = following.rank
    for index in range(len(packed) - 1, 0, -1):
        before = packed[index - 1].end - packed[0].start
        after = following.end - packed[index].start
        if before < share // 3 or after > share:
            break
        if packed[index].rank < rank:
            best, rank = index, packed[index].rank
    return packed[:best], packed[best:]


def _passage(body: str, path: tuple[str, ...], units: list[_Unit], is_article: bool) -> Passage:
    start, end = units[0].start, units[-1].end
    text = body[start:end]
    labels = path + (_clauses(units) if is_article else ())
    return Passage(
        heading=SEPARATOR.join(labels),
        text=text,
        page=units[0].page,
        start=start,
        end=end,
        sentences=tuple(sentences.spans(text)),
    )


def _clauses(units: list[_Unit]) -> tuple[str, ...]:
    """("Khoản 2",) or ("Khoản 2–4",); within one clause also its points."""
    numbers = [unit.clause for unit in units if unit.clause]
    if not numbers:
        return ()
    if numbers[0] != numbers[-1]:
        return (f"Khoản {numbers[0]}–{numbers[-1]}",)
    points = [unit.point for unit in units if unit.point]
    if not points or len(points) < len(units):
        return (f"Khoản {numbers[0]}",)
    span = points[0] if points[0] == points[-1] else f"{points[0]}–{points[-1]}"
    return (f"Khoản {numbers[0]}", f"Điểm {span}")
