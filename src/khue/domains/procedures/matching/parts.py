"""Which part of a procedure a question asks for, and for which case."""

import re
from collections.abc import Sequence
from functools import lru_cache

from khue.domains.procedures.matching.phrases import Phrases, Said, folded, small, table, words

# a case is the asker's when it shares that much of its own words with the question
FITS = 0.34
_COMMON = frozenset(
    "truong hop doi voi giay to ho so nguoi cac cua cho theo va hoac tai duoc la co dang ky thu tuc nop phai xuat "
    "trinh cap thuoc trong khi nhu sau gom mot hai bao can de nghi".split()
)


@lru_cache
def _phrases(kind: str) -> dict[str, Phrases]:
    return {name: Phrases.of(entry) for name, entry in table("wording")[kind].items()}


def asked_parts(said: Said) -> tuple[str, ...]:
    """In the order of the table: fee, time, papers … What is asked for plainly comes before "how" and "where"."""
    return tuple(name for name, phrases in _phrases("parts").items() if phrases.found(said))


def asked_way(said: Said) -> str:
    """The way to apply that the question names; "" for none or several."""
    found = [name for name, phrases in _phrases("ways").items() if phrases.found(said)]
    return found[0] if len(found) == 1 else ""


@lru_cache
def _ways() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(entry["name"]) for name, entry in table("wording")["ways"].items()}


def is_of_way(line: str, way: str) -> bool:
    """Whether a line of the steps holds for who applies that way: it names it, or no way at all."""
    text = small(line)
    named = {name for name, pattern in _ways().items() if pattern.search(text)}
    return not way or not named or way in named


def general_cases(cases: Sequence[str]) -> frozenset[int]:
    """The places of those that hold for everybody: "Giấy tờ phải nộp", or no name at all."""
    for_all = re.compile(table("wording")["everybody"])
    return frozenset(at for at, case in enumerate(cases) if not case or for_all.search(small(case)))


def fitting_cases(cases: Sequence[str], question: str) -> frozenset[int]:
    """The places of the cases that are the asker's; all of them where the question tells none apart."""
    general = general_cases(cases)
    own = {at: _telling(case) for at, case in enumerate(cases) if at not in general}
    asked = frozenset(words(folded(question)))
    shared = frozenset.intersection(*own.values()) if len(own) > 1 else frozenset()
    merits = {at: len((terms - shared) & asked) / len(terms - shared) for at, terms in own.items() if terms - shared}
    best = max(merits.values(), default=0.0)
    if best < FITS:
        return frozenset(range(len(cases)))
    fitting = {at for at, merit in merits.items() if merit >= max(FITS, 0.8 * best)}
    return frozenset(at for at in range(len(cases)) if at not in own or at in fitting)


def _telling(case: str) -> frozenset[str]:
    return frozenset(words(folded(case))) - _COMMON
