"""What a procedure of the national portal consists of (Decree 63/2010, Article 8, and the portal's own fields)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Fee:
    """`amount` is None where the portal gives none, or says "free" beside a note that names an amount."""

    text: str
    note: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Channel:
    """One way to apply. `time_unit`: "working_day", "day", "hour", "month", or "" where the portal gives no unit."""

    form: str
    time: str
    fees: tuple[Fee, ...]
    description: str = ""
    time_value: Decimal | None = None
    time_unit: str = ""


@dataclass(frozen=True)
class Paper:
    """One document of the file: its name, the form files offered for it, and how many originals and copies."""

    name: str
    forms: tuple[str, ...] = ()
    quantity: str = ""
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True)
class PaperCase:
    """The documents of one case ("" when the procedure knows only one)."""

    case: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class LegalBasis:
    title: str
    code: str


@dataclass(frozen=True)
class Result:
    name: str
    code: str


@dataclass(frozen=True)
class Results:
    results: tuple[Result, ...] = ()
    keywords: str = ""
    description: str = ""


@dataclass(frozen=True)
class Step:
    """`label` as written ("Bước 1:"); "" for text before the first step or in a text without steps."""

    label: str
    text: str


@dataclass(frozen=True)
class Related:
    number: str
    name: str


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """A field's structure, what of the source could not be placed in it (kept as it stands), and its lost characters.

    `lost` counts the characters of the source, separators and white space aside, that are not found in `value` in
    the source's order; `remains` are part of them.
    """

    value: T
    remains: tuple[str, ...] = ()
    lost: int = 0
