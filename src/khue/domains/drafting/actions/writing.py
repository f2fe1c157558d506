"""A draft from a few lines, from notes, from a document that is answered, from a template. The model puts one idea at a
time into a sentence; cells, order, dates, citations and what may stand are ordinary code."""

import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.drafting.actions import drafts, filling, phrasing
from khue.domains.drafting.actions.phrasing import Pen, Said
from khue.domains.drafting.actions.writer import Writer
from khue.domains.drafting.models import Draft
from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.permissions import check_can_change
from khue.domains.drafting.planning import ideas
from khue.domains.drafting.planning.ideas import Brief
from khue.domains.knowledge import api as knowledge
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError

WRITE = "drafting.write"
LONGEST_BRIEF, LONGEST_INCOMING = 6000, 20_000
PASSAGES, LONGEST_PASSAGE = 4, 900
AT_WORK = ("waiting", "writing", "stopping")


class BriefTooLong(UserError):
    def __init__(self) -> None:
        text = gettext_lazy("That is longer than %(most)s characters. Shorten it, please; nothing was changed.")
        super().__init__(text % {"most": LONGEST_BRIEF})


def ask(*, by: Actor, draft: Draft, brief: str, documents: Sequence[UUID] = (), answered: str = "") -> None:
    """Has the draft written in the background. `answered`: the document to reply to. Raises NotAllowed, BriefTooLong,
    Marked."""
    check_can_change(by, draft)
    if len(brief) > LONGEST_BRIEF or len(answered) > LONGEST_INCOMING:
        raise BriefTooLong
    brief, answered = unicodedata.normalize("NFC", brief), unicodedata.normalize("NFC", answered)
    demanded = max(drafts.inspected(brief), drafts.inspected(answered))
    draft.brief, draft.incoming, draft.writing, draft.progress = brief.strip(), answered.strip(), "waiting", {}
    draft.data_class = max(draft.data_class, demanded)
    draft.save(update_fields=["brief", "incoming", "writing", "progress", "data_class", "updated_at"])
    jobs.later(WRITE, draft=str(draft.pk), documents=[str(one) for one in documents])


def stop(*, by: Actor, draft: Draft) -> None:
    """The model ends at its next word; what is written until then stands. Raises NotAllowed."""
    check_can_change(by, draft)
    Draft.objects.filter(pk=draft.pk, writing="waiting").update(writing="", progress={})
    Draft.objects.filter(pk=draft.pk, writing="writing").update(writing="stopping")


def write(draft_id: UUID, documents: Sequence[UUID] = ()) -> None:
    """What stands in the draft is kept as a version first; what went wrong stands in `writing`."""
    draft = Draft.objects.get(pk=draft_id)
    by = people.actor_of(draft.holder_id) if draft.holder_id else None
    if by is None or not Draft.objects.filter(pk=draft_id, writing__in=["waiting", "writing"]).update(
        writing="writing"
    ):
        return
    draft.writing = "writing"
    try:
        _write(draft, by, documents)
    except (UserError, ValueError) as problem:
        told = str(problem) if isinstance(problem, UserError) else _("The model gave nothing that could be used. "
                                                                     "Try again.")  # fmt: skip
        Draft.objects.filter(pk=draft_id).update(writing=told, progress={})


def _write(draft: Draft, by: Actor, documents: Sequence[UUID]) -> None:
    language = str(draft.content.get("language", "vi"))
    brief = ideas.read(draft.brief, language, draft.kind.title)
    sources = _sources(draft, by, documents, brief)
    highest = max([draft.data_class, *(one["data_class"] for one in sources)])
    pen = Pen(draft, by, DataClass(highest))
    if wording.gaps_of(draft.content.get("body", [])):
        content, put = filling.in_template(pen, draft.content, draft.brief, language)
        marks = [Said(text, "brief", text).as_mark() for text in put]
        _keep(pen, content, sources, marks)
        return
    writer = Writer(pen, brief, sources, language)
    try:
        writer.work()
    except UserError:
        # what was written down is a draft already
        if writer.has_begun:
            _keep(pen, writer.content(), sources, writer.marks())
        raise
    _keep(pen, writer.content(), sources, writer.marks())


def _sources(draft: Draft, by: Actor, documents: Sequence[UUID], brief: Brief) -> list[dict[str, Any]]:
    """Passages that the person may read and that a model may be shown; only where an idea asks for them or documents
    were chosen."""
    asked = [idea for idea in brief.ideas if phrasing.LOOKS_UP.match(idea)]
    if not asked and not documents:
        return []
    words = " ".join(asked) or f"{draft.content.get('subject', '')} {draft.brief}"
    found = knowledge.search(
        words[:1000],
        actor=by,
        highest_class=DataClass.CONFIDENTIAL if documents else DataClass(max(draft.data_class, DataClass.INTERNAL)),
        documents=list(documents) or None,
        k=PASSAGES,
        data_class=DataClass(draft.data_class),
    )
    return [
        {"document": str(hit.document), "title": hit.title, "heading": hit.heading, "page": hit.page,
         "text": hit.text[:LONGEST_PASSAGE], "data_class": int(hit.data_class)}
        for hit in found.hits
    ]  # fmt: skip


def _keep(pen: Pen, content: dict[str, Any], sources: list[dict[str, Any]], marks: list[dict[str, Any]]) -> None:
    """Beside what somebody typed meanwhile: a version keeps that, the rest of the sheet stays."""
    now = Draft.objects.get(pk=pen.draft.pk)
    drafts.keep_version(by=pen.by, draft=now, reason="before writing")
    written = {
        name: content[name]
        for name in ("body", "subject", "to", "bases", "authority", "particulars")
        if name in content
    }
    held = drafts.keep(by=pen.by, draft=now, content=now.content | written, revision=now.revision)
    held.sources, held.marks, held.data_class = sources, marks, max(held.data_class, pen.data_class)
    held.writing, held.progress, held.ledger = "", {}, [*held.ledger, *pen.ledger]
    held.save(update_fields=["sources", "marks", "data_class", "writing", "progress", "ledger", "updated_at"])
