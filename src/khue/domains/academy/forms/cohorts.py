"""Opening a cohort, taking a list, making teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.enrolments import MEGABYTES
from khue.domains.academy.actions.teams import SIZES
from khue.domains.academy.models import ProgrammeVersion
from khue.domains.academy.queries import cohorts
from khue.domains.people.api import Actor, organisation_names


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, version: ProgrammeVersion) -> str:
        return f"{version.name} ({version.number})"


class CohortForm(forms.Form):
    version = VersionField(label=_("Programme"), queryset=ProgrammeVersion.objects.none())
    organisation = forms.ChoiceField(label=_("Run by"))
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("For example: Cohort 3, autumn 2026"))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = cohorts.versions_to_run(actor)  # type: ignore[attr-defined]
        names = organisation_names(actor.branch)
        here = [actor.organisation_id, *(key for key in names if key != actor.organisation_id)]
        self.fields["organisation"].choices = [(str(key), names[key]) for key in here if key in names]  # type: ignore[attr-defined]


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List of participants"),
        help_text=_(
            "XLSX or CSV. One row names the columns: name, e-mail, telephone, province, unit, position, experience, "
            "place, code; only the name and one more are needed."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 2**20:
            raise forms.ValidationError(_("This file is larger than 10 MB. Divide the list."))
        return file


class TeamsForm(forms.Form):
    size = forms.TypedChoiceField(
        label=_("People in a team"), choices=[(n, str(n)) for n in SIZES], coerce=int, initial=5
    )
