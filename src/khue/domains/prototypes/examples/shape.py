"""An example as steps and what must be seen after them."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fill:
    """`label` may be empty: the field that takes such a value."""

    label: str
    value: str
    kind: str = "fill"


@dataclass(frozen=True)
class Press:
    name: str
    kind: str = "press"


@dataclass(frozen=True)
class Expectation:
    """`text` near `label`, or anywhere without one; `absent`: must not be seen."""

    text: str
    label: str = ""
    absent: bool = False


@dataclass(frozen=True)
class Example:
    text: str
    steps: tuple[Fill | Press, ...]
    expects: tuple[Expectation, ...]

    def data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """`problem`: field, button, label, different, absent, error, hung, browser-less …; `seen`: what stood there."""

    example: str
    passed: bool
    seen: str = ""
    problem: str = ""
    faults: tuple[str, ...] = field(default=())
