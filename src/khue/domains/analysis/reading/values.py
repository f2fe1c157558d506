"""Numbers and dates as people write them: which form a column is in, and the SQL that reads it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Number = Literal["plain", "vietnamese", "english", "french"]
# "nothing" as tables say it
MISSING = (
    "",
    "-",
    "–",
    "—",
    "…",
    "...",
    "..",
    ".",
    "n/a",
    "na",
    "null",
    "none",
    "#n/a",
    "nan",
    "x",
    "k.có",
    "không có",
)
_MISSING_SQL = ", ".join("'" + word.replace("'", "''") + "'" for word in MISSING)
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.I)
THOUSANDS_BY_DOT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
COMMA_DECIMAL = re.compile(r"[+-]?\d+,\d+")
THOUSANDS_BY_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
THOUSANDS_BY_SPACE = re.compile(r"[+-]?\d{1,3}( \d{3})+(,\d+)?")
SIGNS = re.compile(r"\s*(%|‰|₫|đ|đồng|vnd|vnđ|usd|€|\$)\s*$|^\s*(\$|€)\s*", re.I)


def is_missing(text: str) -> bool:
    return text.strip().casefold() in MISSING


def bare(text: str) -> str:
    """Without what stands around a number; brackets mean a minus, as accountants write."""
    cut = SIGNS.sub("", text.strip().replace("\u00a0", " ").replace("\u202f", " ")).strip()
    return f"-{cut[1:-1]}" if re.fullmatch(r"\([\d.,\s]+\)", cut) else cut


def number_form(texts: Iterable[str], *, others: Number | None = None) -> Number | None:
    """The form in which all of them are numbers, or None. "1.234" alone tells nothing: then the form of the other
    columns decides, else dots are decimal points."""
    given = {bare(text) for text in texts if not is_missing(text)}
    if not given:
        return None
    if all(PLAIN.fullmatch(text) for text in given):
        in_threes = {text for text in given if THOUSANDS_BY_DOT.fullmatch(text)}
        other = {text for text in given - in_threes if "." in text or len(text.lstrip("+-")) > 3}
        zero_first = any(text.lstrip("+-").startswith("0") for text in in_threes)
        return "vietnamese" if in_threes and not other and not zero_first and others == "vietnamese" else "plain"
    for form, shapes in (
        ("vietnamese", (THOUSANDS_BY_DOT, COMMA_DECIMAL)),
        ("english", (THOUSANDS_BY_COMMA,)),
        ("french", (THOUSANDS_BY_SPACE, COMMA_DECIMAL)),
    ):
        if all(_is(text, shapes, form) for text in given):
            return form  # type: ignore[return-value]
    return None


def _is(text: str, shapes: Sequence[re.Pattern[str]], form: str) -> bool:
    whole = re.fullmatch(r"[+-]?\d+", text) is not None
    decimal = form == "english" and re.fullmatch(r"[+-]?\d+\.\d+", text) is not None
    return whole or decimal or any(shape.fullmatch(text) for shape in shapes)


def as_number(text: str, form: Number) -> float | None:
    if is_missing(text):
        return None
    cut = bare(text).replace(" ", "")
    if form in {"vietnamese", "french"}:
        cut = cut.replace(".", "").replace(",", ".")
    elif form == "english":
        cut = cut.replace(",", "")
    return float(cut)


def number_sql(column: str, form: Number) -> str:
    """TRY_CAST of a column of texts."""
    cut = f"regexp_replace(trim(replace(replace({column}, chr(160), ' '), chr(8239), ' ')), '{SIGN_SQL}', '', 'gi')"
    cut = f"regexp_replace(trim({cut}), '^\\(([0-9., ]+)\\)$', '-\\1')"
    cut = f"replace({cut}, ' ', '')"
    if form in {"vietnamese", "french"}:
        cut = f"replace(replace({cut}, '.', ''), ',', '.')"
    elif form == "english":
        cut = f"replace({cut}, ',', '')"
    as_it_is = "" if form in {"vietnamese", "french"} else f"TRY_CAST({column} AS DOUBLE), "
    return f"coalesce({as_it_is}TRY_CAST({cut} AS DOUBLE))"


SIGN_SQL = r"\s*(%|‰|₫|đ|đồng|vnd|vnđ|usd|€|\$)\s*$|^\s*(\$|€)\s*"


def missing_sql(column: str) -> str:
    return f"(lower(trim({column})) IN ({_MISSING_SQL}))"


# Dates -------------------------------------------------------------------------------------------

ISO = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
TWO_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})( \d{1,2}:\d{2}(:\d{2})?)?")
IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
MONTH_NAMED = re.compile(r"\d{1,2}[- ][A-Za-zéû]{3,9}[- ]\d{2,4}")
MONTH_YEAR = re.compile(r"(?:tháng\s+)?(\d{1,2})\s*[/-]\s*(\d{4})", re.I)
IN_WORDS_SQL = r"^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$"
DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%y")
YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
NAMED = ("%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%d %B %Y")


@dataclass(frozen=True)
class DateForm:
    """`formats` for strptime; `forms`: how many stand in the column; `months`: only month and year are said."""

    formats: tuple[str, ...]
    forms: int
    has_time: bool = False
    months: bool = False


class Undecided(Exception):
    """Days and months cannot be told apart: both orders stand in the column."""


def date_form(texts: Iterable[str]) -> DateForm | None:
    """None where they are no dates. Raises Undecided."""
    given = {text.strip() for text in texts if not is_missing(text)}
    if not given:
        return None
    if all(MONTH_YEAR.fullmatch(text) for text in given):
        return DateForm(("%m/%Y",), 1, months=True)
    kinds = {
        name: {text for text in given if shape.fullmatch(text)}
        for name, shape in (("iso", ISO), ("two", TWO_FIRST), ("words", IN_WORDS), ("named", MONTH_NAMED))
    }
    if set().union(*kinds.values()) != given:
        return None
    orders = _orders(kinds["two"])
    formats = (*YEAR_FIRST, *orders, *NAMED)
    return DateForm(formats, sum(bool(found) for found in kinds.values()), any(":" in text for text in given))


def _orders(texts: set[str]) -> tuple[str, ...]:
    pairs = [match for text in texts if (match := TWO_FIRST.fullmatch(text))]
    first = any(int(match[1]) > 12 for match in pairs)
    second = any(int(match[2]) > 12 for match in pairs)
    if first and second:
        raise Undecided
    return MONTH_FIRST if second else DAY_FIRST


def date_sql(column: str, form: DateForm) -> str:
    if form.months:
        cut = f"regexp_replace(replace(replace(lower({column}), 'tháng', ''), '-', '/'), '\\s', '', 'g')"
        return f"TRY_CAST(try_strptime('01/' || {cut}, '%d/%m/%Y') AS DATE)"
    formats = ", ".join(f"'{one}'" for one in form.formats)
    words = f"regexp_replace(lower(trim({column})), '{IN_WORDS_SQL}', '\\1/\\2/\\3')"
    kind = "TIMESTAMP" if form.has_time else "DATE"
    return f"TRY_CAST(try_strptime({words}, [{formats}]) AS {kind})"


TRUE = frozenset({"true", "có", "yes", "oui", "đúng", "x", "1"})
FALSE = frozenset({"false", "không", "no", "non", "sai", "0"})
PAIRS = ({"true", "false"}, {"có", "không"}, {"yes", "no"}, {"oui", "non"}, {"đúng", "sai"})


def is_truth(texts: Iterable[str]) -> bool:
    given = {text.strip().casefold() for text in texts if not is_missing(text)}
    return len(given) == 2 and given in PAIRS
