"""What a person may change about a chart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis import charts
from khue.domains.analysis.engine import Result
from khue.domains.analysis.queries.charting import CHART_NAMES

COLOURS = [
    ("", _("as it is")), ("jade", _("jade")), ("blue", _("blue")), ("vermilion", _("vermilion")),
    ("green", _("green")), ("purple", _("purple")), ("orange", _("orange")),
]  # fmt: skip
ORDERS = [
    ("", _("as in the table")), ("high", _("highest first")), ("low", _("lowest first")), ("name", _("by name")),
]  # fmt: skip
LABELS = [("", _("as it is")), ("yes", _("with figures")), ("no", _("without figures"))]
# which forms may be divided by one more column, and what they become
DIVIDED: dict[str, Any] = {
    "line": "line",
    "multiples": "multiples",
    "relation": "relation",
    "ranking": "grouped",
    "grouped": "grouped",
}
FEW = 12


class ChartForm(forms.Form):
    """`kind` is one that fits, as its place among them."""

    kind = forms.TypedChoiceField(label=_("Form"), coerce=int)
    by = forms.ChoiceField(label=_("Divided by"), required=False)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    x_title = forms.CharField(label=_("Words at the horizontal axis"), max_length=80, required=False)
    y_title = forms.CharField(label=_("Words at the vertical axis"), max_length=80, required=False)
    order = forms.ChoiceField(label=_("Order of bars"), choices=ORDERS, required=False)
    top = forms.IntegerField(label=_("Only so many"), min_value=1, max_value=100, required=False)
    labels = forms.ChoiceField(label=_("Figures on the chart"), choices=LABELS, required=False)
    colour = forms.ChoiceField(
        label=_("Colour"), choices=COLOURS, required=False,
        help_text=_("All of them stay apart for who does not see red and green."),
    )  # fmt: skip

    def __init__(self, table: Result, chart: dict[str, Any], given: Any = None, **more: Any) -> None:
        self.fitting = charts.kinds_for(table)
        super().__init__(given, initial=_now(self.fitting, chart), **more)
        kinds = [(at, CHART_NAMES[one.kind]) for at, one in enumerate(self.fitting)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        names = [(name, name) for name in _dividing(table)]
        self.fields["by"].choices = [("", _("nothing")), *names]  # type: ignore[attr-defined]

    def choice(self) -> charts.Choice:
        chosen: charts.Choice = self.fitting[self.cleaned_data["kind"]]
        by = self.cleaned_data["by"]
        if chosen.kind not in DIVIDED or by in {chosen.x, chosen.y}:
            return chosen
        if not by:
            return replace(chosen, by="") if chosen.kind in {"line", "relation"} else chosen
        return replace(chosen, kind=DIVIDED[chosen.kind], by=by)

    def edit(self) -> charts.Edit:
        facts = self.cleaned_data
        return charts.Edit(
            title=facts["title"], x_title=facts["x_title"], y_title=facts["y_title"], colour=facts["colour"],
            order=facts["order"], top=facts["top"] or 0, labels={"yes": True, "no": False}.get(facts["labels"]),
        )  # fmt: skip


def _now(fitting: Sequence[charts.Choice], chart: dict[str, Any]) -> dict[str, Any]:
    choice, edit = charts.choice_of(chart), charts.edit_of(chart)
    kinds = [one.kind for one in fitting]
    return {
        **edit.as_json(),
        "labels": {True: "yes", False: "no"}.get(edit.labels, "") if edit.labels is not None else "",
        "kind": kinds.index(choice.kind) if choice and choice.kind in kinds else 0,
        "by": choice.by if choice else "",
    }


def _dividing(table: Result) -> list[str]:
    """Columns of few values."""
    kinds = {"text", "boolean", "integer"}
    return [one.name for one in table.columns if one.type in kinds and 1 < len(set(table.column(one.name))) <= FEW]
