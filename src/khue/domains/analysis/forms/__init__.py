"""What people fill in about data."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import CLASS_CHOICES
from khue.gateway.api import DataClass


class BringForm(forms.Form):
    title = forms.CharField(label=_("Name of the data"), max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX, XLS, ODS or Parquet; old encodings are converted."))
    origin = forms.CharField(
        label=_("Where the figures come from"), max_length=1000, required=False,
        help_text=_("It stands beside every chart and in every export."),
    )  # fmt: skip
    data_class = forms.TypedChoiceField(
        label=_("Data class"), choices=CLASS_CHOICES, coerce=int, initial=DataClass.INTERNAL.value,
        help_text=_("It rises by itself where personal data are found."),
    )  # fmt: skip
    is_shared = forms.BooleanField(label=_("Everybody in my organisation may read them"), required=False)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > settings.KHUE_UPLOAD_LIMIT_MB * 1024**2:
            text = _(
                "The file is larger than %(most)s MB. Bring it as Parquet, or load it at the server: khue data load."
            )
            raise forms.ValidationError(text % {"most": settings.KHUE_UPLOAD_LIMIT_MB})
        return file


class AskForm(forms.Form):
    question = forms.CharField(max_length=500)


class SqlForm(forms.Form):
    sql = forms.CharField(
        label=_("SQL"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
    )
    question = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
