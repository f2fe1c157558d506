"""Figures of methods on pages: labels of their columns, digits that can be used."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from khue.domains.analysis.queries import labels
from khue.domains.analysis.queries.forecasts import model_label as label_of_model
from khue.domains.analysis.queries.statistics import figure

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


@register.filter
def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def numeric(rows: Sequence[Sequence[Any]]) -> set[int]:
    """Which columns are numbers, by the first row that has one."""
    return {at for row in rows[:20] for at, value in enumerate(row) if is_number(value)}


@register.filter
def cell(value: Any) -> str:
    if value is None:
        return "–"
    return figure(value) if is_number(value) else labels.value(str(value))


@register.filter
def mase_of(test: Mapping[str, Any], model: str) -> str:
    return figure(test["mase"].get(model))
