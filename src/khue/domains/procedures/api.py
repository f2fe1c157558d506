"""What the command line and other domains may do with procedures of the national portal.

ingested = api.ingest(Path("procedures.jsonl.gz"), collection=collection.id, by=actor)
report = api.loss_report(Path("procedures.jsonl.gz"))
"""

from pathlib import Path

from khue.domains.procedures import portal
from khue.domains.procedures.actions import KIND, Ingested, Refused, ingest
from khue.domains.procedures.portal.records import UnreadableRecords, records
from khue.domains.procedures.portal.report import FieldReport, Report, report

__all__ = ["KIND", "FieldReport", "Ingested", "Refused", "Report", "UnreadableRecords", "ingest", "loss_report"]


def loss_report(path: Path) -> Report:
    """How much of a file of portal records (JSON lines, `.gz` allowed) becomes structure; nothing is stored.

    Raises UnreadableRecords, with the line, for a file of another kind.
    """
    return report(portal.parse(record) for _, record in records(path))
