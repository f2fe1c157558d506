"""What a steward fills in to lower a class, or to take such a decision back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.stewardship.rules import Raised
from khue.domains.stewardship.words import CLASS_NAMES
from khue.gateway.classes import DataClass


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the record for good. Name no person and no number that the document holds."),
    )


class LowerForm(ReasonForm):
    to = forms.TypedChoiceField(label=_("The class from now on"), coerce=int, widget=forms.RadioSelect)
    field_order = ("to", "reason")

    def __init__(self, *args: Any, thing: Raised, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lower = [found for found in DataClass if thing.floor <= found < thing.current]
        self.fields["to"].choices = [(int(found), CLASS_NAMES[found]) for found in lower]  # type: ignore[attr-defined]
        self.fields["to"].initial = int(thing.floor)
