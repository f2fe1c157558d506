"""The form of a document: the fields of its type, lists as lines, the body as people type it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.nd30 import body
from khue.domains.drafting.nd30.kinds import kind
from khue.domains.drafting.nd30.shape import Annex, Document, Party

LABELS = {
    "superior": _("Superior agency"), "agency": _("Issuing agency"), "agency_code": _("Its abbreviation"),
    "unit": _("Drafting unit, abbreviated"), "place": _("Place of issue"), "date": _("Date"), "subject": _("Subject"),
    "authority": _("Authority that decides"), "bases": _("Legal bases, one a line"), "proposal": _("Proposed by"),
    "sender": _("Who sends it"), "to": _("To, one a line"), "parties": _("Parties, one a line"), "body": _("Text"),
    "secretary": _("Secretary"), "recipients": _("Recipients, one a line"), "urgency": _("Urgency"),
    "circulation": _("Circulation"), "drafter": _("Code of the drafter"), "prints": _("Number of copies issued"),
    "copies": _("Copies kept"), "contact": _("Address line"), "annexes": _("Annexes"),
    "copied": _("What is copied"), "language": _("Language"), "organ_id": _("Identifier of the agency"),
}  # fmt: skip
HINTS = {
    "bases": _("“Căn cứ”, “;” and “.” are put by themselves."),
    "parties": _("Name | who represents it | position"),
    "body": _("One paragraph a line: “Điều 1. …”, “1. …”, “a) …”, “- …”, “I. …”, “Chương I …”. They are counted anew."),
    "annexes": _("“# Title” begins one; its text follows."),
    "recipients": _("“Như trên” and “Lưu: VT” are put by themselves."),
    "date": _("Empty until it is signed."),
}
LONG = {"body": 16, "annexes": 5, "bases": 3, "to": 2, "recipients": 3, "parties": 2, "subject": 2, "copied": 2}
LISTS = ("bases", "to", "recipients")
URGENCIES = [("", "–"), ("khan", "KHẨN"), ("thuong-khan", "THƯỢNG KHẨN"), ("hoa-toc", "HOẢ TỐC")]
AUTHORITIES = [("", "–"), ("TM", "TM."), ("Q", "Q."), ("KT", "KT."), ("TL", "TL."), ("TUQ", "TUQ.")]
# the parts of the form, in the order of the sheet
GROUPS = (
    (_("Head"), ("superior", "agency", "agency_code", "unit", "place", "date", "language")),
    (_("Content"), ("subject", "authority", "bases", "proposal", "sender", "to", "parties", "copied", "*particulars",
                    "body", "secretary")),
    (_("Signature and recipients"), ("signature_authority", "signature_on_behalf", "signature_position",
                                     "signature_name", "recipients", "copies")),
    (_("When needed"), ("urgency", "circulation", "drafter", "prints", "contact", "organ_id", "annexes")),
)  # fmt: skip


class DocumentForm(forms.Form):
    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        self.document = document
        self.kind = kind(document.type)
        kwargs["initial"] = self.said()
        super().__init__(*args, **kwargs)
        for name in self.kind.fields:
            self._add(name)
        self._add_particulars()
        if "signature" in self.kind.fields and self.kind.form != "agreement":
            self._add_signature()

    def _add(self, name: str) -> None:
        if name not in LABELS or (name == "language" and self.kind.form != "plain"):
            return
        facts: dict[str, Any] = {"label": LABELS[name], "required": False, "help_text": HINTS.get(name, "")}
        if name == "date":
            self.fields[name] = forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts
            )
        elif name in {"prints", "copies"}:
            self.fields[name] = forms.IntegerField(min_value=0, max_value=99_999, **facts)
        elif name == "urgency":
            self.fields[name] = forms.ChoiceField(choices=URGENCIES, **facts)
        elif name == "language":
            languages = [("en", _("English")), ("fr", _("French"))]
            self.fields[name] = forms.ChoiceField(choices=languages, **facts)
        else:
            widget = forms.Textarea(attrs={"rows": LONG[name]}) if name in LONG else forms.TextInput()
            self.fields[name] = forms.CharField(widget=widget, **facts)

    def _add_particulars(self) -> None:
        language = get_language() or "vi"
        for one in self.kind.particulars:
            label = one.names.get(language, one.names["en"])
            self.fields[f"particulars_{one.key}"] = forms.CharField(label=label, required=False)

    def _add_signature(self) -> None:
        self.fields["signature_authority"] = forms.ChoiceField(
            label=_("Signs"), choices=AUTHORITIES, required=False,
            help_text=_("TM.: for a collective; KT.: in place of the head; TL.: by order; TUQ.: by delegation; "
                        "Q.: acting."),
        )  # fmt: skip
        self.fields["signature_on_behalf"] = forms.CharField(label=_("On whose behalf"), required=False)
        self.fields["signature_position"] = forms.CharField(label=_("Position"), required=False)
        self.fields["signature_name"] = forms.CharField(label=_("Full name"), required=False)

    def said(self) -> dict[str, Any]:
        """The document by field."""
        given = self.document
        found: dict[str, Any] = {
            name: getattr(given, name) for name in LABELS if name not in {"body", "annexes", "parties"}
        }
        found |= {name: "\n".join(getattr(given, name)) for name in LISTS}
        found["body"] = body.text_of(given.body)
        found["annexes"] = "\n".join(f"# {one.title}\n{body.text_of(one.body)}" for one in given.annexes)
        found["parties"] = "\n".join(f"{one.name} | {one.representative} | {one.position}" for one in given.parties)
        found |= {f"particulars_{name}": text for name, text in given.particulars.items()}
        return found | {f"signature_{name}": value for name, value in given.signature.model_dump().items()}

    def content(self) -> dict[str, Any]:
        """The document as the form has it now; what the form does not ask for stays."""
        content = self.document.model_dump(mode="json")
        for name, value in self.cleaned_data.items():
            if name in LISTS:
                content[name] = _lines(value)
            elif name == "body":
                content[name] = [one.model_dump(mode="json") for one in body.blocks_of(value)]
            elif name == "annexes":
                content[name] = [one.model_dump(mode="json") for one in _annexes(value)]
            elif name == "parties":
                content[name] = [one.model_dump(mode="json") for one in _parties(value)]
            elif name.startswith("particulars_"):
                content["particulars"][name.removeprefix("particulars_")] = value
            elif name.startswith("signature_"):
                content["signature"][name.removeprefix("signature_")] = value
            elif name in {"prints", "copies"}:
                content[name] = value or 0
            elif name == "date":
                content[name] = value.isoformat() if value else None
            else:
                content[name] = value
        return content

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """For the page: the fields that there are, in their parts."""
        return [
            (title, fields)
            for title, names in GROUPS
            if (fields := [self[name] for each in names for name in self._names(each) if name in self.fields])
        ]

    def _names(self, name: str) -> list[str]:
        return [one for one in self.fields if one.startswith("particulars_")] if name == "*particulars" else [name]


def _lines(text: str) -> list[str]:
    return [line.strip().lstrip("-").strip().rstrip(";") for line in text.splitlines() if line.strip()]


def _annexes(text: str) -> list[Annex]:
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            found.append((line.lstrip("# ").strip(), []))
        elif line.strip():
            if not found:
                found.append(("", []))
            found[-1][1].append(line)
    return [Annex(title=title, body=body.blocks_of("\n".join(lines))) for title, lines in found]


def _parties(text: str) -> list[Party]:
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip()]
    return [Party(**dict(zip(("name", "representative", "position"), row, strict=False))) for row in rows[:4]]
