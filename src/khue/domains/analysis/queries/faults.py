"""Why a method could not be used, in words that say what to choose instead."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def explain(code: str, values: Mapping[str, Any]) -> str:
    return _TEXTS().get(code, _("These columns do not fit this method. Choose others.")) % dict(values)


def _TEXTS() -> dict[str, str]:  # noqa: N802 - a table, in the active language
    return {
        "no_columns": _("Choose the columns first."),
        "unknown_column": _("There is no column “%(name)s”. The columns are: %(names)s."),
        "not_numbers": _(
            "The column “%(name)s” is not made of numbers only: it holds “%(value)s”. Choose another one."
        ),
        "not_time": _("The column “%(name)s” holds “%(value)s”, which is neither a year, a month nor a date."),
        "too_few": _("There are %(have)s usable rows; this needs at least %(need)s. Nothing was computed."),
        "too_many_rows": _(
            "These are more than %(most)s rows. Ask for a summary first and use the method on what comes out."
        ),
        "bad_weights": _("Weights must not be negative, and at least one must be above zero."),
        "group_count": _("“%(name)s” makes %(count)s groups; a comparison takes 2 to %(most)s. Choose another column."),
        "single_rows": _(
            "At least two groups need two rows each; “%(name)s” gives nearly every row a group of its own."
        ),
        "constant": _("“%(name)s” never changes in these rows, so there is nothing to look for."),
        "same_column": _("Choose two different columns: every column moves with itself."),
        "too_few_indicators": _("An index needs at least two indicators."),
        "unknown_choice": _("Choose one of the ways to scale and to put together that are offered."),
        "empty_column": _("“%(name)s” holds no value at all in this table: leave it out."),
        "dimensions": _("Each indicator must stand in exactly one dimension."),
        "negative": _("“%(name)s” holds negative values, or only zeros: shares of it have no meaning."),
        "nobody_treated": _("No row has “%(name)s” in that column. Choose a value that stands there."),
        "empty_cell": _(
            "Both groups need at least two rows before and from %(start)s on. Choose another start, or a column that "
            "also holds places where nothing changed."
        ),
        "short_sides": _("At least three times are needed before and from %(start)s on. Choose another start."),
        "lone_cluster": _(
            "One stratum has a single cluster, so its spread is unknown. Join it with a similar stratum."
        ),
        "many_gaps": _("%(percent)s%% of the periods have no value; at most %(most)s%% may be missing for a forecast."),
        "many_series": _("These columns part the rows into %(count)s series; a forecast takes up to %(most)s."),
        "horizon": _("From %(have)s periods at most %(most)s can be forecast. Ask for fewer, or bring a longer past."),
        "scenario_start": _("The scenario “%(name)s” begins at “%(value)s”, which is no period of the forecast."),
        "scenario_size": _("The scenario “%(name)s” changes things by more than can be meant: −100%% to +1000%%."),
        "scenarios": _("Up to %(most)s scenarios, each with a name of its own."),
        "table_dimensions": _("A table takes one to three columns; these are %(count)s."),
        "large_table": _(
            "This table would have %(count)s cells; up to %(most)s can be protected. Choose coarser columns."
        ),
        "unprotectable": _("The cell %(cell)s cannot be protected while its totals are shown. Leave out one column."),
        "two_roles": _("“%(name)s” cannot be both: choose one role for each column."),
        "many_quasi": _("%(count)s columns that others may know are too many; choose up to %(most)s."),
        "too_few_people": _("%(have)s rows are too few to hide anybody among: at least %(need)s are needed."),
        "budget": _("A budget above %(most)s protects nobody, and it must be more than zero. Usual are 0.1 to 2."),
    }
