"""What the decree allows for each element and what the compiler sets, read from layout.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

HERE = Path(__file__).resolve().parent
POINT = 25.4 / 72


@dataclass(frozen=True)
class Role:
    """An element of a cell. `bold` "lead": only its number and title. None: the decree leaves it open. Sizes and gaps
    in points, `first` and `indent` in millimetres."""

    key: str
    cell: str
    name: str
    sizes: tuple[float, float]
    size: float
    bold: bool | Literal["lead"] | None = None
    italic: bool = False
    capitals: bool | None = None
    align: str = ""
    first: float = 0
    indent: float = 0
    before: float = 0
    after: float = 0
    box: bool = False
    color: str = "000000"
    cites: str = ""


@dataclass(frozen=True)
class Underline:
    """The line under an element: its length as a share of the text's last line, allowed and set."""

    cell: str
    share: tuple[float, float]
    set: float


@cache
def data() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "layout.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def roles() -> Mapping[str, Role]:
    return {key: Role(key=key, **(facts | {"sizes": tuple(facts["sizes"])})) for key, facts in data()["roles"].items()}


@cache
def underlines() -> Mapping[str, Underline]:
    return {
        key: Underline(facts["cell"], tuple(facts["share"]), facts["set"]) for key, facts in data()["rules"].items()
    }


def role(key: str) -> Role:
    return roles()[key]


@cache
def is_font(name: str) -> bool:
    """Times New Roman, or one of the same metrics."""
    page = data()["page"]
    return name in {page["font"], *page["also"]}
