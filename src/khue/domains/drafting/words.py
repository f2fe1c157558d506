"""What rules, values and refusals are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

RULES: dict[str, Promise] = {
    "font": _("Font"), "size": _("Size of letters"), "same-size": _("One size for the text"), 
    "bold": pgettext_lazy("letters", "Weight"),
    "italic": _("Slant"), "capitals": _("Capitals or small letters"), "color": _("Colour"), "align": _("Alignment"),
    "indent": _("Indent of the first line"), "gap": _("Gap between paragraphs"),
    "unfilled": _("Place still to be filled"),
    "spacing": _("Line spacing"),
    "box": _("Frame"), "line": _("Line below"), "line-length": _("Length of the line below"), "paper": _("Paper size"),
    "orientation": _("Orientation"), "margin-top": _("Top margin"), "margin-bottom": _("Bottom margin"),
    "margin-left": _("Left margin"), "margin-right": _("Right margin"), "page-number": _("Page number"),
    "page-number-place": _("Place of the page number"), "page-number-first": _("Page number on page 1"),
    "page-number-align": _("Alignment of the page number"), "page-number-size": _("Size and style of the page number"),
    "annex-pages": _("Page numbers of the annex"), "missing": _("Missing"), "place": _("Side of the sheet"),
    "one-line": _("Date on the line of the number"), "addressed": _("“Kính gửi” in this type"),
    "wording": _("Wording"), "number-form": _("Form of the number"), "leading-zero": _("Leading zero"),
    "year-in-number": _("Year in the number"), "code-form": _("Form of the notation"),
    "code-capitals": _("Capitals of the notation"), "type-code": _("Abbreviation of the type"),
    "date-form": _("Form of the date"), "place-comma": _("Comma after the place"), "place-name": _("Place of issue"),
    "place-capitals": _("Capitals of the place"), "month-zero": _("Zero before the month"),
    "subject-start": _("Beginning of the subject"), "subject-gap": _("Gap above the subject"),
    "subject-end": _("End of the subject"), "title-end": _("End of the type’s name"), "list-end": _("End of the line"),
    "list-dash": _("Dash of the list"), "colon": _("Colon"), "law-number": _("Law cited with a number"),
    "basis-number": _("Number of the legal basis"), "basis-date": _("Date of the legal basis"),
    "sequence": _("Numbering"), "heading-word": _("Word of the heading"), "number-end": _("Sign after the number"),
    "number-kind": _("Kind of number"), "own-line": _("Heading on a line of its own"),
    "heading-title": _("Title of the heading"), "authority-form": _("Abbreviation of authority"),
    "authority-gap": _("Space after the abbreviation"), "deputy": _("Deputy without “KT.”"),
    "own-position": _("Position of who signs"), "academic-title": _("Academic title before the name"),
    "name-capitals": _("Capitals of the name"), "archive": _("“Lưu” line"), "archive-form": _("Form of the “Lưu” line"),
    "as-above": _("“Như trên”"), "drafter-form": _("Code of the drafter"), "annex-note": _("Note of the annex"),
    "annex-named": _("Annex not mentioned in the text"), "annex-2": _("Capitals (annex II)"),
    "date-in-text": _("Date in the text"), "impossible-date": _("Date that cannot be"),
    "first-citation": _("First citation in full"), "citation-unknown": _("Cited document not in the library"),
    "citation-expired": _("Cited document no longer in force"), "spelling": _("Spelling"),
    "personal-data": _("Personal data above the class"), "tracked-changes": _("Tracked changes"),
    "code": _("Code of the letters"), "text-box": _("Text boxes"), "nested-table": _("Nested tables"),
}  # fmt: skip
VALUES: dict[str, Promise] = {
    "regular": _("regular"), "bold": _("bold"), "italic": _("italic"), "upright": _("upright"),
    "capitals": _("capitals"), "lower case": _("small letters"), "none": _("none"), "line": _("a line"),
    "underlined": _("underlined text"), "center": _("centred"), "left": _("left"), "right": _("right"),
    "both": _("justified"), "boxed": _("framed"), "black": _("black"), "red": _("red"), "landscape": _("landscape"),
    "portrait": _("portrait"), "footer": _("foot of the page"), "top margin": _("top margin"), "shown": _("shown"),
    "hidden": _("hidden"), "page number": _("page number"), "counted on": _("counted on"), "from 1": _("from 1"),
    "elsewhere": _("elsewhere"), "filled": _("filled"), "in force": _("in force"),
    "in the library": _("in the library"), "tracked": _("tracked"), "accepted": _("accepted or rejected"),
    "old code": _("an old font code"), "parted letters": _("letters and marks apart"),
}  # fmt: skip
CELLS: dict[str, Promise] = {
    "page": _("Page"), "annex": _("Annex"), "file": _("File"),
}  # fmt: skip
SEVERITIES: dict[str, Promise] = {"error": _("Departure"), "warning": _("Worth a look"), "advice": _("Advice")}


def rule(name: str) -> str:
    return str(RULES.get(name, name))


def value(text: str) -> str:
    return str(VALUES.get(text, text))


def cell(name: str) -> str:
    """ "Cell 9b" by the decree's numbering."""
    return str(CELLS[name]) if name in CELLS else gettext("Cell %(name)s") % {"name": name}


def unreadable(reason: str) -> str:
    words = {
        "broken": _("The file cannot be opened as a Word document (.docx). Open it in your word processor and save it "
                    "anew."),
        "old": _("This is a .doc of an old word processor. Save it as .docx, then check it again."),
        "macros": _("The file contains macros, so it is not opened. Save it as .docx without macros."),
        "locked": _("The file is locked by a password. Remove the password first."),
        "too-large": _("The file is too large for an administrative document (20 MB, 20,000 paragraphs). Check its "
                       "main part alone."),
        "scanned": _("The file holds pictures only, such as a scan, and no text that could be checked. Bring the Word "
                     "file it was made from."),
        "empty": _("There is no text in the file."),
    }  # fmt: skip
    return str(words[reason])
