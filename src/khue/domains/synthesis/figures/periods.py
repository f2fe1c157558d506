"""Which period a figure is of: "6 tháng đầu năm 2026", "quý III/2026", "cùng kỳ năm trước"."""

import re
from dataclasses import dataclass, replace

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMBERS = {"ba": 3, "sáu": 6, "chín": 9}
_YEAR = r"(?:\s*(?:/|,|năm)?\s*(?P<year>(?:19|20)\d\d))"
_PATTERNS = (
    ("Q", re.compile(rf"quý\s+(?P<n>I{{1,3}}|IV|[1-4])(?!\w){_YEAR}?", re.IGNORECASE)),
    ("H", re.compile(rf"(?:6|sáu)\s+tháng\s+(?P<n>đầu|cuối)(?:\s+năm)?{_YEAR}?", re.IGNORECASE)),
    ("H", re.compile(r"6T\s*/\s*(?P<year>(?:19|20)\d\d)")),
    ("C", re.compile(rf"(?P<n>\d{{1,2}}|ba|chín)\s+tháng(?:\s+đầu)?(?:\s+năm)?{_YEAR}", re.IGNORECASE)),
    ("M", re.compile(r"tháng\s+(?P<n>\d{1,2})\s*(?:/|năm|-)\s*(?P<year>(?:19|20)\d\d)", re.IGNORECASE)),
    ("Y", re.compile(r"(?:năm|year|année)\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE)),
)
_SAME_LAST_YEAR = re.compile(
    r"cùng kỳ(?:\s+năm)?(?:\s+(?P<year>(?:19|20)\d\d)|\s+(?:trước|ngoái))?|cùng kỳ|năm trước|năm ngoái", re.IGNORECASE
)
_LAST = re.compile(r"(?:kỳ|quý|tháng)\s+trước(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """`kind`: Y year, H half, Q quarter, M month, C the first `number` months. `year` 0: it was not said."""

    year: int
    kind: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.year}-{self.kind}{self.number or ''}"

    @classmethod
    def of(cls, key: str) -> "Period":
        year, _, rest = key.partition("-")
        return cls(int(year), rest[:1], int(rest[1:] or 0))

    @property
    def label(self) -> str:
        """In Vietnamese, the language of the reports."""
        roman = {1: "I", 2: "II", 3: "III", 4: "IV"}.get(self.number, "")
        said = {
            "Y": "năm", "H": f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm", "Q": f"quý {roman} năm",
            "M": f"tháng {self.number} năm", "C": f"{self.number} tháng đầu năm",
        }[self.kind]  # fmt: skip
        return f"{said} {self.year}"

    @property
    def a_year_before(self) -> "Period":
        return replace(self, year=self.year - 1)

    @property
    def before(self) -> "Period":
        """The last of the same kind."""
        if self.kind in {"Y", "C"}:
            return self.a_year_before
        last = {"H": 2, "Q": 4, "M": 12}[self.kind]
        if self.number > 1:
            return replace(self, number=self.number - 1)
        return Period(self.year - 1, self.kind, last)


def stated(text: str, reported: Period | None = None) -> Period | None:
    """The first that the text names; `reported`: the period of the report, to which "cùng kỳ" belongs."""
    same = _SAME_LAST_YEAR.search(text)
    if same and reported:
        year = same["year"] if "year" in same.groupdict() else None
        return replace(reported, year=int(year)) if year else reported.a_year_before
    if _LAST.search(text) and reported:
        return reported.before
    found = [(match.start(), _read(kind, match)) for kind, pattern in _PATTERNS if (match := pattern.search(text))]
    named = [(at, period) for at, period in found if period]
    if not named:
        return None
    first = min(named, key=lambda one: (one[1].kind == "Y", one[0]))[1]
    if first.year == 0:
        return replace(first, year=reported.year) if reported else None
    return first


def _read(kind: str, match: re.Match[str]) -> Period | None:
    facts = match.groupdict()
    year = int(facts.get("year") or 0)
    said = (facts.get("n") or "").strip()
    if kind == "H":
        return Period(year, "H", 2 if said.lower() == "cuối" else 1)
    if kind == "Q":
        return Period(year, "Q", _ROMAN[said.upper()])
    if kind == "C":
        months = _NUMBERS.get(said.lower()) or int(said)
        return Period(year, "H", 1) if months == 6 else Period(year, "C", months)
    if kind == "M":
        return Period(year, "M", int(said)) if 1 <= int(said) <= 12 else None
    return Period(year, "Y")
