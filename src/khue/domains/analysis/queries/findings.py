"""The steps of a worksheet as findings are read from them: their columns named, places known."""

from collections.abc import Mapping

from khue.domains.analysis.briefing.seen import Indicator, Seen
from khue.domains.analysis.models import Analysis, Step
from khue.domains.analysis.profile import ColumnProfile, TableProfile
from khue.domains.analysis.provinces import match
from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.queries import tables
from khue.domains.analysis.sql.outputs import is_part, outputs

Columns = Mapping[str, ColumnProfile]
# the parameter that names the column of names, and what a method calls it in its result
_GROUPED = {
    "statistics.groups": ("group", "group"),
    "statistics.survey": ("group", "group"),
    "statistics.inequality": ("group", "part"),
    "statistics.composite": ("unit", "unit"),
}
# where a method's own column holds a measure of the data
_MEASURED = {"statistics.groups": {"mean": "value"}, "statistics.survey": {"mean": "value"}}
_NAMED = ("value", "x", "y")
PLACES = frozenset(
    "tinh xa phuong quan huyen vung dia don "
    "province city ward commune district region place office unit branch hospital school "
    "lieu ville quartier arrondissement bureau agence ecole hopital".split()
)
_FIRST = [[word] for word in ("tinh", "xa", "phuong", "quan", "huyen", "ward", "commune", "district", "province")]


def seen(analysis: Analysis) -> list[Seen]:
    known = {
        column.name: column
        for one in tables.of_analysis(analysis)
        for column in TableProfile.of_json(tables.profile_of(one.table)).columns
    }
    return [_answer(step, known) if step.kind == "sql" else _method(step, known) for step in analysis.steps.all()]


def _answer(step: Step, known: Columns) -> Seen:
    made = outputs(step.sql)
    named = dict(zip(step.table.names, made, strict=False)) if len(made) == len(step.table.names) else {}
    called, kinds, places = {}, {}, set()
    for name in step.table.names:
        output = named.get(name)
        column = known.get(output.column if output else name)
        if output and output.made == "count":
            called[name] = Indicator("", made="count")
        elif column and (output is None or output.made in {"plain", "mean", "sum", "low", "high", "median"}):
            called[name] = _indicator(column, output.made if output else "plain")
            kinds[name] = called[name].name
        if _is_place(step, name, column):
            places.add(name)
    return Seen(str(step.pk), step.kind, step.table, step.facts, called, kinds, frozenset(places), is_part(step.sql))


def _method(step: Step, known: Columns) -> Seen:
    said = [str(step.parameters.get(name) or "") for name in _NAMED]
    called = {name: _indicator(known[name]) for name in said if name in known}
    for column, role in _MEASURED.get(step.kind, {}).items():
        value = str(step.parameters.get(role) or "")
        if value in known:
            called[column] = _indicator(known[value], "mean")
    role, column = _GROUPED.get(step.kind, ("", ""))
    group = known.get(str(step.parameters.get(role) or ""))
    kinds = {column: _indicator(group).name} if group else {}
    places = frozenset({column} if group and _is_place(step, column, group) else ())
    return Seen(str(step.pk), step.kind, step.table, step.facts, called, kinds, places)


def _indicator(column: ColumnProfile, made: str = "plain") -> Indicator:
    """Without the unit that stands in its heading."""
    title = column.title
    if column.unit and f"({column.unit})" in title:
        title = title.replace(f"({column.unit})", "").strip()
    return Indicator(title, column.unit, made)


def _is_place(step: Step, name: str, column: ColumnProfile | None) -> bool:
    """A province, a ward, an office: what serves people and can be set beside another of its kind."""
    if column is not None and (column.role == "place" or PLACES & set(plain(column.title).split())):
        return True
    values = [value for value in step.table.column(name) if isinstance(value, str)] if name in step.table.names else []
    return bool(values) and (match(values).share >= 0.8 or all(plain(one).split()[:1] in _FIRST for one in values))
