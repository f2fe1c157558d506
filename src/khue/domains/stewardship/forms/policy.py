"""What a steward fills in to make the policy stricter, or to try it out."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.domains.stewardship.words import CLASS_NAMES, STRICTER_NAMES, ZONE_NAMES
from khue.gateway.api import DataClass, Ruling, Zone

CLASSES = [(int(one), name) for one, name in CLASS_NAMES.items()]
ZONES = [(str(zone), ZONE_NAMES[zone]) for zone in Zone]
SAMPLE = 20_000


class PlaceForm(forms.Form):
    """An organisation of the branch; others do not exist."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = people.organisation_labels(by)
        self.fields["organisation"].choices = [(str(pk), name) for pk, name in labels.items()]  # type: ignore[attr-defined]
        self.fields["organisation"].initial = str(by.organisation_id)
        self.fields["organisation"].widget.attrs["class"] = "input"


class CellForm(PlaceForm):
    """Which cell of the matrix is looked at."""

    data_class = forms.TypedChoiceField(coerce=lambda value: DataClass(int(value)), choices=CLASSES, required=False)
    zone = forms.TypedChoiceField(coerce=Zone, choices=ZONES, required=False)


class TightenForm(PlaceForm):
    data_class = forms.TypedChoiceField(
        coerce=lambda value: DataClass(int(value)), choices=CLASSES, widget=forms.HiddenInput
    )
    zone = forms.TypedChoiceField(coerce=Zone, choices=ZONES, widget=forms.HiddenInput)
    decision = forms.TypedChoiceField(
        label=_("From today on"), coerce=Ruling, choices=list(STRICTER_NAMES.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is shown to everyone whom the rule concerns."),
    )

    def __init__(self, *args: Any, by: Actor, now: Ruling | None = None, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["organisation"].widget = forms.HiddenInput()
        if now is not None:
            stricter = [(one, name) for one, name in STRICTER_NAMES.items() if one.strictness > now.strictness]
            self.fields["decision"].choices = stricter  # type: ignore[attr-defined]
            self.fields["decision"].initial = stricter[0][0] if stricter else None


class WhatIfForm(PlaceForm):
    data_class = forms.TypedChoiceField(
        label=_("The class that is said"), coerce=lambda value: DataClass(int(value)), choices=CLASSES, initial=1
    )
    target = forms.ChoiceField(label=_("Where it would go"))
    sample = forms.CharField(
        label=_("A text to try"),
        required=False,
        max_length=SAMPLE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is looked at here and neither stored nor sent."),
    )
    field_order = ("organisation", "data_class", "target", "sample")

    def __init__(self, *args: Any, by: Actor, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        choices = [(_("A zone"), ZONES), (_("A connected model"), providers)] if providers else ZONES
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
        self.fields["target"].initial = str(Zone.ABROAD)
