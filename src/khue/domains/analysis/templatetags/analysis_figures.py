"""Figures of methods on pages: labels of their columns, digits that can be used."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from khue.domains.analysis.queries import labels
from khue.domains.analysis.queries.forecasts import model_label as label_of_model
from khue.domains.analysis.queries.statistics import figure
from khue.ui.formats import number

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    return text.split("\n")


@register.filter
def column_label(name: str, known: Mapping[str, str]) -> str:
    return labels.column(name, known)


@register.filter
def table_label(name: str) -> str:
    return labels.table(name)


@register.filter
def model_label(name: str) -> str:
    return label_of_model(name)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def numeric(rows: Sequence[Sequence[Any]]) -> set[int]:
    """Which columns are numbers, by the first rows."""
    return {at for row in rows[:20] for at, value in enumerate(row) if _is_number(value)}


@register.filter
def as_cells(rows: Sequence[Sequence[Any]]) -> list[list[tuple[str, bool]]]:
    """(text, whether it is a number). A column of whole numbers, such as counts, has no decimals."""
    whole = [_is_counted(column) for column in zip(*rows, strict=True)]
    return [[(_cell(value, is_whole), _is_number(value)) for value, is_whole in zip(row, whole, strict=True)]
            for row in rows[:200]]  # fmt: skip


def _is_counted(column: Sequence[Any]) -> bool:
    known = [float(value) for value in column if _is_number(value)]
    return any(known) and all(value.is_integer() for value in known)


@register.filter
def cell(value: Any) -> str:
    return _cell(value, False)


def _cell(value: Any, is_whole: bool) -> str:
    if value is None:
        return "–"
    if not _is_number(value):
        return labels.value(str(value))
    return number(value, 0) if is_whole else figure(value)


@register.filter
def mase_of(test: Mapping[str, Any], model: str) -> str:
    return figure(test["mase"].get(model))
