"""A number that buttons change: which button does what, so that it is what the examples say after them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from khue.domains.prototypes.fitting import figures
from khue.domains.prototypes.fitting.told import Told

NAME = "counter"
MOST_BUTTONS = 4
# as a formula, and what it does
CHANGES: Mapping[str, Callable[[float], float]] = {
    f"{NAME} + 1": lambda value: value + 1,
    f"max({NAME} - 1, 0)": lambda value: max(value - 1, 0),
    "0": lambda value: 0.0,
    f"{NAME} - 1": lambda value: value - 1,
}


@dataclass(frozen=True)
class Counter:
    name: str
    label: str
    buttons: list[dict[str, Any]]


def counter(idea: str, held: Told) -> Counter | None:
    """None where anything is filled in, or no changes of the buttons give these numbers."""
    if held.fields or len(held.results) != 1 or not 1 <= len(held.buttons) <= MOST_BUTTONS:
        return None
    result = held.results[0]
    wanted = [figures.alone(text) if text else None for text in result.raw]
    if not result.label or not all(wanted):
        return None
    targets = [one[0] for one in wanted if one]
    for chosen in product(CHANGES, repeat=len(held.buttons)):
        does = dict(zip(held.buttons, chosen, strict=True))
        if [_pressed(line, does) for line in held.presses] == targets:
            rows = [{"label": name, "changes": NAME, "formula": formula} for name, formula in does.items()]
            return Counter(NAME, result.label, rows)
    return None


def _pressed(line: Sequence[str], does: Mapping[str, str]) -> float:
    value = 0.0
    for name in line:
        value = CHANGES[does[name]](value)
    return value
