"""A departure from the decree, and how its layout is mended where that can be done without touching a word."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from khue.domains.drafting.nd30.reading import Paragraph

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True)
class Finding:
    """`rule` names what is wrong, `cell` where by the decree's numbering, `cites` its place in annex I. `found` and
    `expected` are figures or words of checking/words; `where` leads to the place."""

    rule: str
    cell: str
    found: str
    expected: str
    where: str = ""
    severity: Severity = "error"
    cites: str = ""
    mend: Callable[[], None] | None = field(default=None, compare=False, repr=False)

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected,
            "where": self.where,
            "severity": self.severity,
            "cites": self.cites,
            "fixable": self.mend is not None,
        }


def at(paragraph: Paragraph | None) -> str:
    return paragraph.where if paragraph else ""


def figures(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def span(low: float, high: float) -> str:
    return figures(low) if low == high else f"{figures(low)}-{figures(high)}"
