"""Reads the whole ledger once and says what is not as it was written. Flat memory, however long the ledger is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from khue.gateway.ledger import checkpoints, notes
from khue.gateway.ledger.audit import Audit, Held
from khue.gateway.ledger.notes import Note, Verifier
from khue.gateway.ledger.problems import Problem
from khue.gateway.models import LedgerCheckpoint

AT_ONCE = 5000


@dataclass
class Report:
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(given: Sequence[Note] = (), witnesses: Sequence[Verifier] = ()) -> Report:
    """Against itself, the checkpoints that it keeps, and those given; each of these must bear the signature of this
    ledger and of all witnesses."""
    problems: list[Problem] = []
    with transaction.atomic():
        _at_one_moment()
        held = [*_stored(problems), *_given(given, witnesses, problems)]
        audit = Audit(sorted(held, key=lambda each: each.checkpoint.size), _subtrees)
        for row in _rows():
            audit.read(*row)
        audit.finish(_covered())
    return Report(audit.entries, [*problems, *audit.problems])


def _at_one_moment() -> None:
    """What is added meanwhile does not count; not possible inside a transaction that has begun before."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")


def _rows() -> Iterator[tuple[int, str, bytes, bytes]]:
    """Past Django, whose cursors cannot ask for PostgreSQL's binary form: half the time."""
    with connection.connection.cursor(name="ledger", binary=True) as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute("select seq, payload, leaf, chain from gateway_entry order by seq")
        yield from cursor


def _subtrees(level: int, position: int, count: int) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select position, hash from gateway_subtree where level = %s and position between %s and %s",
            [level, position, position + count - 1],
        )
        return {number: bytes(hash) for number, hash in cursor.fetchall()}


def _covered() -> int:
    """How many entries the stored hashes speak of."""
    with connection.cursor() as cursor:
        cursor.execute("select max((position + 1) << level) from gateway_subtree")
        return int(cursor.fetchone()[0] or 0)


def _stored(problems: list[Problem]) -> Iterator[Held]:
    own = checkpoints.verifier()
    for stored in LedgerCheckpoint.objects.order_by("size").iterator(AT_ONCE):
        try:
            note = notes.read(stored.note)
            found = note.checkpoint
        except notes.NotANote as error:
            problems.append(Problem("signature", detail=f"the checkpoint kept over {stored.size} entries: {error}"))
            continue
        if found.origin == own.name and not own.has_signed(note):
            problems.append(Problem("signature", detail=f"the checkpoint kept over {stored.size} entries was changed"))
        else:
            yield Held(found, is_given=False)


def _given(given: Sequence[Note], witnesses: Sequence[Verifier], problems: list[Problem]) -> Iterator[Held]:
    for note in given:
        for each in (checkpoints.verifier(), *witnesses):
            if not each.has_signed(note):
                problems.append(Problem("signature", detail=f"the given checkpoint is not signed by {each.name}"))
        yield Held(note.checkpoint, is_given=True)
