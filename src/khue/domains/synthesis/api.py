"""What the command line and other domains may do with syntheses.

made = api.synthesise([Path("Hà Tĩnh.docx"), …], by=operator, title="Tổng hợp 6 tháng", outline="1. Kết quả\\n2. …")
Path("tong-hop.docx").write_bytes(api.docx(made["id"], by=operator))
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.domains.synthesis.actions import syntheses, working
from khue.domains.synthesis.models import Synthesis
from khue.domains.synthesis.paper import report
from khue.domains.synthesis.queries.shown import shown
from khue.kernel import clock

__all__ = ["docx", "synthesise"]

Told = Callable[[str, int, int], None]


def synthesise(
    paths: Sequence[Path],
    *,
    by: Actor,
    title: str,
    outline: str = "",
    expected: Sequence[str] = (),
    told: Told = lambda stage, done, of: None,
) -> dict[str, Any]:
    """At once, in this process → the synthesis as JSON (queries.shown). Raises UserError."""
    files = [(path.name, ContentFile(path.read_bytes(), name=path.name)) for path in paths]
    made = syntheses.begin(by=by, title=title, files=files, outline=outline, expected=expected)
    return shown(working.work(made.pk, told=told))


def docx(synthesis_id: UUID | str, *, by: Actor) -> bytes:
    """As a báo cáo of the decree. Raises Synthesis.DoesNotExist for what the person may not read."""
    found = Synthesis.objects.visible_to(by).get(pk=synthesis_id)
    agency = people.organisation_names([found.organisation_id])[found.organisation_id]
    return report.docx(shown(found), agency=agency, day=clock.today())
