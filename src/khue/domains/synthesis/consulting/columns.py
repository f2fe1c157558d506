"""Which column of a sheet holds the answers, which the group and the place of who answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from khue.domains.synthesis.figures.words import plain

_PLACE = re.compile(r"\b(?:tinh|thanh pho|dia phuong|xa|phuong|noi o|dia ban|place|province|commune)\b")
_GROUP = re.compile(r"\b(?:nhom|doi tuong|nghe|nghe nghiep|gioi|gioi tinh|tuoi|do tuoi|loai|group|vai tro|categorie)\b")
_TOLD = re.compile(r"\b(?:y kien|gop y|tra loi|noi dung|de xuat|answer|opinion|comment|reponse|avis)\b")
LOOKED_AT = 300
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Columns:
    """Numbers of columns; -1: there is none."""

    answer: int
    group: int = -1
    place: int = -1

    def as_names(self, head: Sequence[str]) -> dict[str, str]:
        held = {"answer": self.answer, "group": self.group, "place": self.place}
        return {name: head[at] for name, at in held.items() if at >= 0}


class NoAnswers(ValueError):
    pass


def found(rows: Sequence[Sequence[str]]) -> Columns:
    """By headings and by how long the texts are. Raises NoAnswers."""
    if len(rows) < 2:
        raise NoAnswers
    head = [plain(name) for name in rows[0]]
    lengths = [_words(rows, at) for at in range(len(head))]
    told = [at for at, name in enumerate(head) if _TOLD.search(name) and lengths[at] >= FEWEST_WORDS]
    answer = max(told or range(len(head)), key=lambda at: lengths[at], default=-1)
    if answer < 0 or lengths[answer] < FEWEST_WORDS:
        raise NoAnswers
    return Columns(answer, _first(head, _GROUP, {answer}), _first(head, _PLACE, {answer}))


def named(rows: Sequence[Sequence[str]], names: dict[str, str]) -> Columns:
    """As a person chose them. Raises NoAnswers for a column that is not there."""
    head = list(rows[0]) if rows else []
    at = {key: head.index(name) if name in head else -1 for key, name in names.items()}
    if at.get("answer", -1) < 0:
        raise NoAnswers
    return Columns(at["answer"], at.get("group", -1), at.get("place", -1))


def _words(rows: Sequence[Sequence[str]], at: int) -> float:
    texts = [row[at] for row in rows[1 : LOOKED_AT + 1] if at < len(row) and row[at].strip()]
    return fmean(len(text.split()) for text in texts) if texts else 0.0


def _first(head: Sequence[str], form: re.Pattern[str], taken: set[int]) -> int:
    return next((at for at, name in enumerate(head) if at not in taken and form.search(name)), -1)
