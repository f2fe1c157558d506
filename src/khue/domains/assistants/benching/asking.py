"""A sentence with one figure becomes a question that asks for the figure; the figure is what the answer must hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khue.domains.assistants.rules import plain

SHORTEST, LONGEST = 30, 200


@dataclass(frozen=True)
class Asked:
    question: str
    figure: str


_NUMBER = r"\d{1,3}(?:[. ,]\d{3})+|\d+(?:[.,]\d+)?"
# units that may stand after a figure, and what asks for a figure of such a unit
_MONEY = {
    "vi": (r"đồng|₫|VNĐ|VND", "bao nhiêu đồng"),
    "en": (r"VND|dong|euros?|dollars?|USD|EUR", "how much"),
    "fr": (r"euros?|€|VND|dongs?", "combien d’euros"),
}
_COUNTED = {
    "vi": (r"ngày làm việc|ngày|giờ|tháng|năm|tuổi|phần trăm|%", "bao nhiêu {unit}"),
    "en": (r"working days|days|hours|months|years", "how many {unit}"),
    "fr": (r"jours ouvrables|jours ouvrés|jours|mois", "combien de {unit}"),
}
# a figure that belongs to a date, an article or a number of a document
_NAMING = re.compile(
    r"(?:\b(?:ngày|tháng|năm|điều|khoản|số|mục|mẫu|bước|article|section|art\.|n°|no\.)\s*|[/-])$", re.IGNORECASE
)


def questions(sentences: Sequence[str], language: str) -> Iterator[Asked]:
    """In the order of the sentences; those that say one thing with one figure only."""
    for sentence in sentences:
        text = " ".join(sentence.split()).strip(" -•*")
        if SHORTEST <= len(text) <= LONGEST and text[:1].isupper() and text.endswith("."):
            yield from _of(text[:-1], language)


def _of(text: str, language: str) -> Iterator[Asked]:
    for units, asks in (_MONEY[language], _COUNTED[language]):
        found = re.search(rf"(?<![\w/.,])({_NUMBER})[ \u00a0]?({units})(?!\w)", text)
        if not found or len(re.findall(r"\d[\d.,]*", text)) != 1 or _NAMING.search(text[: found.start()]):
            continue
        said = f"{text[: found.start()]}{asks.format(unit=found[2])}{text[found.end() :]}"
        yield Asked(f"{said} ?" if language == "fr" else f"{said}?", found[0])
        return


def is_about(question: str, title: str) -> bool:
    """Whether the question has at least half of the title's words."""
    words = plain(title).split()
    said = set(re.findall(r"\w+", plain(question)))
    return 2 * sum(word in said for word in words) >= len(words)
