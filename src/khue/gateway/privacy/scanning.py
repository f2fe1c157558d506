"""All detectors over one text."""

from collections.abc import Callable, Iterable

from khue.gateway.privacy import accounts, addresses, contacts, dates, identifiers, names
from khue.gateway.privacy.findings import DetectorFailed, Finding, disjoint
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.words import compose

Detector = Callable[[Page], Iterable[Finding]]

DETECTORS: dict[str, Detector] = {
    "identifiers": identifiers.find,
    "accounts": accounts.find,
    "contacts": contacts.find,
    "dates": dates.find,
    "addresses": addresses.find,
    "names": names.find,
}


def scan(text: str) -> list[Finding]:
    """Personal data in a Vietnamese, English or French text, in order, none overlapping another.
    Raises DetectorFailed if any detector breaks: the text is then not known to be clean."""
    composed, places = compose(text)
    page = Page(composed)
    found: list[Finding] = []
    for name, find in DETECTORS.items():
        try:
            found.extend(find(page))
        except Exception as error:
            raise DetectorFailed(name) from error
    return [_at(text, places[each.start], places[each.end], each) for each in disjoint(found)]


def _at(text: str, start: int, end: int, found: Finding) -> Finding:
    return Finding(start, end, found.type, text[start:end], found.score)
