"""Making a personal key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.gateway.api import DataClass

CLASSES = [
    (DataClass.PUBLIC, _("Public")),
    (DataClass.INTERNAL, _("Internal")),
    (DataClass.CONFIDENTIAL, _("Confidential")),
]
DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("1 year")), ("", _("Until I revoke it"))]


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For example the name of the program that will use it")
    )
    aliases = forms.MultipleChoiceField(
        label=_("Models"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all models of this installation"),
    )
    highest_class = forms.TypedChoiceField(
        label=_("Highest class of data"),
        choices=CLASSES,
        coerce=lambda value: DataClass(int(value)),
        initial=DataClass.INTERNAL,
        help_text=_("What is above it is refused, also when a text turns out to hold more than was said"),
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        choices=DAYS,
        coerce=lambda value: int(value) if value else None,
        empty_value=None,
        required=False,
        initial=90,
    )

    def __init__(self, *args: Any, aliases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aliases"].choices = aliases  # type: ignore[attr-defined]
