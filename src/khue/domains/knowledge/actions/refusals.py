"""Why a file was not taken, in words for the person who brought it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.reading.blocks import Unreadable
from khue.kernel.errors import UserError

_TEXTS = {
    "empty": _("The file is empty. Check that it was saved, then choose it again."),
    "too_large": _("The file is larger than %(detail)s MB. Divide it, or ask your administrator to raise the limit."),
    "encrypted": _("The file is protected by a password. Remove the password and bring it again."),
    "broken": _("The file is damaged or is not what its name says. Open it in its own program, save it and try again."),
    "binary": _("This is not a text: the file holds data that only a program can read."),
    "unknown_form": _(
        "Files of this form (%(detail)s) cannot be read. Use PDF, DOCX, XLSX, CSV, HTML, Markdown, text or JSONL."
    ),
    "old_word": _("This is a Word file of before 2007 (.doc). Save it as .docx and bring it again."),
    "scan": _("The PDF holds only pictures of pages, no text. Run text recognition (OCR) on it and bring it again."),
    "no_table": _("This file holds no table. Bring the answers as CSV or XLSX, one answer a row."),
    "no_text": _("No text was found in the file."),
    "bomb": _("The file would grow out of all proportion when unpacked. It was not opened."),
    "too_deep": _("The file is nested too deeply to be read safely."),
    "too_long": _("The text of the file is too long. Divide it into several files."),
    "too_many_pages": _("The file has %(detail)s pages, more than can be read at once. Divide it into several files."),
    "too_many_rows": _("The table has more than %(detail)s rows. Divide it into several files."),
    "too_heavy": _("Reading the file took more memory than is allowed, so it was stopped."),
    "too_slow": _("Reading the file took too long, so it was stopped."),
    "bad_table": _("Row %(detail)s of the table cannot be read: a quotation mark is missing, or a cell is too long."),
    "bad_line": _("Line %(detail)s is not a record with a field “text”. Correct it and bring the file again."),
    "state_secret": _(
        "This bears the marking “%(detail)s”. State secrets do not belong on this system: nothing was stored and no "
        "model has read it. Keep it where such documents are kept; if the marking does not apply, remove it and bring "
        "the document again."
    ),
    "gone": _("The file is no longer in the store. Bring it again."),
}


class Refused(UserError):
    """A file that is not taken; `code` is one of the keys above."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(_TEXTS.get(code, _TEXTS["broken"]) % {"detail": detail}, code=code)


class Duplicate(UserError):
    def __init__(self, title: str) -> None:
        text = _("This is already in the collection as “%(title)s”. Nothing was stored twice.")
        super().__init__(text % {"title": title})


def refused(refusal: Unreadable) -> Refused:
    return Refused(refusal.code, refusal.detail)


def check_size(size: int) -> None:
    if size == 0:
        raise Refused("empty")
    if size > settings.KHUE_UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Refused("too_large", str(settings.KHUE_UPLOAD_LIMIT_MB))
