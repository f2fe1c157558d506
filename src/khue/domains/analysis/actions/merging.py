"""Figures of the 63 provinces of before July 2025 for the 34 of today."""

from django.utils.translation import gettext as _

from khue.domains.analysis.actions import datasets
from khue.domains.analysis.models import Dataset, Table
from khue.domains.analysis.profile import ColumnProfile, TableProfile
from khue.domains.analysis.profile.looking import quoted
from khue.domains.analysis.provinces import match
from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.queries import tables
from khue.domains.people.api import Actor
from khue.kernel.errors import UserError

# what cannot be added up
MEANS = (
    "diem",
    "score",
    "chi so",
    "index",
    "ty le",
    "ty suat",
    "rate",
    "taux",
    "mat do",
    "trung binh",
    "mean",
    "average",
)


class NothingToMerge(UserError):
    pass


def to_provinces_of_today(*, by: Actor, table: Table) -> Dataset:
    """Amounts are added; shares, scores and means are averaged, each province of before counting once. Values that are
    no province ("Cả nước") are left out. Raises NothingToMerge."""
    seen = TableProfile.of_json(tables.profile_of(table))
    place = next((column for column in seen.columns if column.role == "place"), None)
    if place is None:
        raise NothingToMerge(_("No column of this table holds provinces."))
    names = [str(value) for value, _count in place.values]
    found = match(names)
    with tables.opened([tables.Named(table.name, table)]) as engine:
        result = engine.query(
            _sql(table.name, seen, place, {name: one.name for name, one in found.of.items()}), rows=200_000
        )
    return datasets.from_result(
        by=by,
        title=_("%(title)s (34 provinces)") % {"title": table.dataset.title},
        result=result,
        origin=_("%(origin)s Summed from provinces of before July 2025 to the 34 of Resolution 202/2025/QH15.")
        % {"origin": table.dataset.origin},
        data_class=table.dataset.data_class,
    )


def _sql(table: str, seen: TableProfile, place: ColumnProfile, today: dict[str, str]) -> str:
    rows = ", ".join(f"({_text(name)}, {_text(now)})" for name, now in today.items())
    kept = [column for column in seen.columns if column is not place and column.role in {"time", "category"}]
    amounts = [column for column in seen.columns if column.role == "measure"]
    shown = [f"m.today AS {quoted(place.name)}", *(f"t.{quoted(column.name)}" for column in kept)]
    shown += [f"{_way(column)}(t.{quoted(column.name)}) AS {quoted(column.name)}" for column in amounts]
    groups = ", ".join(str(at + 1) for at in range(1 + len(kept)))
    return (
        f"SELECT {', '.join(shown)}, count(DISTINCT t.{quoted(place.name)}) AS so_tinh_cu FROM {quoted(table)} t "
        f"JOIN (VALUES {rows}) m(name, today) ON t.{quoted(place.name)} = m.name GROUP BY {groups} ORDER BY {groups}"
    )


def _way(column: ColumnProfile) -> str:
    words = f" {plain(column.title)} "
    is_mean = column.unit in {"%", "‰"} or any(f" {one} " in words for one in MEANS) or "diem" in plain(column.unit)
    return "avg" if is_mean else "sum"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
