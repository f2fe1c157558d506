"""A document that is cited, in full as the library knows it: type, number, date, issuer (annex I, II.6.b)."""

import re

from khue.domains.drafting.nd30 import citing
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HEAD = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s+của\s+[^,;.\n]{3,60}")


def in_full(text: str, *, by: Actor) -> str:
    """Each citation without its date gets date and issuer, where the library holds the document."""
    for one in reversed(list(citing.CITATION.finditer(text))):
        told = next(iter(citing.citations(text[one.start() :])))
        if citing.is_full(told):
            continue
        if known := _known(one["code"], by):
            text = f"{text[: one.start()]}{told.text} {known}{text[one.end() :]}"
    return text


def _known(code: str, by: Actor) -> str:
    for document in knowledge.find_documents(by, words=code, limit=5):
        if not bears(document, code):
            continue
        facts = {label.lower(): value for label, value in document.facts}
        day = _DAY.search(facts.get("ngày ban hành", ""))
        issuer = facts.get("cơ quan ban hành", "")
        if day and issuer:
            month = f"{int(day[2]):02d}" if int(day[2]) < 3 else str(int(day[2]))
            return f"ngày {int(day[1]):02d} tháng {month} năm {day[3]} của {issuer}"
        if found := _HEAD.search(document.title):
            return found.group()
    return ""


def bears(document: knowledge.DocumentRef, code: str) -> bool:
    return code.upper() in {each.upper() for each in document.codes} or code.upper() in document.title.upper()
