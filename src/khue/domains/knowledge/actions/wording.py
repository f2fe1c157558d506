"""What an answer says of itself, in the language of the question."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from khue.domains.knowledge.answering.check import Reason, Verdict


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """The language of the question, where the interface speaks it."""
    known = dict(settings.LANGUAGES)
    with translation.override(language if language in known else "en"):
        yield


def abstention(*, nearest: bool) -> str:
    if nearest:
        return _(
            "The documents that you may read do not answer this question. The nearest passages are shown; "
            "they speak of something similar, but not of this."
        )
    return _("The documents that you may read hold nothing on this question.")


def interrupted() -> str:
    return _(
        "The answer broke off because the database could not be reached. What was written until then is kept as far "
        "as possible; ask again in a moment."
    )


def lost() -> str:
    return _("The answer broke off before it was finished. Ask again.")


def deleted() -> str:
    return _("The passages that this answer would stand on are no longer there. Ask again.")


def reason(verdict: Verdict) -> str:
    match verdict.reason:
        case Reason.FACT:
            return _("“%(words)s” does not stand in the source") % {"words": verdict.detail}
        case Reason.WORDS if verdict.detail:
            return _("the source does not speak of “%(words)s”") % {"words": verdict.detail}
        case Reason.TURNED:
            return _("the source says it with another condition or negation")
        case Reason.ATTACHED:
            return _("the figure stands in the source, but perhaps for something else")
        case Reason.ACROSS:
            return _(
                "the figure stands in the source, but across languages it could not be told of what: read the quotation"
            )
        case Reason.SUPPORTED:
            return ""
        case _:
            return _("no sentence of the sources says this")
