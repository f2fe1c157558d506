"""The checker with what only this system knows: spelling, the library, classes of personal data."""

import re
from collections.abc import Callable

from khue.domains.drafting.nd30 import checking
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.finding import Finding
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass

IDENTIFIERS = ("cccd", "cmnd", "passport", "driving_licence", "social_insurance", "health_insurance", "bank_account",
               "card", "birth_date")  # fmt: skip
# words by which a record of the library says that a document no longer holds
EXPIRED = re.compile(r"hết hiệu lực|no longer in force|abrogé", re.IGNORECASE)


def check(
    octets: bytes, *, by: Actor | None = None, library: bool = False, data_class: int | None = None
) -> list[Finding]:
    """Raises nd30.reading.UnreadableDocument."""
    return checking.check(octets, known(by=by, library=library, data_class=data_class))


def known(*, by: Actor | None, library: bool, data_class: int | None) -> Known:
    return Known(
        is_syllable=knowledge.is_syllable,
        state_of=_states(by) if library else None,
        personal=_personal(data_class) if data_class is not None else None,
    )


def _states(by: Actor | None) -> Callable[[str], str]:
    def state(code: str) -> str:
        found = [one for one in knowledge.find_documents(by, words=code, limit=20) if _bears(one, code)]
        if not found:
            return "unknown"
        facts = " ".join(f"{label} {value}" for one in found for label, value in one.facts)
        return "expired" if EXPIRED.search(facts) else "known"

    return state


def _bears(document: knowledge.DocumentRef, code: str) -> bool:
    return code.upper() in {each.upper() for each in document.codes} or code.upper() in document.title.upper()


def _personal(data_class: int) -> Callable[[str], list[str]]:
    """Kinds of identifiers that demand more than the class."""

    def look(text: str) -> list[str]:
        found = gateway.inspect(text)
        if found.marking:
            return [found.marking]
        if found.data_class <= DataClass(data_class):
            return []
        return [str(gateway.type_name(kind)) for kind in found.found if kind in IDENTIFIERS]

    return look
