"""The catalogue as pages show it."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from khue.domains.prototypes.patterns import catalogue
from khue.domains.prototypes.picturing import drawn
from khue.domains.prototypes.writing.files import file_of

GROUPS = {
    "counting": _("Counting"),
    "taking-in": _("Taking in"),
    "following": _("Following up"),
    "deciding": _("Deciding"),
    "gathering": _("Gathering and showing"),
    "meeting": _("Meeting and planning"),
}


@dataclass(frozen=True)
class Card:
    key: str
    title: str
    summary: str
    picture: str


@cache
def cards(language: str) -> dict[str, list[Card]]:
    """By group, in the order of the catalogue."""
    found: dict[str, list[Card]] = {}
    for one in catalogue():
        example = one.example.get(language) or next(iter(one.example.values()))
        html, _title = file_of({"pattern": one.key, "parameters": example}, language)
        card = Card(one.key, one.title.get(language, one.key), one.summary.get(language, ""), drawn(html))
        found.setdefault(one.group, []).append(card)
    return found


def groups(language: str) -> list[tuple[str, list[Card]]]:
    held = cards(language if language in {"vi", "en", "fr"} else "en")
    order = [*GROUPS, *(group for group in held if group not in GROUPS)]
    return [(str(GROUPS.get(group, group)), held[group]) for group in order if group in held]
