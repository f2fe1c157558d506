"""The checker with what only this system knows: spelling, the library, classes of personal data."""

import re
from collections.abc import Callable

from khue.domains.drafting.nd30 import checking
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.finding import Finding
from khue.domains.drafting.queries.citing import bears
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass

IDENTIFIERS = ("cccd", "cmnd", "passport", "driving_licence", "social_insurance", "health_insurance", "bank_account",
               "card", "birth_date")  # fmt: skip
# words by which a record of the library says that a document no longer holds
EXPIRED = re.compile(r"hết hiệu lực|no longer in force|abrogé", re.IGNORECASE)
# and those by which one document ends another
ENDED = re.compile(r"hết hiệu lực|bãi bỏ|(?<!sửa đổi, )thay thế\s+(?:cho\s+)?(?:Nghị|Thông|Quyết|Luật|Chỉ|Nghị quyết)")


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
        found = [one for one in knowledge.find_documents(by, words=code, limit=20) if bears(one, code)]
        if not found:
            return "expired" if is_ended(code, by) else "unknown"
        facts = " ".join(f"{label} {value}" for one in found for label, value in one.facts)
        return "expired" if EXPIRED.search(facts) or is_ended(code, by) else "known"

    return state


def is_ended(code: str, by: Actor | None) -> bool:
    """Another document of the library says so: "Nghị định số 110/2004/NĐ-CP … hết hiệu lực"."""
    for document, text in knowledge.passages_saying(by, [code], limit=20):
        if bears(document, code):
            continue
        for sentence in (text[start:end] for start, end in knowledge.sentence_spans(text)):
            if code in sentence and ENDED.search(sentence):
                return True
    return False


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
