"""Forms about certificates."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.credentials.packaging import LARGEST
from khue.domains.academy.models import CertificatePlan, Issuer
from khue.domains.academy.models.certificate import ENDED_LABELS
from khue.domains.people.api import Actor


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("The PDF, the JSON file or the PNG badge, as you received it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.png,.pdf"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large to be a certificate."))
        return file


class ShowForm(forms.Form):
    """What the holder agrees to show whoever has the address."""

    name = forms.BooleanField(label=_("My name"), required=False)
    course = forms.BooleanField(label=_("The programme, its dates and what I had to do"), required=False)
    file = forms.BooleanField(
        label=_("The signed file itself, to download"),
        required=False,
        help_text=_("It says everything that stands on the certificate, your name included."),
    )


class IssuerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, issuer: Issuer) -> str:
        return issuer.name


class PlanForm(forms.Form):
    issuer = IssuerField(label=_("Given by"), queryset=Issuer.objects.none())
    second = IssuerField(
        label=_("Together with"),
        queryset=Issuer.objects.none(),
        required=False,
        empty_label=_("nobody else"),
        help_text=_("The second institution signs, too; an administrator adds institutions."),
    )
    first_language = forms.ChoiceField(label=_("Written in"))
    other_language = forms.ChoiceField(label=_("And beside it in"), required=False)

    def __init__(self, *args: Any, plan: CertificatePlan, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Issuer.objects.kept_by(actor)
        for name in ("issuer", "second"):
            self.fields[name].queryset = near  # type: ignore[attr-defined]
        names = dict(settings.LANGUAGES)
        there = [(one, names[one]) for one in plan.cohort.version.languages]
        self.fields["first_language"].choices = there  # type: ignore[attr-defined]
        self.fields["other_language"].choices = [("", _("no other language")), *there]  # type: ignore[attr-defined]
        first, *others = plan.languages
        self.initial = {
            "issuer": plan.issuer_id,
            "second": plan.second_id,
            "first_language": first,
            "other_language": others[0] if others else "",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("issuer") and given.get("issuer") == given.get("second"):
            self.add_error("second", _("Choose two different institutions."))
        languages = [given.pop("first_language", ""), given.pop("other_language", "")]
        return given | {"languages": list(dict.fromkeys(filter(None, languages)))}


class EndForm(forms.Form):
    why = forms.ChoiceField(label=_("Why"), choices=[(why.value, label) for why, label in ENDED_LABELS.items()])
    name = forms.CharField(
        label=_("Name on the new certificate"), max_length=200, help_text=_("Only where it is replaced.")
    )
    note = forms.CharField(
        label=_("Note for the register"),
        max_length=300,
        required=False,
        help_text=_("Seen by those who give certificates, not by others."),
    )
