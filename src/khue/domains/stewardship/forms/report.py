"""Which report is wanted."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.people import api as people
from khue.domains.people.api import Actor


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Both optional: the page has a period of its own then."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput())


class ReportForm(PeriodForm):
    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID, required=False, empty_value=None)
    field_order: tuple[str, ...] = ("organisation", "since", "until")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].initial = str(by.organisation_id)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")
        self.fields["organisation"].choices = [(str(pk), label) for pk, label in people.organisation_labels(by).items()]  # type: ignore[attr-defined]
