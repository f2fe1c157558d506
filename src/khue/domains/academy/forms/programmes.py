"""Bringing a programme in from a ZIP, and copying one for another run."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor, organisation_names


class _ForOrganisation(forms.Form):
    organisation = forms.ChoiceField(label=_("For"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = organisation_names(actor.branch)
        here = [actor.organisation_id, *(key for key in names if key != actor.organisation_id)]
        self.fields["organisation"].choices = [(str(key), names[key]) for key in here if key in names]  # type: ignore[attr-defined]

    @property
    def organisation_id(self) -> UUID:
        return UUID(self.cleaned_data["organisation"])


class BoxForm(_ForOrganisation):
    file = forms.FileField(
        label=_("Course in a box (ZIP)"),
        help_text=_("The ZIP that another Khuê exported, or a programme's folder that you zipped yourself."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    field_order = ["file", "organisation"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.KHUE_UPLOAD_LIMIT_MB * 2**20:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB.") % {"most": settings.KHUE_UPLOAD_LIMIT_MB}
            )
        return file


class CloneForm(_ForOrganisation):
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("The days of the timetable are counted from here; Saturdays and Sundays are passed over."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(
        label=_("Name of the new cohort"), max_length=150,
        help_text=_("It opens with the sessions of the timetable; you bring its participants in next."),
    )  # fmt: skip
