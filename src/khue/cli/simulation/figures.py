"""What was measured: how often, how long, what went wrong."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from khue.gateway.browser import Page

SHOWN = 20


def percentile(values: list[float], share: float) -> float:
    """By the nearest rank; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Confirms:
    """Somebody who keeps count of what the server has confirmed to them."""

    figures: "Figures"
    done: dict[str, int]

    def note(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def confirm(self, what: str, is_so: bool, name: str, page: Page) -> None:
        """`is_so`: the page says it; one that says something else is an error of the action `name`."""
        if is_so and page.is_good:
            self.note(what)
        elif page.is_good:
            self.figures.fail(name, f"unexpected page {page.path}")


@dataclass
class Figures:
    """Milliseconds of each page by the name of the action, in the order in which actions first came up."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)

    def hear(self, name: str, page: Page) -> None:
        self.times[name].append(page.ms)
        if page.status == 0 or page.status >= 400:
            self.fail(name, f"{page.status or 'no answer'} {page.path} {page.text[:200] if page.status == 0 else ''}")

    def fail(self, name: str, why: str) -> None:
        self.wrong[name] += 1
        self.errors.append(f"{name}: {why.strip()}")

    @property
    def failed(self) -> int:
        return sum(self.wrong.values())

    def table(self) -> dict[str, dict[str, Any]]:
        names = dict.fromkeys([*self.times, *self.wrong])
        return {name: self._row(self.times.get(name, []), self.wrong.get(name, 0)) for name in names}

    def _row(self, times: list[float], wrong: int) -> dict[str, Any]:
        row = {"count": len(times), "errors": wrong}
        shares = {"p50_ms": 0.5, "p95_ms": 0.95, "longest_ms": 1.0}
        return row | {key: round(percentile(times, share), 1) for key, share in shares.items()}
