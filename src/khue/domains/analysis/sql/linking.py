"""What a question names, and how the data write it: values, years, how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from khue.domains.analysis.profile.columns import ColumnProfile
from khue.domains.analysis.provinces.matching import OTHER_NAMES, plain
from khue.domains.analysis.provinces.units import OLD
from khue.domains.analysis.sql.schema import Schema, name_in_sql

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BESIDE_A_YEAR = re.compile(
    r"\b(before|after|since|until|from|between|truoc|sau|tu|den|ke tu|giua|avant|apres|depuis|jusqu en|entre|a partir)"
    r"( nam| en| l annee| the year)? (19|20)\d\d\b"
)
WORD = re.compile(r"[^\W_]+")
OF_TIME = frozenset({"nam", "thang", "quy", "ngay", "tuan", "ky"})
STANDS_ALONE = re.compile(r"(?<![\w.,])\d{1,3}(?![\w%]|[.,]\d)")
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("hai two deux", "ba three trois", "bon four quatre", "nam five cinq", "sau six", "bay seven sept",
         "tam eight huit", "chin nine neuf", "muoi ten dix"), 2
    )
    for word in words.split()
}  # fmt: skip
# "the five provinces with the longest …": only where something is the most
MOST = re.compile(
    r"\b(nhat|most|least|top|highest|lowest|largest|smallest|longest|shortest|best|worst|cheapest|fewest|latest|dau"
    r"|le plus|la plus|les plus|le moins|la moins|les moins|meilleurs?|meilleures?|pires?|premiers?|premieres?)\b"
)
# "năm" is five before what can be counted, unless what stands before it says that it is the year
COUNTED = frozenset(
    "tinh thanh xa phuong huyen quan truong linh don so dich thu nha hop goi khoa benh tram loai nhom nuoc vung dia co "
    "kenh nguoi bo cap muc ten mon lop".split()
)
# "the total of all five dimensions": not as many rows
BEFORE_A_SUM = frozenset("all of ca tat des toutes tous les cac in over sum".split())
BEFORE_A_YEAR = frozenset("moi tung theo cac trong qua hang cua vao den tu mot ca cuoi dau giua nhieu".split())


@dataclass(frozen=True)
class Linked:
    """`words` of the question name `value` of a column; `said` is the condition in SQL, which for a year is not
    "column = 'value'"."""

    words: str
    table: str
    column: str
    value: str
    said: str = ""

    @property
    def condition(self) -> str:
        return self.said or f"{name_in_sql(self.column)} = '{self.value}'"


def links(question: str, schema: Schema) -> list[Linked]:
    """The longest names first; of names inside others only the longer."""
    asked = f" {plain(question)} "
    written = f" {' '.join(WORD.findall(question.casefold()))} "
    found = sorted(_all(asked, written, schema), key=lambda one: -len(one.words))
    kept: list[Linked] = []
    for one in found:
        if not any(one.words != other.words and f" {one.words} " in f" {other.words} " for other in kept):
            kept.append(one)
    return kept


def _all(asked: str, written: str, schema: Schema) -> Iterator[Linked]:
    for table, column in schema.columns():
        if column.type != "text" or column.personal:
            continue
        for value, _ in column.values:
            for words in _names(str(value), column):
                if f" {words} " in asked and not _is_another_word(words, str(value), column, written):
                    yield Linked(words, table.name, column.name, str(value))
                    break


def _is_another_word(words: str, value: str, column: ColumnProfile, written: str) -> bool:
    """The year ("năm") is not the region "Nam": one short word counts without its marks only where it was written
    without any, and a word for a span of time not even then."""
    if column.role == "place" or " " in words or f" {value.casefold()} " in written and words not in OF_TIME:
        return False
    return words in OF_TIME or f" {words} " not in written


def _names(value: str, column: ColumnProfile) -> tuple[str, ...]:
    words = plain(value)
    if len(words) < 2 or words.isdigit():
        return ()
    if column.role == "place":
        return tuple(sorted({words, *_other_names(words)}, key=len, reverse=True))
    return (words,)


@lru_cache(maxsize=512)
def _other_names(words: str) -> frozenset[str]:
    bare = words.removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ")
    code = OTHER_NAMES.get(words) or OTHER_NAMES.get(bare)
    code = code or next((code for code, name in OLD.items() if plain(name).removeprefix("tp ") == bare), None)
    return frozenset({bare} | ({name for name, of in OTHER_NAMES.items() if of == code} if code else set()))


# Years, and how many -----------------------------------------------------------------------------


def years(question: str, schema: Schema) -> list[Linked]:
    """The year that the question names, for the column of time that holds it and reaches least far: a year of data
    before one of birth. None for a span of years."""
    named = list(dict.fromkeys(YEAR.findall(question)))
    if len(named) != 1 or BESIDE_A_YEAR.search(plain(question)):
        return []
    columns = [(table, column) for table, column in schema.columns() if column.role == "time"]
    found = [(_reach(column), one) for table, column in columns if (one := _year(named[0], table.name, column))]
    least = min((reach for reach, _ in found), default=0)
    return [one for reach, one in found if reach == least]


def _reach(column: ColumnProfile) -> int:
    return int(str(column.maximum)[:4]) - int(str(column.minimum)[:4])


def _year(year: str, table: str, column: ColumnProfile) -> Linked | None:
    least, most = str(column.minimum)[:4], str(column.maximum)[:4]
    if not (len(least) == 4 and least <= year <= most):
        return None
    name = name_in_sql(column.name)
    said = f"{name} = {year}" if column.type == "integer" else f"year({name}) = {year}"
    return Linked(year, table, column.name, year, said)


def how_many(question: str) -> int:
    """As many rows as the question wants, written out or in digits; 0 where it does not say."""
    words = plain(question).split()
    if not MOST.search(" ".join(words)):
        return 0
    alone = set(STANDS_ALONE.findall(question))
    for at, word in enumerate(words[:-1]):
        number = int(word) if word in alone else NUMBERS.get(word, 0)
        is_sum = at > 0 and words[at - 1] in BEFORE_A_SUM and not (at == 1 and words[0] == "les")
        if 2 <= number <= 100 and not is_sum and not (word == "nam" and _is_a_year(words, at)):
            return number
    return 0


def _is_a_year(words: list[str], at: int) -> bool:
    return words[at + 1] not in COUNTED or (at > 0 and words[at - 1] in BEFORE_A_YEAR)
