"""A figure as one place of one report gives it."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

# what was reached, what was planned, by how much it changed
Kind = Literal["actual", "plan", "change"]


@dataclass(frozen=True)
class Figure:
    """`label`: the words by which its indicator is found; `indicator`: its name in the table, once it is known.
    `since`: with what a change compares ("2025-H1")."""

    label: str
    value: float
    unit: str
    written: str
    place: str
    period: str
    kind: Kind
    report: str
    page: int | None
    quote: str
    source: Literal["table", "text"]
    slack: float = 0.0
    since: str = ""
    # of another period than the report itself
    is_of_last: bool = False
    indicator: str = ""

    def named(self, indicator: str) -> "Figure":
        return replace(self, indicator=indicator)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, held: dict[str, Any]) -> "Figure":
        return cls(**held)
