"""The demonstration: reports of invented provinces, notes of an invented meeting."""

import datetime
from pathlib import Path

from django.core.files.base import ContentFile

from khue.domains.people.api import Actor
from khue.domains.synthesis.actions import meetings, syntheses
from khue.domains.synthesis.demo import made
from khue.domains.synthesis.demo.reports import outline
from khue.domains.synthesis.models import Meeting, Synthesis

REPORTS = "tổng hợp cải cách hành chính 6 tháng đầu năm 2026 (số liệu giả định)"
MEETING = "họp giao ban tuần (xã minh họa)"
COUNT, PAGES, LAST = 6, 4, 2


def load(notes: Path, *, by: Actor) -> int:
    """Adds what is missing → how many."""
    return _reports(by) + _meeting(notes, by)


def _reports(by: Actor) -> int:
    if Synthesis.objects.filter(organisation_id=by.organisation_id, title=REPORTS).exists():
        return 0
    files = [(one.name, ContentFile(one.octets)) for one in made("report", count=COUNT, pages=PAGES, last=LAST)]
    one = syntheses.begin(by=by, title=REPORTS, files=files, outline=outline(), is_shared=True)
    syntheses.work_later(one)
    return 1


def _meeting(notes: Path, by: Actor) -> int:
    if Meeting.objects.filter(organisation_id=by.organisation_id, title=MEETING).exists():
        return 0
    text, day = notes.read_text(encoding="utf-8"), datetime.date(2026, 11, 23)
    meetings.write_later(meetings.begin(by=by, title=MEETING, notes=text, held_on=day, is_shared=True))
    return 1
