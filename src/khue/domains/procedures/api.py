"""What the command line and other domains may do with procedures of the national portal.

ingested = api.ingest(Path("procedures.jsonl.gz"), collection=collection.id, by=actor)
report = api.loss_report(Path("procedures.jsonl.gz"))
found = api.match("đổi bằng lái hết bao nhiêu tiền", actor=actor)  # found.decided, found.ask_back, found.outside
card = api.card(found.best[0].procedure_id, question="…", language="vi", actor=actor)  # card.as_json() to keep it
card = api.restored_card(kept)  # for procedures/_card.html
"""

from pathlib import Path

from khue.domains.procedures import portal
from khue.domains.procedures.actions.ingesting import KIND, Ingested, Refused, ingest
from khue.domains.procedures.actions.names import embed_waiting as embed_names
from khue.domains.procedures.portal.records import UnreadableRecords, records
from khue.domains.procedures.portal.report import FieldReport, Report, report
from khue.domains.procedures.queries.cards import Card, Item, Row, Source, card
from khue.domains.procedures.queries.cards import restored as restored_card
from khue.domains.procedures.queries.matching import Candidate, Choice, Match, ProcedureScope, match
from khue.domains.procedures.queries.procedures import levels, sectors

__all__ = [
    "KIND",
    "Candidate",
    "Card",
    "Choice",
    "FieldReport",
    "Ingested",
    "Item",
    "Match",
    "ProcedureScope",
    "Refused",
    "Report",
    "Row",
    "Source",
    "UnreadableRecords",
    "card",
    "embed_names",
    "ingest",
    "levels",
    "loss_report",
    "match",
    "restored_card",
    "sectors",
]


def loss_report(path: Path) -> Report:
    """How much of a file of portal records (JSON lines, `.gz` allowed) becomes structure; nothing is stored.

    Raises UnreadableRecords, with the line, for a file of another kind.
    """
    return report(portal.parse(record) for _, record in records(path))
