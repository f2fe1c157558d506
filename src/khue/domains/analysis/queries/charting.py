"""Charts and tables as pages show them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.engine import Result
from khue.domains.analysis.queries.reading import shown

CHART_NAMES: dict[str, Promise] = {
    "line": _("Line over time"),
    "multiples": _("Small charts beside each other"),
    "ranking": _("Bars"),
    "grouped": _("Bars in groups"),
    "part": _("Parts of a whole"),
    "relation": _("Two amounts against each other"),
    "distribution": _("Distribution"),
    "map": _("Tile map of the 34 provinces"),
    "map_before": _("Tile map of the 63 provinces of before"),
}
MOST_ROWS = 200


def as_table(result: Result, called: Mapping[str, str]) -> dict[str, Any]:
    """Cells as texts in the active language, with what is to be set right."""
    right = [column.type in {"integer", "number"} for column in result.columns]
    rows = [
        [(shown(value), is_right) for value, is_right in zip(row, right, strict=True)]
        for row in result.rows[:MOST_ROWS]
    ]
    heads = [(called.get(name, name), is_right) for name, is_right in zip(result.names, right, strict=True)]
    return {"heads": heads, "rows": rows, "more": max(0, len(result.rows) - MOST_ROWS)}
