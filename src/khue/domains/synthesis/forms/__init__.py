"""What people fill in about reports, answers and notes."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from khue.domains.synthesis.models import CLASS_CHOICES
from khue.gateway.api import DataClass


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        one_by_one = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in one_by_one if one] or super().clean(None)


class Common(forms.Form):
    data_class = forms.TypedChoiceField(
        label=_("Data class"), choices=CLASS_CHOICES, coerce=int, initial=DataClass.INTERNAL.value,
        help_text=_("It decides which model may read the texts."),
    )  # fmt: skip
    is_shared = forms.BooleanField(label=_("Everybody in my organisation may read it"), required=False)


class SynthesisForm(Common):
    title = forms.CharField(
        label=_("What the report is on"), max_length=250,
        help_text=_("For example: tổng hợp kết quả cải cách hành chính 6 tháng đầu năm 2026"),
    )  # fmt: skip
    brought = ManyFilesField(label=_("Reports"), help_text=_("DOCX, PDF or XLSX, up to 200, one for each unit."))
    outline = forms.CharField(
        label=_("Outline"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("One point a line. Without an outline, themes are found."),
    )  # fmt: skip
    expected = forms.CharField(
        label=_("Units that ought to report"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. Empty: all 34 provinces, if most of those that reported are provinces."),
    )  # fmt: skip
    field_order = ("title", "brought", "outline", "expected", "data_class", "is_shared")


class AddForm(forms.Form):
    brought = ManyFilesField(label=_("Reports"))


PERIODS = "QHYCM"


class ReportForm(forms.Form):
    """Of whom and of when a report is."""

    place = forms.CharField(label=_("Unit"), max_length=200)
    period = forms.CharField(
        label=_("Period"),
        max_length=60,
        required=False,
        help_text=_("As people write it: 6 tháng đầu năm 2026, quý I/2026"),
    )

    def clean_period(self) -> str:
        from khue.domains.synthesis.figures import periods

        said = self.cleaned_data["period"]
        found = periods.stated(said)
        if said and (found is None or not found.year):
            raise forms.ValidationError(_("This period was not understood. Write it like: quý I năm 2026."))
        return str(found) if found else ""


class ConsultationForm(Common):
    title = forms.CharField(label=_("What people were asked about"), max_length=250)
    file = forms.FileField(
        label=_("Answers"), help_text=_("CSV or XLSX, one answer a row, a heading in the first row.")
    )
    question = forms.CharField(label=_("The question"), required=False, max_length=2000)
    answer_column = forms.CharField(
        label=_("Column of the answers"), required=False, max_length=200,
        help_text=_("As its heading says. Empty: the column with the longest texts."),
    )  # fmt: skip
    group_column = forms.CharField(label=_("Column of the group"), required=False, max_length=200)
    place_column = forms.CharField(label=_("Column of the place"), required=False, max_length=200)
    field_order = (
        "title", "file", "question", "answer_column", "group_column", "place_column", "data_class", "is_shared"
    )  # fmt: skip

    def clean_file(self) -> "File[bytes]":
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > settings.KHUE_UPLOAD_LIMIT_MB * 1024**2:
            text = _("The file is larger than %(most)s MB. Divide it, or ask your administrator to raise the limit.")
            raise forms.ValidationError(text % {"most": settings.KHUE_UPLOAD_LIMIT_MB})
        return file

    @property
    def named(self) -> dict[str, str]:
        """None named: found by their headings and lengths."""
        given = {key: self.cleaned_data[f"{key}_column"].strip() for key in ("answer", "group", "place")}
        return {key: name for key, name in given.items() if name} if given["answer"] else {}


class NameForm(forms.Form):
    name = forms.CharField(max_length=200)


class CountForm(forms.Form):
    count = forms.IntegerField(label=_("How many themes"), min_value=2, max_value=60, required=False)


class MeetingForm(Common):
    title = forms.CharField(label=_("What the meeting was on"), max_length=250)
    held_on = forms.DateField(
        label=_("Day of the meeting"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From it, “next Friday” and “by 30/11” are counted."),
    )  # fmt: skip
    notes = forms.CharField(
        label=_("Notes or transcript"), required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Who speaks before a colon; one line for each contribution."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file with the notes"), required=False, help_text=_("DOCX, PDF or plain text."))
    field_order = ("title", "held_on", "notes", "file", "data_class", "is_shared")
