"""Somebody at the door."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.enrolments import provinces
from khue.domains.academy.models import Cohort, Place


class WalkInForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "autocapitalize": "words"}),
    )
    province = forms.CharField(
        label=_("Province"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "provinces"}),
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, cohort: Cohort, place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid4(), "place": place}, **kwargs})
        self.fields["place"].queryset = cohort.places.all()  # type: ignore[attr-defined]
        self.provinces = provinces().today
