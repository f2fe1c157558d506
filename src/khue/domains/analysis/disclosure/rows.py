"""Rows of people made safe: names out, extremes coded, values coarser, and what still stands out taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from khue.domains.analysis.disclosure import lattice
from khue.domains.analysis.disclosure.coarser import Ladder, ladder
from khue.domains.analysis.disclosure.risk import GONE, Risk, group_sizes, groups, kinds_in_groups, measure
from khue.domains.analysis.stepping.outcome import Unfit

MOST_TAKEN_OUT = 0.05
MOST_QUASI = 12


@dataclass(frozen=True)
class Plan:
    """What each column is. `drop`: names and numbers of people, which go altogether; `quasi`: what others may know of
    somebody; `sensitive`: what nobody should learn; `top`: column → share at each end that is coded (0.01);
    `rounded`: column → base. `most_out`: the share of rows whose values may be taken out before all become coarser."""

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    k: int = 5
    l: int = 1  # noqa: E741 - the field's own name for it
    top: Mapping[str, float] = field(default_factory=dict)
    rounded: Mapping[str, float] = field(default_factory=dict)
    most_out: float = MOST_TAKEN_OUT


@dataclass(frozen=True)
class Change:
    """`what`: dropped, top_coded, rounded, coarser, taken_out, rows_out, sensitive_out; `how` by its values."""

    column: str
    what: str
    how: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Released:
    frame: pd.DataFrame
    before: Risk
    after: Risk
    changes: tuple[Change, ...]


def release(frame: pd.DataFrame, plan: Plan) -> Released:
    """Raises Unfit. `after.k` is at least `plan.k`, and no group has fewer than `plan.l` kinds of what is sensitive."""
    _check(frame, plan)
    before = measure(frame, quasi=plan.quasi, sensitive=plan.sensitive, k=plan.k)
    changes = [Change(name, "dropped") for name in plan.drop]
    safe = frame.drop(columns=list(plan.drop)).reset_index(drop=True)
    for name, share in plan.top.items():
        safe[name], change = top_coded(safe[name], share)
        changes.append(change)
    for name, base in plan.rounded.items():
        safe[name] = (safe[name].astype("float64") / base).round() * base
        changes.append(Change(name, "rounded", {"base": base}))
    safe, coarser = _coarser(safe, plan)
    safe, out = _taken_out(safe, plan)
    safe, hidden = _diverse(safe, plan)
    after = measure(safe, quasi=plan.quasi, sensitive=plan.sensitive, k=plan.k)
    return Released(safe, before, after, (*changes, *coarser, *out, *hidden))


def _check(frame: pd.DataFrame, plan: Plan) -> None:
    named = [*plan.quasi, *plan.sensitive, *plan.drop, *plan.top, *plan.rounded]
    for name in named:
        if name not in frame.columns:
            raise Unfit("unknown_column", name=name, names=", ".join(map(str, frame.columns[:20])))
    if twice := sorted(set(plan.quasi) & set(plan.drop) | set(plan.quasi) & set(plan.sensitive)):
        raise Unfit("two_roles", name=twice[0])
    if len(plan.quasi) > MOST_QUASI:
        raise Unfit("many_quasi", count=len(plan.quasi), most=MOST_QUASI)
    if len(frame) < plan.k or plan.k < 2:
        raise Unfit("too_few_people", have=len(frame), need=max(2, plan.k))


def top_coded(column: "pd.Series[Any]", share: float) -> "tuple[pd.Series[Any], Change]":
    """The share at each end becomes its border, so that the richest or oldest is not seen."""
    values = column.astype("float64")
    low, high = values.quantile(share), values.quantile(1 - share)
    touched = int(((values < low) | (values > high)).sum())
    change = Change(str(column.name), "top_coded", {"low": float(low), "high": float(high), "rows": touched})
    return values.clip(low, high), change


def _coarser(frame: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, list[Change]]:
    """The best of all combinations of rungs; where those are too many to try, climbs the ladder of that column which
    makes most people alike for what it loses, until few enough stand out, and goes back down wherever that was not
    needed."""
    climbed = Climbed(frame, plan)
    if found := lattice.best(frame, climbed.ladders, plan.k, plan.most_out * len(frame)):
        climbed.stand(found)
    else:
        while climbed.below > plan.most_out * len(frame) and climbed.climb():
            pass
        climbed.descend()
    names = {name: climbed.ladders[name].names[level] for name, level in climbed.levels.items() if level}
    return climbed.shown, [Change(name, "coarser", {"to": to}) for name, to in names.items()]


class Climbed:
    """Where each column stands on its ladder."""

    def __init__(self, frame: pd.DataFrame, plan: Plan) -> None:
        self.frame, self.plan = frame, plan
        self.ladders: Mapping[str, Ladder] = {name: ladder(frame[name], plan.k) for name in plan.quasi}
        self.levels = dict.fromkeys(plan.quasi, 0)
        self.bits = {name: max(_bits(frame[name]), 0.01) for name in plan.quasi}
        self.shown = frame.copy()

    @property
    def below(self) -> int:
        return int((group_sizes(self.shown, self.plan.quasi) < self.plan.k).sum())

    def stand(self, levels: Mapping[str, int]) -> None:
        self.levels = dict(levels)
        self.shown = self.frame.assign(**{name: self._at(name, level) for name, level in levels.items()})

    def climb(self) -> bool:
        """One column to its next rung that changes something; False at the top of all."""
        tried = [one for name in self.plan.quasi if (one := self._next(name))]
        if not tried:
            return False
        name, level, column = max(tried, key=lambda one: self._worth(one[0], one[2]))
        self.levels[name], self.shown[name] = level, column
        return True

    def descend(self) -> None:
        for name in sorted(self.levels, key=lambda one: -self.bits[one]):
            while self.levels[name]:
                kept = self.shown[name]
                self.shown[name] = self._at(name, self.levels[name] - 1)
                if self.below > self.plan.most_out * len(self.frame):
                    self.shown[name] = kept
                    break
                self.levels[name] -= 1

    def _next(self, name: str) -> "tuple[str, int, pd.Series[Any]] | None":
        for level in range(self.levels[name] + 1, self.ladders[name].top + 1):
            column = self._at(name, level)
            if _bits(column) < _bits(self.shown[name]) - 1e-9:
                return name, level, column
        return None

    def _at(self, name: str, level: int) -> "pd.Series[Any]":
        return self.ladders[name].rungs[level](self.frame[name])

    def _worth(self, name: str, column: "pd.Series[Any]") -> float:
        """Fewer groups, for the share of what the column told that is lost."""
        before = groups(self.shown, self.plan.quasi).nunique()
        after = groups(self.shown.assign(**{name: column}), self.plan.quasi).nunique()
        lost = (_bits(self.shown[name]) - _bits(column)) / self.bits[name]
        return float(np.log(before / after)) / max(lost, 1e-3)


def _bits(column: "pd.Series[Any]") -> float:
    share = column.astype("string").value_counts(normalize=True, dropna=False).to_numpy("float64")
    return float(-(share * np.log2(share)).sum())


def _taken_out(frame: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, list[Change]]:
    """Rows that still stand out lose their quasi-identifiers; if that leaves fewer than k of them, they go."""
    if not plan.quasi:
        return frame, []
    small = group_sizes(frame, plan.quasi) < plan.k
    count = int(small.sum())
    if not count:
        return frame, []
    if count < plan.k:
        return frame[~small].reset_index(drop=True), [Change("", "rows_out", {"rows": count})]
    safe = frame.astype(dict.fromkeys(plan.quasi, "object"))
    safe.loc[small, list(plan.quasi)] = GONE
    return safe, [Change(name, "taken_out", {"rows": count}) for name in plan.quasi]


def _diverse(frame: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, list[Change]]:
    """Where people who look alike share one sensitive value, that value goes."""
    changes = []
    for name in plan.sensitive if plan.l > 1 else ():
        alike = kinds_in_groups(frame, plan.quasi, name) < plan.l
        if alike.any():
            frame = frame.astype({name: "object"})
            frame.loc[alike, name] = None
            changes.append(Change(name, "sensitive_out", {"rows": int(alike.sum())}))
    return frame, changes


def as_json(change: Change) -> dict[str, Any]:
    return {"column": change.column, "what": change.what, **change.how}
