"""A draft from a few lines, from notes, from a document that is answered, from a template. The model puts one idea at a
time into a sentence; cells, order, dates, citations and what may stand are ordinary code."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.drafting.actions import drafts, filling, phrasing
from khue.domains.drafting.actions.phrasing import Pen, Said, Stopped
from khue.domains.drafting.models import Draft
from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.permissions import check_can_change
from khue.domains.drafting.planning import ideas, incoming, parts, support
from khue.domains.drafting.planning.ideas import Brief
from khue.domains.drafting.planning.incoming import Incoming
from khue.domains.drafting.planning.parts import Part
from khue.domains.drafting.queries import citing
from khue.domains.drafting.rules import short_citations
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
    brief = ideas.read(draft.brief, language)
    sources = _sources(draft, by, documents, brief)
    highest = max([draft.data_class, *(one["data_class"] for one in sources)])
    pen = Pen(draft, by, DataClass(highest))
    if wording.gaps_of(draft.content.get("body", [])):
        content, put = filling.in_template(pen, draft.content, draft.brief, language)
        marks = [Said(text, "brief", text).as_mark() for text in put]
        _keep(pen, content, sources, marks)
        return
    writer = _Writer(pen, brief, sources, language)
    try:
        writer.work()
    except Stopped:
        if writer.has_begun:
            _keep(pen, writer.content(), sources, writer.marks())
        raise
    _keep(pen, writer.content(), sources, writer.marks())


class _Writer:
    """The text of one draft, part by part."""

    def __init__(self, pen: Pen, brief: Brief, sources: Sequence[dict[str, Any]], language: str) -> None:
        self.pen, self.brief, self.sources, self.language = pen, brief, sources, language
        draft = pen.draft
        self.kind, self.filled = draft.kind, dict(draft.content)
        self.incoming = incoming.read(draft.incoming) if draft.incoming else None
        self.parts = parts.outline(self.kind.key, language, reply=self.incoming is not None)
        self.said: dict[int, Said] = {}
        self._cells()

    @property
    def has_begun(self) -> bool:
        return bool(self.said)

    def _cells(self) -> None:
        """To whom, what a reply is about, legal bases: said by the brief, so nobody needs a model for it."""
        to = list(self.brief.to) or ([self.incoming.sender] if self.incoming and self.incoming.sender else [])
        if "to" in self.kind.fields and not self.filled.get("to"):
            self.filled["to"] = to
        if self.incoming and self.incoming.about and not self.filled.get("subject"):
            self.filled["subject"] = _reply_to(self.incoming, self.language)
        if "bases" in self.kind.fields and not self.filled.get("bases"):
            self.filled["bases"] = [one.rstrip(" .;") for one in self.brief.ideas if _is_basis(one)]

    @property
    def bases(self) -> set[int]:
        held = "bases" in self.kind.fields
        return {number for number, one in enumerate(self.brief.ideas) if held and _is_basis(one)}

    def work(self) -> None:
        """Raises Stopped, gateway errors."""
        todo = [number for number in range(len(self.brief.ideas)) if number not in self.bases]
        if self.kind.particulars and self.kind.form == "sheet":
            todo = []
        asks = bool(self.kind.particulars) + (not self.filled.get("subject") and "subject" in self.kind.fields)
        self.pen.of = len(todo) + asks
        draft = self.pen.draft
        if self.kind.particulars:
            notes = "\n".join(self.brief.ideas)
            self.filled["particulars"] = filling.particulars(self.pen, self.filled, self.kind, notes, self.language)
            self.pen.done += 1
        held = [*self.brief.ideas, *self.brief.to, draft.content.get("agency", ""), draft.incoming]
        foreign = _is_foreign(draft.brief, self.language)
        for number in todo:
            self.said[number] = self._one(self.brief.ideas[number], held, foreign)
            self.pen.told.append(self.said[number].text)
            self.pen.done += 1
            self.pen.show(at_once=True)
        if not self.filled.get("subject") and "subject" in self.kind.fields and self.brief.ideas:
            told = [one.text for one in self.said.values()] if foreign else list(self.brief.ideas)
            self.filled["subject"] = phrasing.subject(self.pen, told or list(self.brief.ideas), self.language)

    def _one(self, idea: str, held: Sequence[str], foreign: bool) -> Said:
        if phrasing.LOOKS_UP.match(idea):
            return phrasing.looked_up(self.pen, idea, self.sources, self.language)
        names = [*(self.filled.get("to") or []), str(self.filled.get("agency", ""))]
        return phrasing.sentence(self.pen, idea, held, self.language, names=names, translate=foreign)

    # What stands in the end -----------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        self.filled.setdefault("subject", "")
        blocks = [block for part, numbers in self._placed() for block in self._part(part, numbers)]
        texts = short_citations([block["text"] for block in blocks])
        for block, text in zip(blocks, texts, strict=True):
            block["text"] = text
        if self.kind.form == "sheet":
            return self.filled
        return self.filled | {"body": blocks}

    def marks(self) -> list[dict[str, Any]]:
        return [one.as_mark() for _number, one in sorted(self.said.items()) if one.kind != "gap"]

    def _placed(self) -> list[tuple[Part, list[int]]]:
        found = parts.placed(self.brief, self.parts)
        return [
            (part, [number for number in numbers if number in self.said])
            for part, numbers in zip(self.parts, found, strict=True)
        ]

    def _part(self, part: Part, numbers: Sequence[int]) -> list[dict[str, Any]]:
        told = [self._cited(self.said[number].text) for number in numbers]
        if not told and part.optional:
            return []
        if not told and part.gap and not self._is_answering(part):
            told = [wording.gap(part.gap, self.language)]
        if part.article:
            return [_block("article", text) for text in (told or [self._form(part.close)])]
        if part.clause:
            return [
                _block("clause", f"{part.lead} {text}".strip() if at == 0 else text) for at, text in enumerate(told)
            ]
        numbered = "roman" if self.kind.key in {"bao-cao", "ke-hoach"} else "clause"
        head = [_block(numbered, "") | {"title": part.title}] if part.title else []
        lines = [part.open, *told, *(self._unanswered() if self._is_answering(part) else []), part.close]
        return [*head, *(_block("text", self._form(line)) for line in lines if line)]

    def _is_answering(self, part: Part) -> bool:
        return part.main and self.incoming is not None

    def _unanswered(self) -> list[str]:
        """What was asked and nothing is said to: a gap each."""
        if self.incoming is None:
            return []
        open_ = [
            one
            for one in self.incoming.asked
            if not any(support.share(idea, one, self.language) >= 0.35 for idea in self.brief.ideas)
        ]
        words = {"vi": "trả lời", "en": "answer to", "fr": "réponse à"}[self.language]
        return [wording.gap(f"{words} “{_bare(one)[:140]}”", self.language) for one in open_]

    def _form(self, text: str) -> str:
        """Words of the form with what they name."""
        gap = wording.gap
        agency, subject, addressee = _NAMES[self.language]
        to = ", ".join(self.filled.get("to") or []) or gap(addressee, self.language)
        known = {
            "{agency}": self.filled.get("agency") or gap(agency, self.language),
            "{to}": to,
            "{subject}": _about(self.filled.get("subject") or gap(subject, self.language)),
            "{incoming}": self.incoming.cited(self.language, wording.words(self.language)) if self.incoming else "",
        }
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    def _cited(self, text: str) -> str:
        return citing.in_full(text, by=self.pen.by) if self.language == "vi" else text


_NAMES = {
    "vi": ("cơ quan ban hành", "nội dung", "nơi nhận"),
    "en": ("agency", "subject", "addressee"),
    "fr": ("organisme", "objet", "destinataire"),
}


def _block(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "title": "", "text": text, "rows": []}


def _bare(text: str) -> str:
    return text.rstrip(" .;:").replace("[", "(").replace("]", ")")


def _about(subject: str) -> str:
    return subject.removeprefix("về việc ").removeprefix("Về việc ").removeprefix("về ")


def _is_basis(idea: str) -> bool:
    return idea.lower().startswith("căn cứ ")


def _is_foreign(text: str, language: str) -> bool:
    return bool(text.strip()) and knowledge.detect_language(text) != language


def _reply_to(given: Incoming, language: str) -> str:
    start = {"vi": "trả lời về việc ", "en": "Reply: ", "fr": "Réponse : "}[language]
    return start + _about(given.about)


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
    written = {name: content[name] for name in ("body", "subject", "to", "bases", "particulars") if name in content}
    held = drafts.keep(by=pen.by, draft=now, content=now.content | written, revision=now.revision)
    held.sources, held.marks, held.data_class = sources, marks, max(held.data_class, pen.data_class)
    held.writing, held.progress, held.ledger = "", {}, [*held.ledger, *pen.ledger]
    held.save(update_fields=["sources", "marks", "data_class", "writing", "progress", "ledger", "updated_at"])
