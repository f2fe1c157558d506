"""Syntheses of reports, consultations, meetings."""

from khue.domains.synthesis.models.consultation import Consultation, Judgement, Opinion, Theme
from khue.domains.synthesis.models.meeting import Meeting
from khue.domains.synthesis.models.synthesis import (
    CLASS_CHOICES,
    Owned,
    Report,
    ReportState,
    Section,
    Synthesis,
)

__all__ = [
    "CLASS_CHOICES",
    "Consultation",
    "Judgement",
    "Meeting",
    "Opinion",
    "Owned",
    "Report",
    "ReportState",
    "Section",
    "Synthesis",
    "Theme",
]
