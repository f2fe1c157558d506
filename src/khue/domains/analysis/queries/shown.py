"""Data as they are shown and printed."""

from dataclasses import asdict
from typing import Any

from khue.domains.analysis.models import Dataset, Table
from khue.domains.analysis.profile import ColumnProfile, TableProfile
from khue.domains.analysis.queries import labels
from khue.domains.analysis.queries.reading import shown as said
from khue.domains.analysis.queries.tables import profile_of
from khue.domains.analysis.queries.wording import remark


def dataset_as_json(dataset: Dataset) -> dict[str, Any]:
    return {
        "name": dataset.slug,
        "title": dataset.title,
        "data_class": dataset.get_data_class_display(),
        "personal": dataset.found,
        "remarks": [remark(one) for one in dataset.remarks],
        "tables": [table_as_json(table) for table in dataset.tables.all()],
    }


def table_as_json(table: Table) -> dict[str, Any]:
    seen = TableProfile.of_json(profile_of(table))
    return {
        "name": table.name,
        "title": table.title,
        "rows": seen.rows,
        "duplicates": seen.duplicates,
        "remarks": [remark(one) for one in table.profile.get("remarks", [])],
        "columns": [_column(column) for column in seen.columns],
    }


def _column(column: ColumnProfile) -> dict[str, Any]:
    shown = asdict(column)
    if column.personal:
        # whose data they are stays out of what is printed
        shown |= {"values": [], "minimum": None, "maximum": None}
    return shown | {"values": [list(one) for one in shown["values"][:20]]}


def table_shown(table: Table) -> dict[str, Any]:
    """For its page."""
    seen = TableProfile.of_json(profile_of(table))
    place = next((column for column in seen.columns if column.role == "place"), None)
    return {
        "table": table,
        "profile": seen,
        "columns": [{"column": column, "holds": _holds(column)} for column in seen.columns],
        "remarks": [remark(one) for one in table.profile.get("remarks", [])],
        "place": place,
        "merges": bool(place and place.provinces["vintage"] == "before"),
    }


def _holds(column: ColumnProfile) -> str:
    """Its values in a few words; none of a personal column."""
    if column.personal:
        return ""
    if column.role in {"category", "place", "text"} and column.values:
        return ", ".join(labels.value(str(value)) for value, _count in column.values[:5]) + (
            " …" if column.distinct > 5 else ""
        )
    if column.minimum is None:
        return ""
    return f"{said(column.minimum)} – {said(column.maximum)}"
