"""Search-and-replace blocks: what a model answers when it is to change a piece of a longer text."""

import re
from dataclasses import dataclass

BLOCK = re.compile(r"<{5,}\s*SEARCH[^\n]*\n(.*?)\n?={5,}[^\n]*\n(.*?)\n?>{5,}\s*REPLACE", re.DOTALL)


@dataclass(frozen=True)
class Block:
    old: str
    new: str


@dataclass(frozen=True)
class Applied:
    """`missed`: what was to be replaced and stands nowhere."""

    text: str
    done: int
    missed: tuple[str, ...]


def read(text: str) -> tuple[Block, ...]:
    """Whole ones only: an answer that broke off within a block has not that block."""
    return tuple(Block(old.strip("\n"), new.strip("\n")) for old, new in BLOCK.findall(text))


def apply(text: str, blocks: tuple[Block, ...]) -> Applied:
    done, missed = 0, []
    for block in blocks:
        found = _find(text, block.old)
        if found is None:
            missed.append(block.old)
            continue
        text = text[: found[0]] + block.new + text[found[1] :]
        done += 1
    return Applied(text, done, tuple(missed))


def _find(text: str, old: str) -> tuple[int, int] | None:
    """As it stands; else with other spaces between its words."""
    if not old.strip():
        return None
    at = text.find(old)
    if at >= 0:
        return at, at + len(old)
    loose = re.search(r"\s+".join(map(re.escape, old.split())), text)
    return loose.span() if loose else None
