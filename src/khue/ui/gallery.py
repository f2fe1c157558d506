"""What the page of components shows: each include with the words at its head, and a specimen of it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).resolve().parent / "templates" / "ui" / "components"
_HEAD = re.compile(r"{% comment %}\n(?P<doc>.*?){% endcomment %}", re.DOTALL)
COLOURS = "paper sheet ink ink-2 line edge son son-soft jade jade-soft amber amber-soft".split()


class SpecimenForm(forms.Form):
    """One field of each kind, for the page of components."""

    name = forms.CharField(label=_("Name of the collection"), help_text=_("Short, as people would say it."))
    access = forms.ChoiceField(
        label=_("Who may read it"), choices=[("me", _("Only me")), ("all", _("My organisation"))]
    )
    data_class = forms.ChoiceField(
        label=_("Data class"), choices=[("0", _("Public")), ("1", _("Internal"))], widget=forms.RadioSelect
    )
    about = forms.CharField(label=_("What it is for"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=_("File"), required=False)
    sure = forms.BooleanField(label=_("I may share these documents"), required=False)


@cache
def documented() -> dict[str, str]:
    """Component → what stands in the comment at its head."""
    heads = {path.stem.lstrip("_"): _HEAD.match(path.read_text("utf-8")) for path in sorted(FOLDER.glob("_*.html"))}
    return {name: head["doc"].strip() for name, head in heads.items() if head}


def specimens() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "specimens": [(name, doc, f"ui/specimens/{name}.html") for name, doc in documented().items()],
        "form": SpecimenForm(prefix="fresh"),
        "refused": SpecimenForm({"refused-name": ""}, prefix="refused"),
        "listed": Paginator(range(240), 20).page(3),
        "citations": [{"number": 1, "href": "#specimen-evidence", "title": "Quyết định 163/QĐ-BTP"}],
        "facts": [("Mã", "1.001193"), ("Thời hạn", "01 ngày làm việc"), ("Lệ phí", "Miễn phí"), ("Nơi nộp", "Cấp xã")],
    }
