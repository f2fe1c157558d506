"""Forms about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.credentials.packaging import LARGEST


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
