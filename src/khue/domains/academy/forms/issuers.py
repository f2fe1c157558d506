"""Forms about institutions and their keys."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Issuer
from khue.domains.academy.rules.certificates import LANGUAGES
from khue.ui.typesetting import without_glyphs

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_PICTURE = 500_000


class PictureField(forms.FileField):
    """A PNG with a clear ground."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        if file.size > LARGEST_PICTURE or file.read(len(PNG)) != PNG:
            raise forms.ValidationError(_("Bring a PNG picture of 500 kB at most."))
        file.seek(0)
        return file


class IssuerForm(forms.Form):
    url = forms.URLField(label=_("Address on the web"), required=False, assume_scheme="https")
    signatory = forms.CharField(label=_("Who signs"), max_length=120, required=False)
    seal = PictureField(
        label=_("Seal"), required=False, help_text=_("A PNG picture with a transparent ground, 500 kB at most.")
    )
    signature = PictureField(label=_("Signature"), required=False)

    def __init__(self, *args: Any, issuer: Issuer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        own = {}
        for language in LANGUAGES:
            label = {"language": names[language]}
            name, title = f"name_{language}", f"title_{language}"
            self.fields[name] = forms.CharField(
                label=_("Name (%(language)s)") % label, max_length=200, required=language == "vi"
            )
            self.fields[title] = forms.CharField(
                label=_("Office of who signs (%(language)s)") % label, max_length=120, required=False
            )
            if issuer:
                own[name] = issuer.names.get(language, "")
                own[title] = issuer.signatory_titles.get(language, "")
        self.order_fields([*(f"name_{one}" for one in LANGUAGES), "url", "signatory",
                           *(f"title_{one}" for one in LANGUAGES), "seal", "signature"])  # fmt: skip
        if issuer:
            self.initial = own | {"url": issuer.url, "signatory": issuer.signatory}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, text in list(given.items()):
            if isinstance(text, str) and (lacking := without_glyphs(text)):
                said = _("No font here has these characters: %(characters)s") % {"characters": " ".join(lacking)}
                self.add_error(name, said)
        return given

    def facts(self) -> dict[str, Any]:
        """As actions.issuers takes them; pictures None where none was brought."""
        given = self.cleaned_data
        pictures = {name: given[name].read() if given.get(name) else None for name in ("seal", "signature")}
        texts = {
            plural: {language: given[f"{name}_{language}"] for language in LANGUAGES if given[f"{name}_{language}"]}
            for name, plural in (("name", "names"), ("title", "signatory_titles"))
        }
        return {"url": given["url"], "signatory": given["signatory"]} | texts | pictures


class RevokeKeyForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)
