"""Markdown (CommonMark with tables); line breaks that an author meant stay, those made to fit a width go."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from khue.domains.knowledge.reading import encodings, tables
from khue.domains.knowledge.reading.blocks import Block, ReadDocument
from khue.domains.knowledge.reading.capitals import capitals
from khue.domains.knowledge.reading.readers import html


def read(content: bytes) -> ReadDocument:
    text = encodings.decode(content)
    tokens = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").parse(_without_front_matter(text))
    return ReadDocument("", tuple(_blocks(tokens)), capitals=capitals(line.strip("#*_ ") for line in text.splitlines()))


def _without_front_matter(text: str) -> str:
    if text.startswith("---\n") and (end := text.find("\n---", 4)) > 0:
        return text[end + 4 :]
    return text


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    label = ""
    level = 0
    rows: list[list[str]] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "list_item_open":
                label = f"{token.info}{token.markup} " if token.info else "- "
            case "table_open":
                rows = []
            case "tr_open" if rows is not None:
                rows.append([])
            case "table_close" if rows is not None:
                yield from tables.blocks(rows)
                rows = None
            case "inline" if rows is not None:
                rows[-1].append(" ".join(_text(token).split()))
            case "inline":
                yield from _paragraphs(_text(token), level, label)
                label, level = "", 0
            case "fence" | "code_block":
                yield from (Block(line.strip()) for line in token.content.splitlines() if line.strip())
            case "html_block":
                yield from html.blocks(token.content)


def _paragraphs(text: str, level: int, label: str) -> Iterator[Block]:
    if level:
        if title := " ".join(text.split()):
            yield Block.heading(title, level)
        return
    for index, part in enumerate(_reflowed(text.splitlines())):
        marked = label if index == 0 and not (label == "- " and part[1:3] == ") ") else ""
        yield Block(marked + part, "item" if label else "paragraph", rank=1 if label == "- " else 0)


def _reflowed(lines: Iterable[str]) -> list[str]:
    """A line goes on in the next when it is about as long as a full one and does not end a sentence."""
    kept = [" ".join(line.split()) for line in lines]
    kept = [line for line in kept if line]
    if not kept:
        return []
    joined = [kept[0]]
    for before, line in pairwise(kept):
        if 60 <= len(before) <= 130 and (line[0].islower() or not before.endswith((".", ";", ":", "!", "?"))):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _text(token: Token) -> str:
    return "".join(_pieces(token.children or []))


def _pieces(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif child.type == "html_inline":
            yield "\n" if child.content.lower().startswith("<br") else ""
        else:
            yield child.content
