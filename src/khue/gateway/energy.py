"""What a call costs in energy and CO2: metered where the processor has a meter that may be read, else estimated from
tokens. The figures and their sources stand in content/energy.yaml."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from khue.gateway.contract import ProviderInfo

HOME = "VN"
RAPL = Path("/sys/class/powercap")
JOULES_PER_KWH = 3_600_000


@dataclass(frozen=True)
class Energy:
    """Whole numbers, for the ledger: thousandths of a joule, millionths of a gram. None where nothing is known."""

    millijoules: int | None = None
    co2_micrograms: int | None = None
    source: str = ""


def of(info: ProviderInfo, *, prompt_tokens: int, completion_tokens: int, metered_j: float | None = None) -> Energy:
    """Of one chat call. A provider's own rate counts for every token, read or written."""
    if info.is_local and metered_j is not None:
        return _energy(metered_j, info, "meter of the processor (RAPL)")
    if info.energy is not None and info.energy.unit == "J/token":
        return _energy(info.energy.amount * (prompt_tokens + completion_tokens), info, info.energy.source)
    if info.is_local:
        rates = figures()["embedded"]
        joules = rates["prompt_joules"] * prompt_tokens + rates["completion_joules"] * completion_tokens
        return _energy(joules, info, rates["source"])
    return Energy()


@cache
def figures() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((settings.CONTENT / "energy.yaml").read_text())
    return read


def grid(country: str) -> dict[str, Any]:
    grids = figures()["grids"]
    found: dict[str, Any] = grids.get(country or HOME, grids["other"])
    return found


def _energy(joules: float, info: ProviderInfo, source: str) -> Energy:
    grams = joules / JOULES_PER_KWH * grid("" if info.is_local else info.jurisdiction)["grams_per_kwh"]
    return Energy(round(joules * 1000), round(grams * 1_000_000), source)


class Meter:
    """Reads the processor's own counters from beginning to end of a call; calls of this process that run together
    share what was used. `joules` is None where there is no meter, or it may not be read."""

    _running = 0
    _lock = threading.Lock()

    def __init__(self, folder: Path = RAPL) -> None:
        self._folder = folder
        self._began = counters(folder)
        with Meter._lock:
            Meter._running += 1
            self._together = Meter._running

    def joules(self) -> float | None:
        """Ends it."""
        ended = counters(self._folder)
        with Meter._lock:
            together = (self._together + Meter._running) / 2
            Meter._running -= 1
        if not self._began or self._began.keys() != ended.keys():
            return None
        return sum(_used(before, ended[name]) for name, before in self._began.items()) / 1_000_000 / max(together, 1)


def counters(folder: Path) -> dict[str, tuple[int, int]]:
    """Microjoules and the value at which each counter begins anew, one for each processor package."""
    found: dict[str, tuple[int, int]] = {}
    for package in sorted(folder.glob("intel-rapl:*")):
        if package.name.count(":") == 1:  # below these are parts of the same
            try:
                found[package.name] = (
                    int((package / "energy_uj").read_text()),
                    int((package / "max_energy_range_uj").read_text()),
                )
            except (OSError, ValueError):
                return {}
    return found


def _used(before: tuple[int, int], after: tuple[int, int]) -> int:
    return after[0] - before[0] if after[0] >= before[0] else after[0] + after[1] - before[0]
