"""What of a worksheet may be taken along. Where its data are about people, each result passes disclosure control on
its way out; inside, everything stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.analysis.disclosure import outgoing
from khue.domains.analysis.disclosure.outgoing import LEAST
from khue.domains.analysis.engine import QueryFailed, Result
from khue.domains.analysis.models import Analysis, Step
from khue.domains.analysis.queries import tables
from khue.domains.analysis.sql.counting import Counting, counting
from khue.domains.analysis.statistics.source import quoted
from khue.gateway.api import DataClass

# the parameters by which a method parts the rows; what is not here shows rows of single people
PARTED_BY = {
    "statistics.groups": ("group",),
    "statistics.trend": ("time",),
    "statistics.its": ("time",),
    "statistics.did": ("time", "group", "unit"),
    "statistics.inequality": ("group",),
    "statistics.survey": ("group", "stratum", "cluster"),
    "statistics.composite": ("unit",),
    "forecast": ("time", "by"),
}
# made so that it may be shown
SAFE = ("protected",)


@dataclass(frozen=True)
class Going:
    """`result` is None where nothing of it may leave, for the `reason`; `left_out` counts rows that stay."""

    result: Result | None
    left_out: int = 0
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.result is not None and not self.left_out


def demands(analysis: Analysis) -> bool:
    """Some of its data are confidential and did not come out of disclosure control."""
    return analysis.datasets.filter(data_class__gte=DataClass.CONFIDENTIAL, release=None).exists()


def of_step(step: Step) -> Going:
    if step.kind in SAFE or not demands(step.analysis):
        return Going(step.table)
    named = tables.of_analysis(step.analysis)
    try:
        return _of_answer(step, named) if step.kind == "sql" else _of_method(step, named)
    except QueryFailed:
        return _held()


def of_analysis(analysis: Analysis) -> dict[int, Going]:
    """By the position of the step."""
    return {step.position: of_step(step) for step in analysis.steps.all()}


def _held() -> Going:
    return Going(
        None,
        reason=_(
            "This result stays here: it cannot be counted how many people stand behind each of its figures. Use “Table "
            "that may be shown”, or make the data safe first and work on what comes out."
        ),
    )


def _few() -> Going:
    return Going(
        None,
        reason=_(
            "This result stays here: fewer than %(least)s people stand behind some of its figures. Take larger groups, "
            "use “Table that may be shown”, or make the data safe first and work on what comes out."
        )
        % {"least": LEAST},
    )


# An answer in SQL ---------------------------------------------------------------------------------


def _of_answer(step: Step, named: Sequence[tables.Named]) -> Going:
    found = counting(step.sql)
    if found is None:
        return _held()
    counts = _counts(named, found.sql)
    if counts is None:
        return _held()
    if not found.keys:
        whole = sum(counts.values())
        return Going(step.table) if whole >= LEAST and not _is_small(step.table, found) else _few()
    stay = outgoing.too_few(counts)
    return _few() if stay is None else _without(step.table, found, counts, stay)


def _counts(named: Sequence[tables.Named], sql: str) -> dict[outgoing.Key, int] | None:
    with tables.opened(named) as engine:
        rows = engine.query(sql)
    if rows.is_cut:
        return None
    return {tuple(map(outgoing.shown, key)): int(count) for *key, count in rows.rows}


def _is_small(result: Result, found: Counting) -> bool:
    return any(outgoing.small(row, found.counts) for row in result.rows)


def _without(result: Result, found: Counting, counts: dict[outgoing.Key, int], stay: frozenset[outgoing.Key]) -> Going:
    kept = []
    for row in result.rows:
        key = tuple(outgoing.shown(row[at]) for at in found.keys)
        if key in counts and key not in stay and not outgoing.small(row, found.counts):
            kept.append(row)
    if not kept and result.rows:
        return _few()
    return Going(replace(result, rows=tuple(kept)), len(result.rows) - len(kept))


# A method ------------------------------------------------------------------------------------------


def _of_method(step: Step, named: Sequence[tables.Named]) -> Going:
    parts = PARTED_BY.get(step.kind)
    if parts is None:
        return _held()
    chosen = [step.parameters.get(part) or [] for part in parts]
    columns = [name for one in chosen for name in (one if isinstance(one, list) else [one])]
    keys = ", ".join(map(quoted, columns))
    grouped = f" GROUP BY {keys}" if keys else ""
    table = quoted(step.parameters["table"])
    sql = f"SELECT {keys}{', ' if keys else ''}COUNT(*) FROM {table}{grouped}"  # noqa: S608  # quoted; reads only
    counts = _counts(named, sql)
    if counts is None:
        return _held()
    return Going(step.table) if all(count >= LEAST for count in counts.values()) else _few()


# In words -------------------------------------------------------------------------------------------


def note(going: Going) -> str:
    """What somebody who gets it is told; empty for a whole one."""
    if going.result is None:
        return going.reason
    if not going.left_out:
        return ""
    words = ngettext(
        "%(count)s row is left out: fewer than %(least)s people stand behind it, or it would give such a row away.",
        "%(count)s rows are left out: fewer than %(least)s people stand behind them, or they would give such a row "
        "away.",
        going.left_out,
    )
    return words % {"count": going.left_out, "least": LEAST}
