"""Short forms about drafts."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.models import CLASSES, Book
from khue.domains.drafting.nd30.kinds import kinds


def type_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(key, one.called(language)) for key, one in kinds().items()]


class NewForm(forms.Form):
    type = forms.ChoiceField(label=_("Type of document"), choices=type_choices, initial="cong-van")
    data_class = forms.TypedChoiceField(label=_("Data class"), choices=CLASSES, coerce=int, initial=1)
    brief = forms.CharField(
        label=_("What is to be said"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few lines: who, what, when, for whom; or the incoming document to answer, or notes. The writer "
                    "uses only this and your library. Leave it empty to write yourself."),
    )  # fmt: skip


class BriefForm(forms.Form):
    brief = forms.CharField(label=_("What is to be said"), max_length=6000, widget=forms.Textarea(attrs={"rows": 4}))


class HandForm(forms.Form):
    to = forms.CharField(
        label=_("To whom"), required=False, help_text=_("User name or e-mail address of the next person.")
    )
    note = forms.CharField(
        label=_("Your opinion"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class FileForm(forms.Form):
    file = forms.FileField(label=_("A Word file (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))


class IncomingForm(forms.Form):
    code = forms.CharField(label=_("Number and notation"), max_length=60, required=False)
    dated = forms.DateField(label=_("Dated"), widget=forms.DateInput(attrs={"type": "date"}))
    type_name = forms.CharField(label=_("Type of document"), max_length=100)
    subject = forms.CharField(label=_("Subject"), widget=forms.Textarea(attrs={"rows": 2}))
    sender = forms.CharField(label=_("Sender"), max_length=500)
    due = forms.DateField(label=_("To be answered by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class FindForm(forms.Form):
    book = forms.ChoiceField(label=_("Book"), choices=Book.choices, required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2200)
    words = forms.CharField(label=_("Words"), required=False, max_length=200)

    def cleaned(self, year: int) -> dict[str, Any]:
        if not self.is_valid():
            return {"book": Book.OUT, "year": year, "words": ""}
        data = self.cleaned_data
        return {"book": data["book"] or Book.OUT, "year": data["year"] or year, "words": data["words"]}
