"""What people fill in about collections and files."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models import Collection


class LinesField(forms.Field):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        # of a JSON field's own arguments these two mean something here
        super().__init__(**{name: kwargs[name] for name in ("label", "help_text") if name in kwargs}, required=False)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class CollectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Collection
        fields = ["name", "description", "access", "data_class", "examples"]
        field_classes = {"examples": LinesField}
        labels = {
            "name": _("Name"),
            "description": _("What it holds"),
            "access": _("Who may read it"),
            "data_class": _("Data class"),
            "examples": _("Questions to start from"),
        }
        help_texts = {
            "data_class": _("The lowest class of every document in it; a single document may be higher."),
            "examples": _("One on each line; the Ask page offers them."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of uploaded files."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        # what is in a file is judged when it is read, file by file; an empty one too
        self.allow_empty_file = True
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    uploads = SeveralFilesField(label=_("Files"))


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, choices=[(1, "+1"), (-1, "-1")])
    reason = forms.CharField(required=False, max_length=1000)


class QuestionForm(forms.Form):
    """`collections` are those that may be chosen; none chosen means all of them."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        error_messages={"required": _("Write a question first."), "max_length": _("Shorten the question, please.")},
    )
    scope_ids = forms.MultipleChoiceField(required=False, label=_("Ask in"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, collections: Iterable[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collections = list(collections)
        self.fields["scope_ids"].choices = [(str(c.pk), c.name) for c in self.collections]  # type: ignore[attr-defined]

    def scope(self) -> list[UUID]:
        return [UUID(chosen) for chosen in self.cleaned_data["scope_ids"]]
