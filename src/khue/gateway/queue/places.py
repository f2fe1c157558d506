"""Where somebody stands who waits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`position` counts from 1, `of` all who wait; `expected_s` is None before the first call was measured."""

    position: int
    of: int
    expected_s: int | None
