"""Plain text."""

from khue.domains.knowledge.reading import encodings, lines
from khue.domains.knowledge.reading.blocks import Block, ReadDocument
from khue.domains.knowledge.reading.capitals import capitals
from khue.domains.knowledge.reading.lines import Line


def read(content: bytes) -> ReadDocument:
    text = encodings.decode(content)
    return ReadDocument("", tuple(blocks(text)), capitals=capitals(text.splitlines()))


def blocks(text: str) -> list[Block]:
    found = []
    gap = False
    for raw in text.replace("\f", "\n").split("\n"):
        line = " ".join(raw.split())
        if line:
            found.append(Line(line, gap=gap))
        gap = not line
    return lines.blocks(found)
