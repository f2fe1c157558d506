"""The lexical index: one tantivy folder of passages, ranked by BM25. Derived from PostgreSQL, which alone decides
what exists and who may see it; this index only proposes.

`state.json` names the folder in use and says how far it has come; it is replaced in one step, so that readers in
other processes always see a whole index. One process writes at a time (a lock on a file beside it).
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

import tantivy
from tantivy import Occur, Query

from khue.domains.knowledge.search import tokens

# raise it when the terms of a text change: every index of an older form is built anew
FORM = 1
# beside a weight of 1 for a word; weighed from 0 to 1.5 on four test sets: half is best or near it on each
PAIR_WEIGHT = 0.5
MOST = 0.8
HEAP_BYTES = 64_000_000


@dataclass(frozen=True)
class Entry:
    """A passage as it is indexed; `text` includes title and headings."""

    passage: int
    collection: UUID
    text: str
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class State:
    """`source` identifies the table that was read. Of its rows, all up to `certain` are in the index; so are those
    up to `seen`, except where a transaction was still open then: it had a number below `horizon`."""

    source: str
    folder: str
    certain: int = 0
    seen: int = 0
    horizon: int = 0
    form: int = FORM


class LexicalIndex:
    """The index under one folder. Any number of processes read it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._signature: tuple[int, int] | None = None
        self._state: State | None = None
        self._index: tantivy.Index | None = None

    # reading -----------------------------------------------------------------------------------

    def state(self) -> State | None:
        """Where the index stands; None when there is none that can be used."""
        self._reload()
        return self._state

    def best(self, question: str, *, within: Sequence[UUID], limit: int) -> dict[int, float]:
        """The best passages by their words → BM25. Where the collections hold most of the index, others may be among
        them: without a filter tantivy passes over what cannot be among the best, four times as fast."""
        everywhere = self.size(within) >= MOST * self.count()
        return self._search(self._words(question), limit, None if everywhere else _in_collections(within))

    def scores(self, question: str, passages: Sequence[int]) -> dict[int, float]:
        """BM25 of given passages; none for one that shares no term with the question."""
        if not passages:
            return {}
        return self._search(
            self._words(question), len(passages), Query.term_set_query(SCHEMA, "passage", list(passages))
        )

    def named(self, codes: Sequence[str], *, within: Sequence[UUID], limit: int) -> list[int]:
        """Passages of the documents that carry one of these codes, in the order in which they were added."""
        if not codes:
            return []
        carrying = Query.term_set_query(SCHEMA, "codes", list(codes))
        return sorted(self._search(carrying, limit, _in_collections(within)))

    def lacks_diacritics(self, question: str) -> bool:
        """Whether a question is Vietnamese typed without marks. The library itself tells: the words of such a
        question stand next to each other in its texts only once their marks are taken away."""
        self._reload()
        if self._index is None or tokens.fold(question) != question.lower():
            return False
        searcher, terms = self._index.searcher(), tokens.terms(question)
        pairs = [
            (searcher.doc_freq("plain", plain), searcher.doc_freq("marked", marked))
            for plain, marked in zip(terms.plain, terms.marked, strict=True)
            if tokens.PAIR in plain
        ]
        bare = sum(plain > 2 * marked for plain, marked in pairs)
        return bare > 0.4 * sum(plain > 0 for plain, _ in pairs) and bare > 0.25 * len(pairs)

    def size(self, collections: Iterable[UUID]) -> int:
        """About how many passages these collections hold."""
        self._reload()
        if self._index is None:
            return 0
        searcher = self._index.searcher()
        return sum(searcher.doc_freq("collection", collection.hex) for collection in collections)

    def count(self) -> int:
        self._reload()
        return self._index.searcher().num_docs if self._index else 0

    def _search(self, wanted: Query, limit: int, among: Query | None = None) -> dict[int, float]:
        self._reload()
        if self._index is None:
            return {}
        searcher = self._index.searcher()
        query = wanted
        if among is not None:
            query = Query.boolean_query([(Occur.Must, wanted), (Occur.Must, Query.const_score_query(among, 0.0))])
        hits = searcher.search(query, limit=limit, count=False).hits
        passages = searcher.fast_field_values("passage", [address for _, address in hits])
        return {int(passage or 0): score for passage, (score, _) in zip(passages, hits, strict=True)}

    def _words(self, question: str) -> Query:
        terms = tokens.terms(question)
        field, wanted = ("plain", terms.plain) if self.lacks_diacritics(question) else ("marked", terms.marked)
        return Query.boolean_query([(Occur.Should, _term(field, term)) for term in dict.fromkeys(wanted)])

    def _reload(self) -> None:
        """Follows what this or another process has published since the last look."""
        try:
            found = (self.root / "state.json").stat()
        except FileNotFoundError:
            self._state, self._index, self._signature = None, None, None
            return
        signature = (found.st_ino, found.st_mtime_ns)
        if signature != self._signature:
            self._state, self._index = self._open()
            self._signature = signature

    def _open(self) -> "tuple[State, tantivy.Index] | tuple[None, None]":
        """None for what is missing, broken or of an older form: it is built anew."""
        try:
            state = State(**json.loads((self.root / "state.json").read_text()))
            if state.form != FORM:
                return None, None
            if self._index is not None and self._state is not None and self._state.folder == state.folder:
                self._index.reload()
                return state, self._index
            return state, _opened(self.root / state.folder)
        except (OSError, ValueError, TypeError):
            return None, None

    # writing -----------------------------------------------------------------------------------

    @contextmanager
    def writing(self, *, wait: bool) -> "Iterator[Writer | None]":
        """The only writer among all processes; None if another one writes and `wait` is false."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
                return
            yield Writer(self)

    def passages(self) -> Iterator[int]:
        """All passages in the index, also those that PostgreSQL no longer has."""
        self._reload()
        if self._index is None:
            return
        searcher = self._index.searcher()
        step = 100_000
        for offset in range(0, searcher.num_docs, step):
            hits = searcher.search(Query.all_query(), limit=step, offset=offset, count=False).hits
            yield from (int(p or 0) for p in searcher.fast_field_values("passage", [address for _, address in hits]))

    def holds(self, passages: Sequence[int]) -> set[int]:
        if self._index is None or not passages:
            return set()
        return set(self._search(Query.term_set_query(SCHEMA, "passage", list(passages)), len(passages)))


class Writer:
    """Holds the lock. What it writes is seen by readers once `publish` has made a state current."""

    def __init__(self, index: LexicalIndex) -> None:
        self.index = index

    def start(self, source: str) -> State:
        """A new, empty index beside the one in use."""
        state = State(source=source, folder=uuid4().hex[:12])
        (self.index.root / state.folder).mkdir()
        tantivy.Index(SCHEMA, path=str(self.index.root / state.folder))
        return state

    def write(self, state: State, *, add: Iterable[Entry] = (), remove: Iterable[int] = ()) -> None:
        """Adds (or replaces) and removes passages in one commit."""
        add, remove = list(add), list(remove)
        if not add and not remove:
            return
        writer = _opened(self.index.root / state.folder).writer(HEAP_BYTES, 1)
        for passage in remove:
            writer.delete_documents_by_term("passage", passage)
        for entry in add:
            writer.delete_documents_by_term("passage", entry.passage)
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()

    def publish(self, state: State) -> None:
        new = self.index.root / "state.json.new"
        new.write_text(json.dumps(asdict(state)))
        os.replace(new, self.index.root / "state.json")
        for folder in self.index.root.iterdir():
            if folder.is_dir() and folder.name != state.folder:
                shutil.rmtree(folder, ignore_errors=True)


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", indexed=True, fast=True)
    builder.add_text_field("collection", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("codes", tokenizer_name="raw", index_option="basic")
    for field in ("marked", "plain"):
        builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    return builder.build()


SCHEMA = _schema()


def _document(entry: Entry) -> tantivy.Document:
    terms = tokens.terms(entry.text)
    document = tantivy.Document(passage=entry.passage, collection=entry.collection.hex)
    document.add_text("marked", " ".join(terms.marked))
    document.add_text("plain", " ".join(terms.plain))
    for code in entry.codes:
        document.add_text("codes", tokens.fold(code))
    return document


def _term(field: str, term: str) -> Query:
    query = Query.term_query(SCHEMA, field, term, "freq")
    return Query.boost_query(query, PAIR_WEIGHT) if tokens.PAIR in term else query


def _in_collections(collections: Sequence[UUID]) -> Query:
    return Query.term_set_query(SCHEMA, "collection", [collection.hex for collection in collections])
