"""All detectors over one text."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from khue.gateway.privacy import accounts, addresses, contacts, dates, identifiers, names, records
from khue.gateway.privacy.findings import DetectorFailed, Finding, disjoint
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.repeats import occurrences
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
    with closed("reading"):
        composed, places = compose(text)
        page = Page(composed)
        spaced = page.spaced()  # in names of files the words of a name are joined
    found: list[Finding] = []
    for name, find in DETECTORS.items():
        with closed(name):
            found.extend(find(spaced if name == "names" else page))
            for each_page in (page, spaced):
                each_page.personal.update(each.start for each in found)
    with closed("records"):
        found = disjoint(found)
        found = disjoint([*found, *records.find(page, found)])
    with closed("repeats"):
        found = disjoint([*found, *occurrences(composed, [(each.type, each.text, each.score) for each in found])])
        return [_at(text, places[each.start], places[each.end], each) for each in found]


@contextmanager
def closed(detector: str) -> Iterator[None]:
    """Whatever breaks inside is a DetectorFailed."""
    try:
        yield
    except Exception as error:
        raise DetectorFailed(detector) from error


def _at(text: str, start: int, end: int, found: Finding) -> Finding:
    return Finding(start, end, found.type, text[start:end], found.score)
