"""Numbers of parts, chapters, articles, clauses and points, counted in their order."""

from collections.abc import Iterable, Iterator

from khue.domains.drafting.nd30.shape import Block
from khue.domains.drafting.nd30.wording import letter, roman

# what begins anew under what
BELOW = {
    "part": ("chapter", "section", "subsection", "roman", "clause", "point"),
    "chapter": ("section", "subsection", "clause", "point"),
    "section": ("subsection", "clause", "point"),
    "subsection": ("clause", "point"),
    "article": ("clause", "point"),
    "roman": ("clause", "point"),
    "clause": ("point",),
}


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Each block with its number in words: "Điều 2.", "1.", "a)", "-", "" for text and tables."""
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.kind] = counts.get(block.kind, 0) + 1
        for lower in BELOW.get(block.kind, ()):
            counts[lower] = 0
        yield block, mark(block.kind, counts[block.kind])


def mark(kind: str, count: int) -> str:
    match kind:
        case "part" | "chapter":
            return f"{'Phần' if kind == 'part' else 'Chương'} {roman(count)}"
        case "section" | "subsection":
            return f"{'Mục' if kind == 'section' else 'Tiểu mục'} {count}"
        case "article":
            return f"Điều {count}."
        case "roman":
            return f"{roman(count)}."
        case "clause":
            return f"{count}."
        case "point":
            return f"{letter(count - 1)})"
        case "item":
            return "-"
    return ""
