"""What names are made of: as written, or plain (content/privacy/names.yaml)."""

import re
from dataclasses import dataclass
from functools import cache

from khue.gateway.privacy.lists import names, plain_names, provinces
from khue.gateway.privacy.page import SURNAMES
from khue.gateway.privacy.titles import exact, folded
from khue.gateway.privacy.words import plain

LONGEST = 5
PARTICLES = frozenset("de du des la le van von der den di da dos bin binti al el ben y d".split())
JOINTS = frozenset({" ", "\u00a0", "  ", "-", "'", "’"})
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?\Z|[a-z]\Z"
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|janvier|février|mars|avril"
    "|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
# in a list: the date or year behind a name
ROSTER = re.compile(
    r"[ \t,;|–\-(/]{1,4}(?:(?:nam|nữ|nu|male|female|homme|femme)[ \t,;|–\-]{1,4})?"
    rf"(\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:19|20)\d{{2}}(?=[ \t]?[,;|–\-\t)/]|\s*\Z)"
    rf"|\d{{1,2}} (?:{MONTHS}) (?:19|20)\d{{2}}(?=\)| /)|(?<!\()(?:19|20)\d{{2}}(?=[ \t]?[,;|–\-\t]|\s*\Z))"
)

# Mậu Tuất, Tân Hợi
YEARS = frozenset(
    f"{stem} {branch}"
    for stem in "giap at binh dinh mau ky canh tan nham quy".split()
    for branch in "ty suu dan mao thin ngo mui than dau tuat hoi".split()
)


@dataclass(frozen=True)
class Known:
    surnames: frozenset[str]
    plain_surnames: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    weak_names: frozenset[str]
    unmarked: frozenset[str]
    given: frozenset[str]
    middle: frozenset[str]
    parts: frozenset[str]
    highland: frozenset[str]
    western: frozenset[str]
    western_surnames: frozenset[str]
    stop: frozenset[str]
    things_after: frozenset[str]
    not_people: frozenset[str]
    terms: frozenset[str]


@cache
def known() -> Known:
    surnames, weak_names = plain_names("surnames"), names("weak_surnames")
    # Đặng is a surname for sure although Đàng, which looks like it without marks, is not
    strong = frozenset(plain(name) for name in names("surnames") - weak_names)
    given, middle = plain_names("given"), plain_names("middle")
    return Known(
        surnames=frozenset(name.lower() for name in names("surnames")),
        plain_surnames=surnames,
        strong=strong,
        weak=surnames - strong,
        weak_names=frozenset(name.lower() for name in weak_names),
        unmarked=SURNAMES,
        given=given,
        middle=middle,
        parts=given | middle | surnames,
        highland=frozenset(name.lower() for name in names("highland")),
        western=frozenset(part.lower() for part in names("english") | names("french")),
        western_surnames=frozenset(name.lower() for name in names("western_surnames")),
        stop=exact("stop"),
        things_after=exact("things_after"),
        not_people=folded("not_people") | provinces() | YEARS,
        terms=exact("terms"),
    )
