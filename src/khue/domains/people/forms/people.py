"""Making accounts and giving roles."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from khue.domains.people.models import ROLE_LABELS, Organisation
from khue.domains.people.queries import organisations
from khue.domains.people.rules import Actor, Role, grantable


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The tree, each level set in."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return "\u2003" * organisation.depth + organisation.name


class RoleForm(forms.Form):
    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations.choices(actor)  # type: ignore[attr-defined]
        self.fields["organisation"].initial = actor.organisation_id
        allowed = grantable(actor.roles)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, label) for role, label in ROLE_LABELS.items() if role in allowed
        ]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AccountForm(RoleForm):
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and . _ - @ + without spaces, for example nguyen.an"),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)

    field_order = ["full_name", "username", "email", "organisation", "role"]


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Find by name, username or e-mail"), required=False, max_length=100)
