"""What every reader gives: the blocks of a document in reading order."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "subtitle", "item", "row"]


class Unreadable(Exception):
    """A file that cannot be read; `code` is one of knowledge.actions.refusals, `detail` what goes into its text."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row.

    A heading has a level from 1 (outermost); a "subtitle" stands under a heading and belongs to it. `label` is how
    the heading is named in a path when that differs from its text. Ranks order the places where a passage may be
    cut: 0 before 1 before 2 (before a Khoản rather than before a Điểm).
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    page: int | None = None
    label: str = ""
    rank: int = 0

    @classmethod
    def heading(cls, text: str, level: int = 1, page: int | None = None) -> "Block":
        return cls(text, "heading", level, page)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as a reader found it. `title` may be empty; one file (JSONL) may hold several. `capitals` are short
    lines all in capitals, also those that are no part of the text."""

    title: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    key: str = ""
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file. `several` when it is a container of documents rather than one of them."""

    media_type: str
    documents: tuple[ReadDocument, ...]
    several: bool = False


def paragraphs(text: str, page: int | None = None) -> list[Block]:
    """Each non-empty line as a paragraph."""
    return [Block(line.strip(), page=page) for line in text.splitlines() if line.strip()]
