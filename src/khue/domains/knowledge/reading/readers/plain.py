"""Plain text."""

from khue.domains.knowledge.reading import encodings, lines
from khue.domains.knowledge.reading.blocks import Block, ReadDocument
from khue.domains.knowledge.reading.lines import Line


def read(content: bytes) -> ReadDocument:
    return ReadDocument("", tuple(blocks(encodings.decode(content))))


def blocks(text: str) -> list[Block]:
    found = []
    gap = False
    for raw in text.replace("\f", "\n").split("\n"):
        line = " ".join(raw.split())
        if line:
            found.append(Line(line, gap=gap))
        gap = not line
    return lines.blocks(found)
