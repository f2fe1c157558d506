"""A forecast and a protected table as kinds of steps."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.analysis.engine import Result
from khue.domains.analysis.queries.faults import explain
from khue.domains.analysis.queries.statistics import figure, when
from khue.domains.analysis.stepping import Kind
from khue.ui.formats import number, percent

Facts = Mapping[str, Any]


def model_label(name: str) -> str:
    return {
        "naive": _("as a season before (seasonal naive)"),
        "ets": _("exponential smoothing (ETS)"),
        "arima": "ARIMA",
        "theta": "Theta",
        "ensemble": _("weighted mean of the models"),
    }.get(name, name)


def _forecast(result: Result, facts: Facts) -> str:
    test = facts["tests"][0]
    end = {name: figure(value) for name, value in facts["end"].items()}
    lines = [
        _("For %(until)s “%(value)s” is forecast at %(mean)s, with 95 of 100 chances between %(low)s and %(high)s.")
        % {"until": when(facts["until"]), "value": facts["value"], **end},
        _tested(test),
    ]
    if test["coverage"] is not None:
        held = _("In the later half of the back-test %(share)s of the values fell within the 95%% intervals.")
        lines.append(held % {"share": percent(test["coverage"])})
    if test["calendar"]:
        lines.append(_("What moves with Tết and public holidays was taken into account."))
    if facts["filled"]:
        lines.append(_("%(count)s missing periods were drawn between their neighbours.") % {"count": facts["filled"]})
    lines += [
        _("Scenario “%(name)s”: %(value)s for %(until)s. This rests on the assumption made, not on the data.")
        % {"name": name, "value": figure(value), "until": when(facts["until"])}
        for name, value in facts["scenarios"].items()
    ]
    lines.append(_("A forecast continues the past: a new policy, a merger or an epidemic is not in it."))
    return "\n".join(lines)


def _tested(test: Facts) -> str:
    model, missed = test["model"], test["mase"]
    facts = {
        "count": test["origins"],
        "model": model_label(model),
        "ours": figure(test["mae"][model]),
        "naive": figure(test["mae"]["naive"]),
    }
    if model == "naive":
        return _(
            "Tested at %(count)s earlier times, nothing was better than what was a season before: that is the forecast."
        ) % {"count": test["origins"]}
    if missed[model] < missed["naive"]:
        return (
            _(
                "Tested at %(count)s earlier times, the %(model)s missed by %(ours)s on average; what was a season "
                "before would have missed by %(naive)s."
            )
            % facts
        )
    return (
        _(
            "Tested at %(count)s earlier times, the %(model)s missed by %(ours)s on average, no better than what was a "
            "season before (%(naive)s): do not rely on it."
        )
        % facts
    )


def _protected(result: Result, facts: Facts) -> str:
    counted = {name: number(facts[name]) for name in ("cells", "primary", "secondary", "least")}
    if not facts["primary"]:
        return _("No cell of %(cells)s counts fewer than %(least)s, so all are shown.") % counted
    return (
        _(
            "%(primary)s of %(cells)s cells count fewer than %(least)s and are left out, with %(secondary)s more so "
            "that nobody can work them out from the totals."
        )
        % counted
    )


KINDS = (
    Kind(
        name="forecast",
        label=gettext_lazy("Forecast"),
        run="khue.domains.analysis.forecasting.steps:run",
        tell=_forecast,
        explain=explain,
        template="analysis/steps/_forecast.html",
        modules=(
            *(
                f"khue.domains.analysis.forecasting.{name}"
                for name in (
                    "series", "calendar", "models", "backtest", "hierarchy", "scenarios", "forecast",
                )
            ),
            "khue.domains.analysis.statistics.result",
            "khue.domains.analysis.statistics.source",
        ),
        needs=("pandas>=2.3", "statsforecast>=2.1", "holidays>=0.80"),
    ),
    Kind(
        name="protected",
        label=gettext_lazy("Table that may be shown"),
        run="khue.domains.analysis.disclosure.steps:run",
        tell=_protected,
        explain=explain,
        template="analysis/steps/_protected.html",
        modules=(
            "khue.domains.analysis.disclosure.cells",
            "khue.domains.analysis.statistics.result",
            "khue.domains.analysis.statistics.source",
        ),
        needs=("pandas>=2.3", "scipy>=1.15"),
    ),
)  # fmt: skip
