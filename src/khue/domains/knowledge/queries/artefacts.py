"""Conversations as labs take them: a person's own, and one as it stands at this moment."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.knowledge.handing import settings
from khue.domains.knowledge.models import Conversation, Document, Exchange
from khue.gateway import api as gateway
from khue.kernel.artefacts import Check, Frozen, Made

HERE = "khue.domains.knowledge.handing.checks:"
Facts = Mapping[str, Any]


class Conversations:
    """kernel.artefacts.Kind."""

    name = "conversation"
    tool = "ask"
    label = gettext_lazy("Conversation with documents")
    template = "knowledge/ask/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Conversation.objects.filter(owner_id=person_id, tool="ask").annotate(asked=Count("exchanges"))
        return [_made(conversation) for conversation in own.order_by("-updated_at")[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        own = Conversation.objects.filter(pk__in=ids, owner_id=person_id, tool="ask")
        return {one.pk: _frozen(one) for one in own.prefetch_related("exchanges", "collections")}


def _made(conversation: Any) -> Made:
    about = ngettext("%(count)s question", "%(count)s questions", conversation.asked) % {"count": conversation.asked}
    url = reverse("knowledge:conversation", args=[conversation.pk])
    return Made(conversation.pk, conversation.title, about, conversation.updated_at, url)


def _frozen(conversation: Conversation) -> Frozen:
    exchanges = list(conversation.exchanges.all())
    codes = _codes(exchanges)
    calls = [gateway.entry(exchange.ledger_id) for exchange in exchanges if exchange.ledger_id]
    return Frozen(
        title=conversation.title,
        made_at=conversation.created_at,
        changed_at=conversation.updated_at,
        body={
            "collections": sorted(collection.name for collection in conversation.collections.all()),
            "exchanges": [_exchange(exchange, codes) for exchange in exchanges],
        },
        data_class=conversation.data_class,
        ledger=tuple(_entry(call) for call in calls if call),
    )


def _codes(exchanges: Sequence[Exchange]) -> dict[str, list[str]]:
    """document → the codes by which people name it."""
    cited = {c["document"] for e in exchanges for sentence in e.sentences for c in sentence["citations"]}
    return {str(pk): codes for pk, codes in Document.objects.filter(pk__in=cited).values_list("pk", "codes")}


def _exchange(exchange: Exchange, codes: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "asked_at": exchange.created_at.isoformat(),
        "question": exchange.question,
        "searched": exchange.searched,
        "language": exchange.language,
        "status": exchange.status,
        "answer": exchange.answer,
        "abstained": exchange.abstained,
        "error": exchange.error,
        "not_sent": exchange.not_sent,
        "sentences": [_sentence(sentence, codes) for sentence in exchange.sentences],
        "model": exchange.model,
        "provider": exchange.provider,
        "zone": exchange.zone,
        "hidden": exchange.hidden,
        "data_class": exchange.data_class,
        "found": _found(exchange.question),
        "took_ms": exchange.timings.get("total_ms"),
        "rating": exchange.rating,
    }


def _sentence(sentence: Mapping[str, Any], codes: Mapping[str, list[str]]) -> dict[str, Any]:
    citations = [{**cited, "codes": codes.get(cited["document"], [])} for cited in sentence["citations"]]
    return {**sentence, "citations": citations}


def _found(text: str) -> dict[str, int] | None:
    """Personal identifiers by type; None where the text could not be looked through."""
    try:
        return gateway.inspect(text).found
    except gateway.DetectorFailed:
        return None


def _entry(call: gateway.Recorded) -> dict[str, Any]:
    """What the ledger says of a call; it stands there for good, and is proved by its number."""
    return {
        "seq": call.seq,
        "call": str(call.id),
        "at": call.at.isoformat(),
        "purpose": call.purpose,
        "model": call.model,
        "provider": call.provider,
        "zone": call.zone,
        "data_class": int(call.data_class),
        "decision": call.decision,
        "outcome": call.outcome,
        "prompt_tokens": call.prompt_tokens,
        "completion_tokens": call.completion_tokens,
        "input_digest": call.input_digest,
        "output_digest": call.output_digest,
    }


# What checks saw, in words -----------------------------------------------------------------------


def _of_questions(facts: Facts) -> str:
    found = ngettext("%(count)s question was answered", "%(count)s questions were answered", facts["count"])
    return _least(found % {"count": facts["count"]}, facts)


def _least(found: str, facts: Facts) -> str:
    if facts["passed"]:
        return f"{found}."
    return _("%(found)s; at least %(least)s wanted.") % {"found": found, "least": facts["least"]}


def _of_citations(facts: Facts) -> str:
    if not facts["titles"]:
        return _("No supported sentence cites a document that is meant.")
    return _("Cited: %(titles)s.") % {"titles": "; ".join(facts["titles"][:5])}


def _of_values(facts: Facts) -> str:
    if facts["passed"]:
        return _("What is meant stands there.")
    return ngettext(
        "%(lacking)s of %(of)s expected figure is not there.",
        "%(lacking)s of %(of)s expected figures are not there.",
        facts["of"],
    ) % {"lacking": facts["lacking"], "of": facts["of"]}


def _of_support(facts: Facts) -> str:
    if not facts["shown"]:
        return _("No answer shows a sentence.")
    if facts["passed"]:
        return ngettext(
            "The %(count)s sentence shown is supported.", "All %(count)s sentences shown are supported.", facts["shown"]
        ) % {"count": facts["shown"]}
    return _("Not supported: “%(sentence)s”") % {"sentence": facts["lacking"][0]}


def _of_language(facts: Facts) -> str:
    names = {"vi": _("in Vietnamese"), "en": _("in English"), "fr": _("in French")}
    if facts["passed"]:
        return _("All questions are %(language)s.") % {"language": names[facts["language"]]}
    return _("Not every question is %(language)s.") % {"language": names[facts["language"]]}


def _of_identifiers(facts: Facts) -> str:
    if facts["passed"]:
        return _("No personal identifier was found in questions and note.")
    return _("Found: %(kinds)s.") % {"kinds": ", ".join(str(gateway.type_name(kind)) for kind in facts["kinds"])}


def _of_zones(facts: Facts) -> str:
    furthest = {
        "": _("No model was asked."),
        "machine": _("All models stand on this machine."),
        "institution": _("The furthest model stands in the institution."),
        "country": _("The furthest model stands in the country."),
        "abroad": _("The furthest model stands abroad."),
    }
    return furthest[facts["zone"]]


def _of_note(facts: Facts) -> str:
    if facts["passed"]:
        return _("Every figure of the note stands in a cited passage.")
    if not facts["figures"]:
        return _("The note states no figure.")
    return _("In no cited passage: %(figures)s.") % {"figures": ", ".join(facts["lacking"])}


def _of_named(facts: Facts) -> str:
    found = ngettext("The note names %(count)s source", "The note names %(count)s sources", facts["count"])
    return _least(found % {"count": facts["count"]}, facts)


CHECKS: Mapping[str, Check] = {
    "questions": Check(HERE + "questions", gettext_lazy("enough different questions"), _of_questions, settings.AtLeast),
    "cites": Check(HERE + "cites", gettext_lazy("the right documents are cited"), _of_citations, settings.Cites),
    "states": Check(HERE + "states", gettext_lazy("the right figures are stated"), _of_values, settings.States),
    "supported": Check(HERE + "supported", gettext_lazy("every sentence is supported"), _of_support, settings.Settings),
    "in-language": Check(HERE + "in_language", gettext_lazy("asked in a language"), _of_language, settings.InLanguage),
    "no-identifiers": Check(
        HERE + "no_identifiers", gettext_lazy("no personal data"), _of_identifiers, settings.Settings
    ),
    "stays": Check(HERE + "stays", gettext_lazy("no question went too far"), _of_zones, settings.Reach),
    "note-backed": Check(
        HERE + "note_backed", gettext_lazy("the note's figures are cited"), _of_note, settings.Settings
    ),
    "note-names-sources": Check(
        HERE + "note_names_sources", gettext_lazy("the note names its sources"), _of_named, settings.AtLeast
    ),
}
