"""The share of a set of records that was parsed without loss, for each field of the portal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from khue.domains.procedures.portal.procedure import Procedure


@dataclass(frozen=True)
class FieldReport:
    field: str
    records: int
    without_loss: int
    lost_characters: int

    @property
    def share(self) -> float:
        return self.without_loss / self.records


@dataclass(frozen=True)
class Report:
    """`rows` counts the rows that table fields became, `typed` those of them whose value became a number or a code."""

    procedures: int
    without_loss: int
    fields: tuple[FieldReport, ...]
    rows: dict[str, int]
    typed: dict[str, int]


def report(procedures: Iterable[Procedure]) -> Report:
    records: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    typed: Counter[str] = Counter()
    count = without_loss = 0
    for procedure in procedures:
        count += 1
        without_loss += not any(procedure.lost.values())
        records.update(procedure.lost.keys())
        whole.update(name for name, lost in procedure.lost.items() if not lost)
        characters.update(procedure.lost)
        for name, value in _cells(procedure):
            rows[name] += 1
            typed[name] += value
    fields = tuple(FieldReport(name, records[name], whole[name], characters[name]) for name in sorted(records))
    return Report(count, without_loss, fields, dict(rows), dict(typed))


def _cells(procedure: Procedure) -> Iterable[tuple[str, bool]]:
    for channel in procedure.channels:
        yield "time", channel.time_value is not None and bool(channel.time_unit)
        yield from (("fee", fee.amount is not None) for fee in channel.fees)
    for case in procedure.papers:
        yield from (("paper", bool(paper.quantity and paper.name)) for paper in case.papers)
    yield from (("legal basis", bool(basis.title and basis.code)) for basis in procedure.legal_bases)
    yield from (("result", bool(result.name and result.code)) for result in procedure.results.results)
