"""Test questions and files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.models import Kind
from khue.domains.assistants.rules import LONGEST

LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English")), ("fr", _("French"))]


class QuestionForm(forms.Form):
    question = forms.CharField(label=_("Question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    source = forms.CharField(
        label=_("Source"),
        max_length=1000,
        required=False,
        help_text=_("The code of a procedure or the title of a document."),
    )
    answer = forms.CharField(
        label=_("What must stand in the answer"), max_length=2000, required=False,
        help_text=_("The deciding words or figures, several with “;” between: 8.000 đồng; 5 ngày"),
    )  # fmt: skip


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("Spreadsheet (CSV or XLSX)"),
        help_text=_("Columns: question, kind, language, source, answer; only the first is needed."),
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of the assistant"), max_length=200)


class FileForm(forms.Form):
    file = forms.FileField(label=_("Assistant file (YAML)"))


class OverrideForm(forms.Form):
    reason = forms.CharField(
        label=_("Your reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is signed and stands on the assistant's public page."),
    )  # fmt: skip


class ReplyForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    keep = forms.BooleanField(
        label=_("Make it a test question"), required=False, initial=True,
        help_text=_("The assistant is then tested on whether it gives this answer itself."),
    )  # fmt: skip
