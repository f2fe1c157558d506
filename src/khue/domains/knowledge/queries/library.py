"""Reads of the library: collections with their state, documents, and the text around a quotation."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language

from khue.domains.knowledge.models import Collection, Document, DocumentStatus, Exchange, Passage
from khue.domains.knowledge.reading import language as languages
from khue.domains.people.api import Actor

# passages that one page of the document viewer shows
WINDOW = 80


@dataclass(frozen=True)
class Segment:
    """A stretch of a document's text as the viewer shows it; `start` counts code points in the whole text."""

    text: str
    start: int
    heading: str
    page: int | None
    # False: text between two passages, such as a heading
    is_passage: bool


@dataclass(frozen=True)
class Reading:
    """One page of the viewer. `number` counts from 1; `before`, `quote`, `after` split the segment with the quote."""

    segments: tuple[Segment, ...]
    number: int
    of: int


def collections(actor: Actor) -> QuerySet[Collection]:
    """Those that the person may read, each with counts of its documents by state."""
    counts = {
        "total": Count("documents"),
        "ready": Count("documents", filter=Q(documents__status=DocumentStatus.READY)),
        "waiting": Count("documents", filter=Q(documents__status=DocumentStatus.WAITING)),
        "failed": Count("documents", filter=Q(documents__status=DocumentStatus.FAILED)),
        "last_added": Max("documents__created_at"),
    }
    return Collection.objects.visible_to(actor).filter(scratch=False).annotate(**counts).order_by("name")


def collection(actor: Actor, collection_id: UUID) -> Collection:
    """Raises Collection.DoesNotExist for what the person may not read."""
    return collections(actor).get(pk=collection_id)


def example_questions(found: Iterable[Collection], *, most: int = 6) -> list[str]:
    """Some of the questions that the owners of the collections suggest, from each in turn; those in the language of
    the page first."""
    in_turn = zip_longest(*(collection.examples for collection in found))
    questions = [question for round_ in in_turn for question in round_ if question]
    return sorted(questions, key=lambda question: languages.detect(question) != get_language())[:most]


def has_documents(found: Iterable[Collection]) -> bool:
    return any(collection.ready for collection in found)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Card:
    """What is known of a document as fields: pairs of label and value, in the active language."""

    title: str
    facts: tuple[tuple[str, str], ...]


def cards(actor: Actor, exchange: Exchange, *, most: int = 2) -> list[Card]:
    """Cards of the documents that the answer cites, in the order of the evidence."""
    cited = {c["document"] for sentence in exchange.sentences for c in sentence["citations"]}
    wanted = [item["document"] for item in exchange.evidence if not cited or item["document"] in cited]
    if exchange.abstained or not wanted:
        return []
    found = Document.objects.visible_to(actor).exclude(facts=[]).in_bulk(list(dict.fromkeys(wanted)))
    return [card(document) for document in found.values()][:most]


def card(document: Document) -> Card:
    language = get_language() or "vi"
    pairs = ((fact["label"].get(language) or fact["label"]["vi"], fact["value"]) for fact in document.facts)
    return Card(document.title, tuple(pairs))


def documents(collection: Collection, *, words: str = "") -> QuerySet[Document]:
    found = collection.documents.order_by("-created_at", "title")
    return found.filter(Q(title__icontains=words) | Q(file_name__icontains=words)) if words else found


def document(actor: Actor, document_id: UUID) -> Document:
    """Raises Document.DoesNotExist for what the person may not read."""
    return Document.objects.visible_to(actor).select_related("collection", "body").get(pk=document_id)


def reading(document: Document, *, number: int = 1, at: int | None = None) -> Reading:
    """The viewer's page `number`, or the one that holds the code point `at`."""
    spans = list(document.passages.order_by("position").values_list("start", "end"))
    of = max(1, -(-len(spans) // WINDOW))
    if at is not None:
        number = sum(1 for start, _ in spans if start <= at) // WINDOW + 1
    number = min(max(1, number), of)
    first = (number - 1) * WINDOW
    passages = list(document.passages.order_by("position")[first : first + WINDOW])
    begin = spans[first][0] if first else 0
    end = spans[first + WINDOW][0] if first + WINDOW < len(spans) else len(document.body.text)
    return Reading(tuple(_segments(document.body.text, passages, begin, end)), number, of)


def _segments(text: str, passages: list[Passage], begin: int, end: int) -> "list[Segment]":
    found: list[Segment] = []
    at = begin
    for passage in passages:
        if text[at : passage.start].strip():
            found.append(Segment(text[at : passage.start], at, "", passage.page, False))
        found.append(Segment(text[passage.start : passage.end], passage.start, passage.heading, passage.page, True))
        at = max(at, passage.end)
    if text[at:end].strip():
        found.append(Segment(text[at:end], at, "", None, False))
    return found
