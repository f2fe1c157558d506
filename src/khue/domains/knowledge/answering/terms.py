"""What a statement is about, across languages: the things of terms.yaml that it names and the source does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from khue.domains.knowledge.answering import words

FILE = Path(__file__).with_name("terms.yaml")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Of one language: the lines in which a phrase stands, and the phrases of each line. Phrases are singular."""

    lines: dict[Phrase, frozenset[int]]
    longest: int

    def of(self, stems: Sequence[str]) -> Iterator[tuple[Phrase, frozenset[int], int]]:
        """Each phrase with its lines and its place; the longest at a place, and none within another."""
        at = 0
        while at < len(stems):
            for size in range(min(self.longest, len(stems) - at), 0, -1):
                phrase = tuple(stems[at : at + size])
                if phrase in self.lines:
                    yield phrase, self.lines[phrase], at
                    at += size - 1
                    break
            at += 1

    def holds(self, stems: Sequence[str]) -> frozenset[int]:
        """All lines of which a phrase stands anywhere, also within another."""
        found = (
            self.lines.get(tuple(stems[at : at + size]), frozenset[int]())
            for at in range(len(stems))
            for size in range(1, self.longest + 1)
        )
        return frozenset().union(*found)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Table]:
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["terms"]
    made: dict[str, dict[Phrase, frozenset[int]]] = {language: {} for language in rows[0]}
    for line, row in enumerate(rows):
        for language, phrases in row.items():
            for phrase in phrases:
                stems = tuple(_single(phrase, language))
                made[language][stems] = made[language].get(stems, frozenset()) | {line}
    return {language: Table(lines, max(map(len, lines))) for language, lines in made.items()}


@dataclass(frozen=True)
class Shared:
    """`named`: whether the statement names anything of the table; `absent`: its words for what the source does not
    name."""

    named: bool
    absent: tuple[str, ...]


def shared(statement: str, language: str, source: str, written: str) -> Shared:
    """Nothing is known of a language without a table."""
    tables = _tables()
    if language not in tables or written not in tables:
        return Shared(named=False, absent=())
    held = tables[written].holds(_single(source, written))
    said = words.tokens(statement)
    # one Vietnamese syllable may be part of any word ("nước", "nhà nước"): it names nothing
    least = 2 if language == "vi" else 1
    found = [one for one in tables[language].of(_single(statement, language)) if len(one[0]) >= least]
    absent = [" ".join(said[at : at + len(phrase)]) for phrase, lines, at in found if not lines & held]
    return Shared(bool(found), tuple(dict.fromkeys(absent)))


def _single(text: str, language: str) -> list[str]:
    """Only the plural is cut off: a "worker" is not "working"."""
    return [_singular(word) if language != "vi" else word for word in words.tokens(text)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2:] != "ss" else word
