"""Making, naming and placing organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.people.forms.people import OrganisationField
from khue.domains.people.models import Organisation, OrganisationKind
from khue.domains.people.queries import organisations
from khue.domains.people.rules import Actor


class NamesForm(forms.Form):
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)

    def names(self) -> dict[str, str]:
        """Only the languages in which there is a name."""
        given = {language: self.cleaned_data[f"name_{language}"] for language in ("vi", "en", "fr")}
        return {language: name for language, name in given.items() if name}


class OrganisationForm(NamesForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices, initial=OrganisationKind.UNIT)
    parent = OrganisationField(label=_("Part of"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = organisations.choices(actor)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    parent = OrganisationField(label=_("Move to"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = organisations.choices(actor).exclude(path__startswith=organisation.path)
        self.fields["parent"].queryset = places  # type: ignore[attr-defined]
        self.fields["parent"].initial = organisation.parent_id
