"""A worksheet to take along: it runs without Khuê and gives the same numbers."""

from khue.domains.analysis.exporting.archive import ExportedStep, ExportedTable, Worksheet, archive
from khue.domains.analysis.exporting.notebook import notebook

__all__ = ["ExportedStep", "ExportedTable", "Worksheet", "archive", "notebook"]
