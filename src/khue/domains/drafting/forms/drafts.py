"""Short forms about drafts."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.models import CLASSES, Book
from khue.domains.drafting.nd30.kinds import kinds
from khue.domains.drafting.nd30.reading import UnreadableDocument, read
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.queries.drafts import places
from khue.domains.drafting.words import unreadable
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor

MOST_OCTETS = 20 * 1024 * 1024


def text_of_file(file: Any) -> str:
    """Line by line. Raises UnreadableDocument."""
    if file.size > MOST_OCTETS:
        raise UnreadableDocument("too-large")
    lines = (one.text.strip() for one in read(file.read()).paragraphs)
    return "\n".join(line for line in lines if line)[:20_000]


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
    """`answered`: the document to reply to, pasted, or `file`; `documents`: of the library, the latest that the person
    may read."""

    brief = forms.CharField(
        label=_("What is to be said"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One thing a line. “Nêu …” or “Cite …” looks it up in the library."),
    )
    answered = forms.CharField(
        label=_("The document that is answered"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paste its text, or choose its Word file. What it asks and your lines do not answer is left as a "
                    "gap."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Its Word file"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )
    documents = forms.MultipleChoiceField(
        label=_("Stand on these documents of the library"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = knowledge.find_documents(by, limit=8)
        self.fields["documents"].choices = [(str(one.id), one.title[:120]) for one in found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("file") and not self.errors:
            try:
                given["answered"] = text_of_file(given["file"])
            except UnreadableDocument as problem:
                self.add_error("file", unreadable(problem.reason))
        if not (given.get("brief") or given.get("answered") or self.errors):
            self.add_error("brief", _("Say in a few lines what is to be said, or bring the document to answer."))
        return given


class HandForm(forms.Form):
    to = forms.CharField(
        label=_("To whom"), required=False, help_text=_("User name or e-mail address of the next person.")
    )
    note = forms.CharField(
        label=_("Your opinion"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class TermsForm(forms.Form):
    terms = forms.CharField(
        label=_("Words that are fixed"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: Vietnamese = English = French. They are put in by the program, not by the model."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name of the template"), max_length=200)


class CommentForm(forms.Form):
    """`place`: a line of the text; `quote`: the words marked on the sheet."""

    place = forms.ChoiceField(label=_("About"), required=False)
    quote = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput())
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("All of it")), *places(document)]  # type: ignore[attr-defined]


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
