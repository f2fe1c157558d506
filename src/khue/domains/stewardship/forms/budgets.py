"""Limits of tokens. Empty: what holds otherwise; 0: no limit."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.gateway import api as gateway
from khue.gateway.api import Period, Whose
from khue.ui import formats

LABELS = {
    (Whose.PERSON, Period.DAY): gettext_lazy("Each person in a day"),
    (Whose.PERSON, Period.MONTH): gettext_lazy("Each person in a month"),
    (Whose.ORGANISATION, Period.DAY): gettext_lazy("The whole organisation in a day"),
    (Whose.ORGANISATION, Period.MONTH): gettext_lazy("The whole organisation in a month"),
}


class LimitsForm(forms.Form):
    """A field for each (whose, period) of `kinds`; `changed` is what differs from before."""

    def __init__(self, *args: Any, known: dict[tuple[Whose, Period], int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for (whose, period), label in self.labels.items():
            self.fields[f"{whose}_{period}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=10**12,
                initial=known.get((whose, period)),
                help_text=self.otherwise(whose, period),
            )

    @property
    def labels(self) -> dict[tuple[Whose, Period], Any]:
        return dict(LABELS)

    def otherwise(self, whose: Whose, period: Period) -> str:
        tokens = gateway.default_budget(whose, period)
        if tokens:
            return _("tokens; empty: %(tokens)s, as set for this installation; 0: no limit") % {
                "tokens": formats.number(tokens)
            }
        return _("tokens; empty or 0: no limit")

    def changed(self) -> dict[tuple[Whose, Period], int | None]:
        given = {key: self.cleaned_data[f"{key[0]}_{key[1]}"] for key in self.labels}
        return {key: tokens for key, tokens in given.items() if tokens != self.known.get(key)}


class PlaceForm(LimitsForm):
    below = forms.BooleanField(
        label=gettext_lazy("The limit of each person also in all units below"), required=False, initial=True
    )
    field_order: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "below"), "below"])


class PersonForm(LimitsForm):
    @property
    def labels(self) -> dict[tuple[Whose, Period], Any]:
        return {(Whose.PERSON, Period.DAY): _("In a day"), (Whose.PERSON, Period.MONTH): _("In a month")}

    def otherwise(self, whose: Whose, period: Period) -> str:
        return _("tokens; empty: as for everybody; 0: no limit")
