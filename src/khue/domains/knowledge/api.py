"""What other domains may do with the library: find or make a collection, add documents that are already text.

collection = api.collection("Thủ tục hành chính", by=actor) or api.create_collection(…)
blocks = (Block.heading("Lệ phí", 1), *paragraphs("Trực tiếp: 8.000 đồng.\\nTrực tuyến: 4.000 đồng."))
added = api.add_documents(collection.id, [NewDocument("1.001193: Đăng ký khai sinh", blocks)], by=actor)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from khue.domains.knowledge.actions import adding, answers, collections, documents, wording
from khue.domains.knowledge.actions.adding import Added, NewDocument
from khue.domains.knowledge.actions.answers import Brake, Failed, For, Piece, SentenceChecked, Waiting
from khue.domains.knowledge.actions.documents import Brought
from khue.domains.knowledge.actions.grounding import Question, scratch_library
from khue.domains.knowledge.actions.grounding import ask as ask_in
from khue.domains.knowledge.actions.grounding import questions as grounding_questions
from khue.domains.knowledge.actions.indexing import embed_waiting
from khue.domains.knowledge.actions.refusals import refused
from khue.domains.knowledge.actions.retrieval import Trial
from khue.domains.knowledge.actions.retrieval import questions as retrieval_questions
from khue.domains.knowledge.actions.retrieval import trial as retrieval_trial
from khue.domains.knowledge.answering import check as checking
from khue.domains.knowledge.answering.evidence import Sentence, Source
from khue.domains.knowledge.answering.followup import completed
from khue.domains.knowledge.answering.measures import Asked
from khue.domains.knowledge.answering.measures import summary as grounding_figures
from khue.domains.knowledge.models import Access, Collection, Document, Passage
from khue.domains.knowledge.models.conversation import ExchangeStatus
from khue.domains.knowledge.permissions import By
from khue.domains.knowledge.queries import answers as stored_answers
from khue.domains.knowledge.queries import holdings as held
from khue.domains.knowledge.queries.holdings import DocumentRef, Holdings, headings, holdings, sample
from khue.domains.knowledge.queries.holdings import documents as find_documents
from khue.domains.knowledge.queries.holdings import saying as passages_saying
from khue.domains.knowledge.queries.holdings import texts as passage_texts
from khue.domains.knowledge.queries.indexing import Progress
from khue.domains.knowledge.queries.indexing import progress as embedding_progress
from khue.domains.knowledge.queries.lexical import follow as follow_index
from khue.domains.knowledge.queries.lexical import rebuild as rebuild_index
from khue.domains.knowledge.queries.search import Hit, Results, search
from khue.domains.knowledge.reading.blocks import Block, Reading, Unreadable, paragraphs
from khue.domains.knowledge.reading.language import detect as detect_language
from khue.domains.knowledge.reading.sandbox import Sandbox
from khue.domains.knowledge.reading.sentences import spans as sentence_spans
from khue.domains.knowledge.reading.syllables import is_syllable
from khue.domains.knowledge.rules import PAGES
from khue.domains.knowledge.search.marks import Spelling
from khue.domains.knowledge.search.tokens import fold as without_diacritics
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass

__all__ = [
    "Access",
    "Added",
    "Answer",
    "Asked",
    "Block",
    "Brake",
    "Brought",
    "By",
    "Checked",
    "CollectionRef",
    "DataClass",
    "DocumentRef",
    "Holdings",
    "Failed",
    "For",
    "Hit",
    "NewDocument",
    "Piece",
    "Progress",
    "Question",
    "Reading",
    "Results",
    "Sandbox",
    "SentenceChecked",
    "Spelling",
    "Trial",
    "Waiting",
    "add_document",
    "add_documents",
    "answer",
    "ask_in",
    "begin",
    "bring_file",
    "check_sentence",
    "collection",
    "create_collection",
    "delete_collection",
    "delete_documents",
    "detect_language",
    "drop_conversation",
    "embed_waiting",
    "embedding_progress",
    "follow_index",
    "grounding_figures",
    "grounding_questions",
    "paragraphs",
    "passage_count",
    "passage_texts",
    "passages_of",
    "passages_saying",
    "read_file",
    "read_rows",
    "rebuild_index",
    "retrieval_questions",
    "retrieval_trial",
    "scratch_library",
    "search",
    "sentence_spans",
    "collections_of",
    "completed",
    "find_documents",
    "headings",
    "is_syllable",
    "holdings",
    "sample",
    "show_kind",
    "stream",
    "visible_documents",
    "without_diacritics",
]


@dataclass(frozen=True)
class CollectionRef:
    id: UUID
    name: str
    organisation_id: UUID
    data_class: DataClass
    documents: int = 0


def collections_of(by: By) -> list[CollectionRef]:
    """All that the person may read, by name, with how many documents are ready."""
    return [replace(_ref(one), documents=ready) for one, ready in held.collections(by)]


def collection(name: str, *, by: By, organisation_id: UUID | None = None) -> CollectionRef | None:
    """By name, in one organisation (default: where the person works); None for what is not there or not theirs."""
    visible = Collection.objects.visible_to(by) if by else Collection.objects.all()
    place = organisation_id or (by.organisation_id if by else None)
    found = visible.filter(name=name, **({"organisation_id": place} if place else {})).order_by("created_at").first()
    return _ref(found) if found else None


def create_collection(
    name: str,
    *,
    by: By,
    organisation_id: UUID | None = None,
    description: str = "",
    access: str = Access.ORGANISATION,
    data_class: DataClass = DataClass.INTERNAL,
    scratch: bool = False,
    examples: Sequence[str] = (),
) -> CollectionRef:
    """Raises UserError for a name that is taken, NotAllowed for who may not."""
    return _ref(
        collections.create(
            by=by,
            name=name,
            organisation_id=organisation_id,
            description=description,
            access=access,
            data_class=data_class,
            scratch=scratch,
            examples=examples,
        )
    )


def add_documents(collection_id: UUID, new: Iterable[NewDocument], *, by: By) -> list[Added]:
    """In the order given; what is there already comes back as a duplicate. Thousands at once are fine."""
    return adding.add_documents(by=by, collection=_visible(collection_id, by), documents=new)


def add_document(collection_id: UUID, new: NewDocument, *, by: By) -> Added:
    return add_documents(collection_id, [new], by=by)[0]


def bring_file(collection_id: UUID, path: Path, *, by: By, sandbox: Sandbox) -> Brought:
    """Reads a file at once and keeps it; a duplicate is named and not stored again. Raises UserError, storing nothing.

    One Sandbox (a context manager) serves for many files, one after another.
    """
    return documents.bring(by=by, collection=_visible(collection_id, by), path=path, sandbox=sandbox)


def visible_documents(by: By) -> Any:
    """The ids of all documents that the person may read, as a subquery: `filter(document__in=…)`."""
    return (Document.objects.visible_to(by) if by else Document.objects.all()).order_by().values("pk")


def delete_documents(document_ids: Iterable[UUID], *, by: By) -> None:
    """With text, vectors and files; ids that are not there (any more) are passed over."""
    visible = Document.objects.visible_to(by) if by else Document.objects.all()
    for document in visible.filter(pk__in=list(document_ids)).select_related("collection"):
        documents.delete(by=by, document=document)


def passage_count(document_ids: Iterable[UUID]) -> int:
    return Passage.objects.filter(document__in=list(document_ids)).count()


def passages_of(document_id: UUID) -> list[tuple[int, str]]:
    """Each passage with the headings above it, in the document's order."""
    return list(Passage.objects.filter(document=document_id).order_by("position").values_list("id", "heading"))


def delete_collection(collection_id: UUID, *, by: By) -> None:
    collections.delete(by=by, collection=_visible(collection_id, by))


def _visible(collection_id: UUID, by: By) -> Collection:
    """Raises Collection.DoesNotExist for what the person may not read."""
    return (Collection.objects.visible_to(by) if by else Collection.objects.all()).get(pk=collection_id)


def _ref(found: Collection) -> CollectionRef:
    return CollectionRef(found.pk, found.name, found.organisation_id, DataClass(found.data_class))


def show_kind(kind: str, url_name: str) -> None:
    """Documents of this kind have a page of their own, at a URL that takes `document_id`."""
    PAGES[kind] = url_name


def read_file(path: Path, name: str, *, sandbox: Sandbox) -> Reading:
    """What stands in a file, kept nowhere. Raises UserError, ready for who brought it."""
    try:
        return sandbox.read(path, name)
    except Unreadable as refusal:
        raise refused(refusal) from refusal


def read_rows(path: Path, name: str, *, sandbox: Sandbox) -> list[list[str]]:
    """The cells of a spreadsheet, its heading first. Raises UserError."""
    try:
        return sandbox.rows(path, name)
    except Unreadable as refusal:
        raise refused(refusal) from refusal


# Sentences ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """`by`: which of the given sentences state it, none where it is not supported; `reason` then says why."""

    by: tuple[int, ...]
    reason: str = ""

    @property
    def supported(self) -> bool:
        return bool(self.by)


def check_sentence(
    claim: str, stated: Sequence[str], *, language: str, similarities: Sequence[float] | None = None
) -> Checked:
    """Whether single sentences of documents state a claim, as it is asked of every sentence of an answer; without
    `similarities` (cosines of claim and sentences) by their words and facts alone."""
    cosines = [None if similarities is None else np.array([one], np.float32) for one in similarities or stated]
    verdicts = [
        checking.check(claim, [_alone(text, language)], language=language, similarities=cosine)
        for text, cosine in zip(stated, cosines, strict=True)
    ]
    by = tuple(at for at, verdict in enumerate(verdicts) if verdict.supported)
    with wording.spoken(language):
        reason = "" if by else wording.reason(max(verdicts, key=checking.rank, default=checking.NOTHING))
    return Checked(by, reason)


def _alone(text: str, language: str) -> Sentence:
    source = Source("", 0, "", text, language=language, sentences=((0, len(text)),))
    return Sentence(source, 0, len(text), 0.0, 0.0, 0.0)


# Answers ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """A question with its evidence and, once streamed, its answer; the lists as they are stored (models.Exchange)."""

    id: UUID
    conversation_id: UUID
    question: str
    language: str
    answer: str
    abstained: bool
    sentences: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    timings: dict[str, float]
    model: str
    data_class: DataClass
    stopped: bool = False


def begin(
    *,
    by: Actor,
    question: str,
    conversation_id: UUID | None = None,
    collections: Sequence[UUID] | None = None,
    for_: For = answers.OWN,
) -> Answer:
    """Stores the question with its evidence, in a new conversation or at the end of one; `stream` then answers.

    A tool asks with the reading rights of `by` and says `for_` what: its conversations are in nobody's list, the call
    is on record without a person, and it drops them itself."""
    exchange = answers.begin(
        by=by, question=question, conversation_id=conversation_id, collections=collections, for_=for_
    )
    return answer(by=by, exchange_id=exchange.pk)


def stream(
    *, exchange_id: UUID, by: Actor, brake: Brake | None = None
) -> Iterator[Waiting | Piece | SentenceChecked | Failed]:
    """The answer as it comes; closing it, or pulling the brake from another thread, stops the model. `answer` gives
    what was stored."""
    for event in answers.stream(exchange_id=exchange_id, by=by, brake=brake):
        if not isinstance(event, answers.Finished):
            yield event


def answer(*, by: Actor, exchange_id: UUID) -> Answer:
    """Raises Exchange.DoesNotExist for somebody else's."""
    found = stored_answers.exchange(by, exchange_id)
    return Answer(
        id=found.pk,
        conversation_id=found.conversation_id,
        question=found.question,
        language=found.language,
        answer=found.answer,
        abstained=found.abstained,
        sentences=found.sentences,
        evidence=found.evidence,
        timings=found.timings,
        model=found.model,
        data_class=DataClass(found.conversation.data_class),
        stopped=found.status == ExchangeStatus.STOPPED,
    )


def drop_conversation(*, by: Actor, conversation_id: UUID) -> None:
    answers.drop(by=by, conversation_id=conversation_id)
