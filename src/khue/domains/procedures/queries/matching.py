"""Which procedure a question means, of those that the asker may read: by words, everyday phrases and meaning."""

import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from khue.domains.knowledge import api as knowledge
from khue.domains.procedures.matching import deciding
from khue.domains.procedures.matching.asked import Asked
from khue.domains.procedures.matching.index import Entry, Index, Scored
from khue.domains.procedures.matching.phrases import small, table
from khue.domains.procedures.models import Procedure
from khue.domains.procedures.queries.procedures import visible_to
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel.errors import UserError
from khue.kernel.turns import Turns

LONGEST = 2000
# of the ranked, how many are looked up at first among those that the asker may read
LOOKED_UP = 40
# set on the half "tune": all outside refused there, 99% of the others kept
INSIDE = 0.58
_LEVEL = re.compile(
    r"\s*\(?\s*(?:thực hiện tại\s+)?(?:tại\s+)?(?:cấp|ở cấp)\s+(?:trung ương|bộ|tỉnh|tinh|huyện|xã|tw)\s*\)?|\W+$"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProcedureScope:
    """Empty: all that the asker may read. `fields` as the portal names them ("Hộ tịch"), `levels` "Cấp xã" …"""

    fields: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """`score`: the share of belief, 0…1."""

    code: str
    name: str
    score: float
    procedure_id: UUID


@dataclass(frozen=True)
class Choice:
    """For asking back; `label` leaves out what all procedures' names have."""

    code: str
    name: str
    label: str
    procedure_id: UUID


@dataclass(frozen=True)
class Match:
    """`decided`: the first of `best` is meant. `ask_back`: else these are worth choosing from. `outside`: none of the
    procedures is meant; `best` is what came nearest."""

    best: tuple[Candidate, ...]
    decided: bool
    ask_back: tuple[Choice, ...]
    outside: bool


@dataclass(frozen=True)
class _Held:
    """The index of all procedures of this installation, as it was at `signature`."""

    signature: tuple[object, ...]
    index: Index
    ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
    fields: tuple[str, ...]

    @cached_property
    def spelling(self) -> knowledge.Spelling:
        """As the names, what they result in, and everyday words are spelt."""
        names = (text for entry in self.index.entries for text in (entry.name, *entry.results))
        everyday = (text for row in table("everyday")["words"] for text in (*row["means"], *row.get("vi", ())))
        return knowledge.Spelling([*names, *map(str, everyday)])


_held: _Held | None = None
_building = threading.Lock()
# about 40 ms of one processor each: of many visitors at once nobody waits much longer than another
_turns = Turns(4)


def match(
    question: str,
    *,
    actor: knowledge.By,
    scope: ProcedureScope = ProcedureScope(),
    limit: int = 3,  # noqa: B008
) -> Match:
    """Never raises for a question: what cannot be matched is outside."""
    with _turns.taken():
        return _matched(question, actor, scope, limit)


def _matched(question: str, actor: knowledge.By, scope: ProcedureScope, limit: int) -> Match:
    held = _current()
    text = question[:LONGEST]
    asked = Asked.of(text, knowledge.detect_language(text))
    within = _within(held, scope)
    if not text.strip() or not held.ids or within == []:
        return Match((), False, (), True)
    if named := _named(held, asked, actor, within):
        return Match(named[:limit], len({one.code for one in named}) == 1, (), False)
    vector, official = _vectors(asked, actor, held)
    scored = held.index.ranked(asked, vector=vector, official=official, within=within)
    return _decided(held, asked, _readable(held, scored, actor), limit)


def _named(held: _Held, asked: Asked, actor: knowledge.By, within: list[int] | None) -> tuple[Candidate, ...]:
    """What the question names by its code."""
    places = [place for place, entry in enumerate(held.index.entries) if entry.code in asked.codes]
    scored = [Scored(place, 1.0, {}) for place in places if within is None or place in within]
    return tuple(_candidate(held, one, 1.0) for one in _readable(held, scored, actor)) if scored else ()


def _decided(held: _Held, asked: Asked, scored: Sequence[Scored], limit: int) -> Match:
    if not scored:
        return Match((), False, (), True)
    shares = deciding.beliefs(scored, [held.kinds[one.place] for one in scored])
    best = tuple(_candidate(held, one, shares.get(held.kinds[one.place], 0.0)) for one in scored[:limit])
    weights = table("weights")["inside"]
    outside = deciding.inside(deciding.evidence(asked, held.index, scored), weights) < INSIDE
    decided = not outside and shares[held.kinds[scored[0].place]] >= deciding.needed(scored[0])
    return Match(best, decided, () if decided or outside else _choices(held, scored, shares), outside)


def _choices(held: _Held, scored: Sequence[Scored], shares: dict[str, float]) -> tuple[Choice, ...]:
    """The best of each kind that is likely enough."""
    first: dict[str, Scored] = {}
    for one in scored:
        first.setdefault(held.kinds[one.place], one)
    likely = [first[kind] for kind, share in shares.items() if share >= deciding.WORTH_ASKING and kind in first]
    return tuple(_choice(held, one) for one in likely[: deciding.MOST_CHOICES])


def _choice(held: _Held, one: Scored) -> Choice:
    entry = held.index.entries[one.place]
    label = re.sub(r"^thủ tục:?\s+", "", " ".join(entry.name.split()), flags=re.IGNORECASE)
    return Choice(entry.code, entry.name, f"{label[:1].upper()}{label[1:]}", held.ids[one.place])


def _candidate(held: _Held, one: Scored, share: float) -> Candidate:
    entry = held.index.entries[one.place]
    return Candidate(entry.code, " ".join(entry.name.split()), round(share, 4), held.ids[one.place])


def _readable(held: _Held, scored: Sequence[Scored], actor: knowledge.By) -> list[Scored]:
    """PostgreSQL alone decides who may read what; more is looked up only while too little of it is readable."""
    most = LOOKED_UP
    while True:
        ids = [held.ids[one.place] for one in scored[:most]]
        readable = set(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
        if len(readable) >= min(LOOKED_UP // 2, len(scored)) or most >= len(scored):
            return [one for one in scored[:most] if held.ids[one.place] in readable]
        most *= 4


def _within(held: _Held, scope: ProcedureScope) -> list[int] | None:
    if not (scope.fields or scope.levels or scope.codes):
        return None
    entries = held.index.entries
    return [
        place
        for place, entry in enumerate(entries)
        if (not scope.codes or entry.code in scope.codes)
        and (not scope.fields or held.fields[place] in scope.fields)
        and (not scope.levels or set(scope.levels).intersection(entry.levels))
    ]


def _vectors(
    asked: Asked, actor: knowledge.By, held: _Held
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Of the question and of what it means officially. E5 finds nothing in Vietnamese without its marks."""
    bare = asked.said.language == "vi" and asked.said.is_bare
    texts = [held.spelling.read(asked.said.text) if bare else asked.said.text, asked.official]
    wanted = [text for text in texts if text]
    person, organisation = (actor.person_id, actor.organisation_id) if actor else (None, None)
    caller = Caller(person, organisation, tool="search")
    try:
        made = iter(gateway.embed(wanted, kind="query", caller=caller, data_class=DataClass.PUBLIC))
    except UserError as error:
        log.warning("Matching by words only: %s", error)
        return None, None
    first, second = (next(made) if text else None for text in texts)
    return first, second


def _current() -> _Held:
    """Rebuilt when procedures have come, gone or got their vectors since."""
    global _held
    found = Procedure.objects.aggregate(n=Count("pk"), last=Max("created_at"), vectors=Count("vector"))
    signature = tuple(found.values())
    if _held is None or _held.signature != signature:
        with _building:
            if _held is None or _held.signature != signature:
                _held = _built(signature)
    return _held


def _built(signature: tuple[object, ...]) -> _Held:
    rows = list(
        Procedure.objects.order_by("code", "pk").values_list(
            "pk", "code", "name", "levels", "sector", "structure__applicants", "structure__results__results", "vector"
        )
    )
    entries = [
        Entry(code, name, tuple(levels or ()), tuple(applicants or ()), _results(results), _array(vector))
        for _, code, name, levels, _, applicants, results, vector in rows
    ]
    return _Held(
        signature,
        Index(entries, table("weights")["rank"]),
        tuple(row[0] for row in rows),
        tuple(_LEVEL.sub("", small(entry.name)) for entry in entries),
        tuple(row[4] for row in rows),
    )


def _results(found: Any) -> tuple[str, ...]:
    return tuple(str(one["name"]) for one in found or ())


def _array(vector: Any) -> NDArray[np.float32] | None:
    """The driver gives a HalfVector or, where pgvector's types are known to the connection, plain numbers."""
    if vector is None:
        return None
    return np.asarray(vector.to_numpy() if hasattr(vector, "to_numpy") else vector, np.float32)
