"""What the command line and other domains may do with procedures of the national portal."""

from pathlib import Path

from khue.domains.procedures.portal import parse
from khue.domains.procedures.portal.records import UnreadableRecords, records
from khue.domains.procedures.portal.report import FieldReport, Report, report

__all__ = ["FieldReport", "Report", "UnreadableRecords", "loss_report"]


def loss_report(path: Path) -> Report:
    """How much of a file of portal records (JSON lines, `.gz` allowed) becomes structure; nothing is stored.

    Raises UnreadableRecords, with the line, for a file of another kind.
    """
    return report(parse(record) for _, record in records(path))
