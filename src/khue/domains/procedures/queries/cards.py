"""What a procedure says about a question: fee, time limit, papers, place, law and steps, each with its source."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from khue.domains.knowledge import api as knowledge
from khue.domains.procedures import words
from khue.domains.procedures.matching import parts
from khue.domains.procedures.matching.phrases import Said
from khue.domains.procedures.models import Channel, Procedure
from khue.domains.procedures.portal.channels import UNSTATED
from khue.domains.procedures.queries.procedures import visible_to
from khue.ui.formats import day

NOTHING = {UNSTATED, "Không", "Không.", "không", "Không có", "Không có.", ""}
MONEY = re.compile(r"\d\s*(?:đồng|đ\b|vnđ|usd)", re.IGNORECASE)
LONGEST_NOTE = 600
# what most people ask for
FIRST = ("fee", "time", "papers")
# the part of the record as the portal names it, and the section of the document that holds it
FIELDS = {
    "fee": ("cach_thuc_thuc_hien", "Cách thức thực hiện"),
    "time": ("cach_thuc_thuc_hien", "Cách thức thực hiện"),
    "papers": ("thanh_phan_ho_so", "Thành phần hồ sơ"),
    "place": ("co_quan_thuc_hien", "Cơ quan thực hiện"),
    "law": ("can_cu_phap_ly", "Căn cứ pháp lý"),
    "conditions": ("yeu_cau_dieu_kien", "Yêu cầu, điều kiện"),
    "steps": ("trinh_tu_thuc_hien", "Trình tự thực hiện"),
    "result": ("ket_qua_xu_ly", "Kết quả thực hiện"),
}


@dataclass(frozen=True)
class Source:
    """Where a row stands: the document in the library, its passage (None: not cut yet) and the record's field."""

    document_id: UUID
    passage: int | None
    field: str
    url: str


@dataclass(frozen=True)
class Item:
    """`text` and `note` as the authority wrote them, times and amounts in the reader's way of writing; `head`: way to
    apply or case that it belongs to; `fits`: whether it is the asker's case."""

    text: str
    note: str = ""
    head: str = ""
    fits: bool = True


@dataclass(frozen=True)
class Row:
    """`text`: the row in a line. `date`: when the record came into the library, ISO."""

    kind: str
    label: str
    text: str
    items: tuple[Item, ...]
    source: Source
    date: str
    asked: bool
    # shown whole at once: what is asked for, or fee, time and papers where nothing is
    is_first: bool = False

    @property
    def own(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.fits)

    @property
    def is_split(self) -> bool:
        return any(item.fits for item in self.items) and not all(item.fits for item in self.items)

    @property
    def others(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.fits)


@dataclass(frozen=True)
class Card:
    """`asked`: kinds of rows that the question asks for, which come first. `cases`: what the papers depend on, to
    choose from; `case`: the one that was given. `shown_date` is `date` as the reader writes it."""

    code: str
    name: str
    procedure_id: UUID
    document_id: UUID
    sector: str
    levels: tuple[str, ...]
    decision: str
    url: str
    date: str
    shown_date: str
    language: str
    case: str
    cases: tuple[str, ...]
    rows: tuple[Row, ...]
    asked: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For APIs: UUIDs as text."""
        found: dict[str, Any] = _plain(dataclasses.asdict(self))
        return found


def restored(found: Mapping[str, Any]) -> Card:
    """What `as_json` gave."""
    rows = tuple(
        Row(
            **row
            | {
                "items": tuple(Item(**item) for item in row["items"]),
                "source": Source(**row["source"] | {"document_id": UUID(row["source"]["document_id"])}),
            }
        )
        for row in found["rows"]
    )
    ids = {name: UUID(found[name]) for name in ("procedure_id", "document_id")}
    lists = {name: tuple(found[name]) for name in ("levels", "cases", "asked")}
    return Card(**{**found, **ids, **lists, "rows": rows})


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class _Wanted:
    procedure: Procedure
    channels: Sequence[Channel]
    structure: dict[str, Any]
    question: str
    way: str
    case: str


def card(
    procedure_id: UUID, *, question: str = "", language: str = "vi", actor: knowledge.By, case: str | None = None
) -> Card:
    """Raises Procedure.DoesNotExist for what the actor may not read. `case`: one of `Card.cases`, or the asker's own
    words about it."""
    procedure = visible_to(actor).select_related("document").prefetch_related("channels").get(pk=procedure_id)
    said = Said(question, knowledge.detect_language(question) if question.strip() else language)
    asked = parts.asked_parts(said)
    wanted = _Wanted(
        procedure, list(procedure.channels.all()), procedure.structure, question, parts.asked_way(said), case or ""
    )
    with translation.override(language):
        return _card(wanted, asked, language)


def _card(wanted: _Wanted, asked: tuple[str, ...], language: str) -> Card:
    procedure = wanted.procedure
    date = procedure.document.created_at
    rows = _rows(wanted, asked, date.date().isoformat())
    return Card(
        code=procedure.code,
        name=" ".join(procedure.name.split()),
        procedure_id=procedure.pk,
        document_id=procedure.document_id,
        sector=procedure.sector,
        levels=tuple(procedure.levels),
        decision=procedure.decision,
        url=procedure.url,
        date=date.date().isoformat(),
        shown_date=day(date),
        language=language,
        case=wanted.case,
        cases=tuple(one["case"] for one in wanted.structure.get("papers") or () if one["case"]),
        rows=rows,
        asked=tuple(row.kind for row in rows if row.asked),
    )


def _rows(wanted: _Wanted, asked: tuple[str, ...], date: str) -> tuple[Row, ...]:
    passages = _passages(wanted.procedure.document_id)
    made: list[Row] = []
    first = {*asked} if {*asked} & {*FIRST, "law", "result"} else {*asked, *FIRST}
    for kind, (label, items) in _contents(wanted).items():
        field, section = FIELDS[kind]
        source = Source(wanted.procedure.document_id, passages.get(section), field, wanted.procedure.url)
        if items:
            made.append(Row(kind, label, _line(items), items, source, date, kind in asked, kind in first))
    return tuple(sorted(made, key=lambda row: not row.asked))


def _passages(document_id: UUID) -> dict[str, int]:
    """Section of the document → its first passage."""
    found: dict[str, int] = {}
    for passage, heading in knowledge.passages_of(document_id):
        for _kind, (_field, section) in FIELDS.items():
            if section in heading:
                found.setdefault(section, passage)
    return found


def _contents(wanted: _Wanted) -> dict[str, tuple[str, tuple[Item, ...]]]:
    makers: dict[str, tuple[str, Callable[[_Wanted], Iterator[Item]]]] = {
        "fee": (_("Fee"), _fees),
        "time": (_("Time limit"), _times),
        "papers": (_("Papers to hand in"), _papers),
        "place": (_("Where to hand in"), _places),
        "steps": (_("Steps"), _steps),
        "conditions": (_("Conditions"), _conditions),
        "result": (_("Result"), _results),
        "law": (_("Legal bases"), _laws),
    }
    return {kind: (label, tuple(make(wanted))) for kind, (label, make) in makers.items()}


def _line(items: Sequence[Item]) -> str:
    own = [item for item in items if item.fits] or list(items)
    said = dict.fromkeys(f"{item.head}: {item.text}" if item.head else item.text for item in own)
    return "; ".join(list(said)[:6])


# Rows ------------------------------------------------------------------------------------------


def _fees(wanted: _Wanted) -> Iterator[Item]:
    yield from _by_way(wanted, lambda channel: (words.fee(channel), _fee_note(channel)))


def _times(wanted: _Wanted) -> Iterator[Item]:
    yield from _by_way(wanted, lambda channel: (words.time_limit(channel), ""))


def _by_way(wanted: _Wanted, said: Callable[[Channel], tuple[str, str]]) -> Iterator[Item]:
    """Ways with the same words stand together."""
    ways: dict[tuple[str, str], list[Channel]] = {}
    for channel in wanted.channels:
        ways.setdefault(said(channel), []).append(channel)
    for (text, note), channels in ways.items():
        heads = dict.fromkeys(str(channel.get_form_display()) for channel in channels)
        fits = not wanted.way or any(channel.form == wanted.way for channel in channels)
        yield Item(text, note, ", ".join(heads), fits)


def _papers(wanted: _Wanted) -> Iterator[Item]:
    cases = wanted.structure.get("papers") or []
    if not cases:
        yield from _as_written(wanted, "thanh_phan_ho_so")
    names = [one["case"] for one in cases]
    if wanted.case and wanted.case in names:
        fitting = parts.general_cases(names) | {names.index(wanted.case)}
    else:
        fitting = parts.fitting_cases(names, f"{wanted.question} {wanted.case}")
    for at, one in enumerate(cases):
        for paper in one["papers"]:
            count = words.quantity(paper["originals"], paper["copies"])
            forms = "; ".join(paper["forms"])
            note = " · ".join(filter(None, (count, forms)))
            yield Item(" ".join(paper["name"].split()) or "—", note, one["case"], at in fitting)


def _as_written(wanted: _Wanted, field: str) -> Iterator[Item]:
    """A field that is running text where others have a table."""
    for text in (wanted.structure.get("remains") or {}).get(field) or ():
        yield from (Item(line) for line in filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _places(wanted: _Wanted) -> Iterator[Item]:
    structure = wanted.structure
    for agency in structure.get("agencies") or structure.get("authorities") or ():
        yield Item(agency)
    address = (structure.get("address") or "").strip()
    if address not in NOTHING:
        yield Item(address, head=_("Address"))


def _steps(wanted: _Wanted) -> Iterator[Item]:
    yield from _told(wanted, wanted.structure.get("steps") or ())


def _conditions(wanted: _Wanted) -> Iterator[Item]:
    yield from _told(wanted, wanted.structure.get("conditions") or ())


def _told(wanted: _Wanted, steps: Sequence[dict[str, str]]) -> Iterator[Item]:
    for step in steps:
        for line in filter(None, (" ".join(line.split()) for line in (step["text"] or "").splitlines())):
            if line not in NOTHING:
                yield Item(line, head=step["label"], fits=parts.is_of_way(line, wanted.way))


def _results(wanted: _Wanted) -> Iterator[Item]:
    for one in (wanted.structure.get("results") or {}).get("results") or ():
        yield Item(" ".join(one["name"].split()))


def _laws(wanted: _Wanted) -> Iterator[Item]:
    for basis in wanted.structure.get("legal_bases") or ():
        yield Item(basis["title"], note=basis["code"], head="")


def _fee_note(channel: Channel) -> str:
    """With the description where it tells of money too: "from the third page on 1,000 đồng"."""
    description = _note(channel.description)
    told = description if MONEY.search(description) and len(description) <= LONGEST_NOTE else ""
    return " ".join(dict.fromkeys(filter(None, (_note(channel.fee_note), told))))


def _note(text: str) -> str:
    note = " ".join(text.split())
    return "" if note in NOTHING else note
