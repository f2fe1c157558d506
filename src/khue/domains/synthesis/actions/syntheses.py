"""Bringing reports together, stopping and going on, correcting what was taken for what."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.people.api import Actor
from khue.domains.synthesis.actions import working
from khue.domains.synthesis.models import Consultation, Meeting, Report, ReportState, Synthesis
from khue.domains.synthesis.outline.points import NoPoints, parsed
from khue.domains.synthesis.permissions import check_can_begin, check_can_change
from khue.domains.synthesis.rules import MOST_REPORTS, Stage
from khue.gateway.api import DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError

Brought = tuple[str, "File[bytes]"]


class TooMany(UserError):
    def __init__(self, count: int) -> None:
        text = _("These are %(count)s reports; at most %(most)s fit into one synthesis. Divide them into several.")
        super().__init__(text % {"count": count, "most": MOST_REPORTS})


class NothingBrought(UserError):
    def __init__(self) -> None:
        super().__init__(_("Choose at least one report: DOCX, PDF, XLSX or plain text."))


class NoOutline(UserError):
    def __init__(self) -> None:
        super().__init__(_("The outline has no points. Write one point a line, or leave it empty to find themes."))


@transaction.atomic
def begin(
    *,
    by: Actor,
    title: str,
    files: Iterable[Brought],
    outline: str = "",
    expected: Sequence[str] = (),
    data_class: int = DataClass.INTERNAL,
    is_shared: bool = False,
    language: str = "vi",
) -> Synthesis:
    """What is there twice, byte for byte, is taken once. Raises NotAllowed, TooMany, NothingBrought, NoOutline."""
    check_can_begin(by)
    made = Synthesis(
        organisation_id=by.organisation_id, owner_id=by.person_id, title=title.strip()[:300], is_shared=is_shared,
        data_class=data_class, language=language, expected=[name.strip()[:200] for name in expected if name.strip()],
        outline=points(outline),
    )  # fmt: skip
    made.save()
    add(made, files)
    return made


def points(outline: str) -> list[dict[str, str]]:
    if not outline.strip():
        return []
    try:
        return [asdict(point) for point in parsed(outline)]
    except NoPoints as problem:
        raise NoOutline from problem


def add(synthesis: Synthesis, files: Iterable[Brought]) -> None:
    brought = list(files)
    there = list(synthesis.reports.values_list("file_digest", flat=True))
    if not brought and not there:
        raise NothingBrought
    if len(brought) + len(there) > MOST_REPORTS:
        raise TooMany(len(brought) + len(there))
    for name, file in brought:
        digest = _digest(file)
        if digest in there:
            continue
        _check_size(name, file)
        report = Report(synthesis=synthesis, position=len(there), file_name=Path(name).name[:300], file_digest=digest)
        report.file.save(f"{report.pk}{Path(name).suffix[:10]}", file, save=False)
        report.save()
        there.append(digest)


def _digest(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _check_size(name: str, file: "File[bytes]") -> None:
    if file.size > settings.KHUE_UPLOAD_LIMIT_MB * 1024**2:
        text = _("“%(name)s” is larger than %(most)s MB. Divide it, or ask your administrator to raise the limit.")
        raise UserError(text % {"name": name, "most": settings.KHUE_UPLOAD_LIMIT_MB})


def work_later(synthesis: Synthesis) -> None:
    jobs.later(working.WORK, one_at_a_time=f"{working.WORK} {synthesis.pk}", synthesis=str(synthesis.pk))


def stop(*, by: Actor, synthesis: Synthesis) -> None:
    """What is there stays; raises NotAllowed."""
    check_can_change(by, synthesis)
    running = [Stage.WAITING, Stage.READING, Stage.GROUPING, Stage.MERGING]
    Synthesis.objects.filter(pk=synthesis.pk, stage__in=running).update(stage=Stage.STOPPED)


@transaction.atomic
def go_on(*, by: Actor, synthesis: Synthesis) -> None:
    """Where it was stopped or failed; what has been read, embedded and merged is not done again."""
    check_can_change(by, synthesis)
    Synthesis.objects.filter(pk=synthesis.pk, stage__in=[Stage.STOPPED, Stage.FAILED]).update(
        stage=Stage.WAITING, error=""
    )
    work_later(synthesis)


@transaction.atomic
def correct(*, by: Actor, report: Report, place: str, period: str) -> None:
    """A person says of whom and of when a report is; everything that stands on it is worked out anew."""
    synthesis = report.synthesis
    check_can_change(by, synthesis)
    Report.objects.filter(pk=report.pk).update(
        told_place=place.strip()[:200], told_period=period, state=ReportState.WAITING, embedded=[], vectors=b""
    )
    _anew(synthesis)


@transaction.atomic
def bring(*, by: Actor, synthesis: Synthesis, files: Iterable[Brought]) -> None:
    """Reports that came late; what was read is not read again."""
    check_can_change(by, synthesis)
    add(synthesis, files)
    _anew(synthesis)


@transaction.atomic
def leave_out(*, by: Actor, report: Report) -> None:
    synthesis = report.synthesis
    check_can_change(by, synthesis)
    report.file.delete(save=False)
    report.delete()
    _anew(synthesis)


def _anew(synthesis: Synthesis) -> None:
    synthesis.sections.all().delete()
    held = Synthesis.objects.select_for_update().get(pk=synthesis.pk)
    kept: dict[str, Any] = {"stage": Stage.WAITING, "progress": {}}
    if held.stage in {Stage.READING, Stage.GROUPING, Stage.MERGING}:
        kept = {"progress": {working.ANEW: True}}
    Synthesis.objects.filter(pk=synthesis.pk).update(error="", found={}, timings={}, **kept)
    work_later(synthesis)


def delete(*, by: Actor, synthesis: Synthesis) -> None:
    check_can_change(by, synthesis)
    for report in synthesis.reports.all():
        report.file.delete(save=False)
    synthesis.delete()


def forget(organisation_ids: Collection[UUID]) -> None:
    """For good, with the files: a rehearsal ends."""
    for report in Report.objects.filter(synthesis__organisation_id__in=organisation_ids):
        report.file.delete(save=False)
    for consultation in Consultation.objects.filter(organisation_id__in=organisation_ids):
        consultation.file.delete(save=False)
    for kind in (Synthesis, Consultation, Meeting):
        kind.objects.filter(organisation_id__in=organisation_ids).delete()


def counted(synthesis: Synthesis) -> str:
    count = synthesis.reports.count()
    return ngettext("%(count)s report", "%(count)s reports", count) % {"count": count}
