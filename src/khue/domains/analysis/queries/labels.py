"""What the columns and tables of methods are called on pages."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def column(name: str, known: Mapping[str, str] = {}) -> str:  # noqa: B006 - only read
    """A column of the data is called by its heading, as `known` has it."""
    return {
        "group": _("group"), "n": _("count"), "mean": _("mean"), "low": _("from (95%)"), "high": _("to (95%)"),
        "sd": _("standard deviation"), "median": _("median"), "first": _("first"), "second": _("second"),
        "difference": _("difference"), "p": "p", "measure": _("measure"), "estimate": _("estimate"),
        "time": _("time"), "line": _("fitted line"), "unit": _("unit"), "score": _("score"), "rank": _("rank"),
        "rank_low": _("best rank"), "rank_high": _("worst rank"), "choice": _("choice"), "instead": _("instead"),
        "mean_shift": _("ranks moved, on average"), "most_shift": _("ranks moved, at most"),
        "same_order": _("likeness of the order (τ)"), "people": _("share of people"), "share": _("share"),
        "equal": _("if all had the same"), "part": _("part"), "theil": "Theil", "before": _("before"),
        "after": _("after"), "change": _("change"),
        "expected": _("had it gone on as before"), "se": _("standard error"),
        "design_effect": _("design effect"), "period": _("period"), "forecast": _("forecast"),
        "low80": _("from (80%)"), "high80": _("to (80%)"), "naive": _("as a season before"),
    }.get(name, known.get(name, name))  # fmt: skip


def table(name: str) -> str:
    return {
        "means": _("Means"), "pairs": _("Pairs"), "slope": _("Change in a year"), "points": _("Course"),
        "coefficients": _("Coefficients"), "scores": _("Scores and ranks"), "choices": _("If it were done otherwise"),
        "measures": _("Measures"), "lorenz": _("Lorenz curve"), "parts": _("Parts of Theil’s index"),
        "effect": _("Effect"), "paths": _("Course of both"), "estimates": _("Estimates"), "forecast": _("Forecast"),
        "protected": _("Table that may be shown"),
    }.get(name, _("Table"))  # fmt: skip


def value(text: str) -> str:
    """Words that methods put into cells."""
    return {
        "treated": _("took part"), "others": _("the others"),
        "expected": _("had it gone as with the others"), "effect": _("effect"), "level": _("jump"),
        "slope": _("change in a year"), "gini": "Gini", "theil": "Theil", "palma": "Palma",
        "between": _("between groups"), "pearson": "Pearson", "spearman": "Spearman", "scale": _("scale"),
        "aggregate": _("put together"), "without": _("without"), "minmax": _("lowest to highest"), "z": "z",
        "rank": _("rank"), "sum": _("sum"), "mean": _("mean"), "geometric": _("geometric mean"),
        "none": _("as they are"),
        "∑": _("all together"), "": _("all together"), "True": _("yes"), "False": _("no"),
    }.get(text, text)  # fmt: skip
