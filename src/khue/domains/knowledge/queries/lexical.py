"""This machine's lexical index, and how it follows PostgreSQL.

The index is a cache of what PostgreSQL holds, so following it is part of reading. Passages never change under their
id, so following means: take what is new by id. Identifiers are given before a transaction commits, so a lower one can
appear after a higher: the index remembers up to which id nothing can still appear (`certain`) and looks again above.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from khue.domains.knowledge.models import Passage
from khue.domains.knowledge.search.index import Entry, LexicalIndex, State, Writer

BATCH = 5_000
# what a search waits for when the index is behind: well under a second's work
SOON = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """Where PostgreSQL stands: the table, its highest passage, and which transactions are open (xmin ≤ open < xmax)."""

    source: str
    highest: int
    xmin: int
    xmax: int

    @property
    def is_quiet(self) -> bool:
        """No transaction is open that writes: nothing can still appear up to `highest`."""
        return self.xmin == self.xmax


def index() -> LexicalIndex:
    return _index(settings.KHUE_HOME / "index")


@cache
def _index(root: Path) -> LexicalIndex:
    return LexicalIndex(root)


def moment() -> Moment:
    """One quick query. The table's file changes when a backup is restored over it; the index is then built anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select (select system_identifier from pg_control_system()) || '/' || oid || '/'
                      || pg_relation_filenode('knowledge_passage'),
                      (select coalesce(max(id), 0) from knowledge_passage),
                      pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                      pg_snapshot_xmax(pg_current_snapshot())::text::bigint
               from pg_database where datname = current_database()"""
        )
        return Moment(*cursor.fetchone())


def is_behind(now: Moment, state: State | None) -> bool:
    if state is None or state.source != now.source:
        return now.highest > 0
    return now.highest > state.seen or (state.certain < state.seen and now.xmin >= state.horizon)


def follow_soon() -> None:
    """Before a search: what is new is indexed at once if it is little, and beside the search if it is much."""
    now, state = moment(), index().state()
    if not is_behind(now, state):
        return
    done = state.certain if state and state.source == now.source else 0
    if Passage.objects.filter(id__gt=done)[: SOON + 1].count() <= SOON:
        follow(wait=False)
    else:
        Thread(target=_follow_aside, name="lexical index", daemon=True).start()


def _follow_aside() -> None:
    try:
        follow(wait=False)
    except (OperationalError, InterfaceError) as gone:
        # the database went away, with this process perhaps; the next search goes on from here
        log.warning("The lexical index stays behind for now: %s", gone)
    finally:
        connection.close()


def follow(*, wait: bool = True) -> int:
    """Takes in everything that is new → how many passages. Returns at once if another process does it already and
    `wait` is false."""
    with index().writing(wait=wait) as writer:
        if writer is None:
            return 0
        state, now = index().state(), moment()
        if state is None or state.source != now.source:
            state = writer.start(now.source)
        added = 0
        for reached, count in _catching_up(writer, state):
            writer.publish(reached)
            added += count
        return added


def rebuild(progress: Callable[[int], None] = lambda done: None) -> int:
    """Builds the index anew beside the one in use, which serves until the new one is whole."""
    with index().writing(wait=True) as writer:
        assert writer is not None
        reached, done = writer.start(moment().source), 0
        for state, count in _catching_up(writer, reached):
            reached, done = state, done + count
            progress(done)
        writer.publish(reached)
        return done


def sweep() -> int:
    """Removes what PostgreSQL no longer has → how many passages. Searches never show such passages anyway."""
    with index().writing(wait=True) as writer:
        state = index().state()
        if writer is None or state is None:
            return 0
        indexed = list(index().passages())
        gone = set(indexed)
        for start in range(0, len(indexed), BATCH):
            gone.difference_update(
                Passage.objects.filter(id__in=indexed[start : start + BATCH]).values_list("id", flat=True)
            )
        if gone:
            writer.write(state, remove=gone)
            writer.publish(state)
        return len(gone)


def _catching_up(writer: Writer, state: State) -> Iterator[tuple[State, int]]:
    """Writes batch after batch; yields each state that the index has reached and how many passages were new."""
    now = moment()
    late = _late(state)
    writer.write(state, add=_entries(late))
    if now.xmin >= state.horizon:
        state = replace(state, certain=state.seen)
    yield state, len(late)
    while new := _above(state.seen):
        writer.write(state, add=_entries(new))
        settled = now.is_quiet and state.certain == state.seen
        certain = min(now.highest, new[-1]) if settled else state.certain
        now = moment()
        state = replace(state, certain=certain, seen=new[-1], horizon=now.xmax)
        yield state, len(new)


def _above(passage: int) -> list[int]:
    return list(Passage.objects.filter(id__gt=passage).order_by("id").values_list("id", flat=True)[:BATCH])


def _late(state: State) -> list[int]:
    """Passages that have appeared below the highest one seen."""
    if state.certain == state.seen:
        return []
    present = list(Passage.objects.filter(id__gt=state.certain, id__lte=state.seen).values_list("id", flat=True))
    return sorted(set(present) - index().holds(present))


def _entries(passages: list[int]) -> Iterator[Entry]:
    rows = Passage.objects.filter(id__in=passages).values_list(
        "id", "heading", "text", "document__title", "document__codes", "document__collection_id"
    )
    for passage, heading, text, title, codes, collection in rows.iterator(chunk_size=1000):
        yield Entry(passage, collection, f"{title}\n{heading}\n{text}", codes)
