"""Words around names that say who is meant, or that no person is meant."""

from functools import cache

from khue.gateway.privacy.lists import content, phrases
from khue.gateway.privacy.words import Lexicon, letters, plain

# content/privacy/titles.yaml says what each means
TITLES = ("familiar", "western_familiar", "formal", "western", "western_field", "field")
FAMILIAR = frozenset({"familiar", "western_familiar"})


@cache
def titles() -> Lexicon[str]:
    return Lexicon({phrase: which for which in TITLES for phrase in listed(which)})


@cache
def things() -> Lexicon[bool]:
    """What bears a person's name: a street, a school."""
    return Lexicon(dict.fromkeys(listed("things"), True))


@cache
def exact(*lists: str) -> frozenset[str]:
    """As written: in a text with diacritics "ba" is three and only "bà" a lady."""
    return frozenset(letters(phrase) for which in lists for phrase in listed(which))


@cache
def folded(which: str) -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in listed(which))


def listed(which: str) -> list[str]:
    return phrases(content("titles")[which])
