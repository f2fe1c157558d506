"""What was found once is found wherever it stands again, also without the words that gave it away."""

import re
from collections.abc import Iterable, Iterator

from khue.gateway.privacy.findings import Finding, Kind

TOKEN = re.compile(r"[^\W_]+")
SHORTEST = 8


def is_telling(kind: Kind, text: str) -> bool:
    """Whether the value alone is enough to know it again."""
    if kind is Kind.PERSON:
        return " " in text.strip()
    return kind not in {Kind.BIRTH_DATE, Kind.ADDRESS} and sum(map(str.isalnum, text)) >= SHORTEST


def occurrences(text: str, known: Iterable[tuple[Kind, str, float]]) -> Iterator[Finding]:
    by_token: dict[str, dict[str, tuple[Kind, float]]] = {}
    for kind, value, score in known:
        if is_telling(kind, value) and (first := TOKEN.search(value)):
            by_token.setdefault(first[0], {})[value] = (kind, score)
    if not by_token:
        return
    for at in TOKEN.finditer(text):
        for value, (kind, score) in by_token.get(at[0], {}).items():
            lead = value.index(at[0])
            start = at.start() - lead
            if start >= 0 and text.startswith(value, start) and _ends(text, start + len(value)):
                yield Finding(start, start + len(value), kind, value, score)


def _ends(text: str, place: int) -> bool:
    return not (text[place - 1].isalnum() and text[place : place + 1].isalnum())
