"""The catalogue of programmes, a programme's page, its files and its ZIP."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.academy.models import ProgrammeVersion, Reading, Topic
from khue.domains.academy.permissions.programmes import can_teach, check_can_teach
from khue.domains.academy.queries import programmes, readings
from khue.domains.academy.views.loading import readable_version, version_or_404
from khue.domains.people.api import actor

# shown in the page; anything else is handed over as a file
SHOWN = {"image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif"}


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    versions = programmes.shelf_of(by)
    progress = readings.progress_of(by.person_id, [version.pk for version in versions])
    enrolled = {version.pk for version in programmes.enrolled_versions(by)}
    shelf = [(version, progress[version.pk], version.pk in enrolled) for version in versions]
    return render(request, "academy/programmes/catalogue.html", {"shelf": shelf, "teaches": can_teach(by)})


@require_GET
def detail(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version, by = version_or_404(request, version_id), actor(request)
    read = readings.readings_of(by.person_id, version.pk)
    topics = [(topic, read.get(topic.pk)) for topic in version.topics.prefetch_related("activities")]
    context = {
        "version": version,
        "definition": version.definition,
        "topics": topics,
        "next": _next(topics),
        "progress": readings.progress_of(by.person_id, [version.pk])[version.pk],
        "activities": version.activities.filter(topic=None),
        "labs": version.activities.filter(kind="lab"),
        "days": _days(version),
        "cohorts": programmes.cohorts_of(by.person_id, version),
        "can_read": programmes.can_read(by, version),
        "teaches": can_teach(by),
        "aside_label": _("About this programme"),
    }
    return render(request, "academy/programmes/detail.html", context)


def _next(topics: list[tuple[Topic, Reading | None]]) -> Topic | None:
    """The first topic that is not read to the end; after the last the first again."""
    open_ones = [topic for topic, reading in topics if reading is None or reading.finished_at is None]
    return open_ones[0] if open_ones else (topics[0][0] if topics else None)


def _days(version: ProgrammeVersion) -> dict[int, list[dict[str, object]]]:
    days: dict[int, list[dict[str, object]]] = {}
    for slot in sorted(version.definition.get("timetable", []), key=lambda slot: (slot["day"], slot["start"])):
        days.setdefault(slot["day"], []).append(slot)
    return days


@require_GET
def file(request: HttpRequest, version_id: UUID, path: str) -> HttpResponse:
    """A picture or material of the folder. Whatever it holds, it runs nothing here."""
    version = readable_version(request, version_id)
    materials = version.materials.filter(path__regex=r"^(images|materials)/").select_related("content")
    material = get_object_or_404(materials, path=path)
    response = HttpResponse(bytes(material.content.octets), content_type=material.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    name = path.rsplit("/", 1)[-1]
    as_file = material.media_type not in SHOWN
    response["Content-Disposition"] = content_disposition_header(as_file, name) or "inline"
    return response


@require_GET
def export(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The course in a box."""
    version = version_or_404(request, version_id)
    check_can_teach(actor(request))
    name = f"{version.programme.slug}-{version.number}.zip"
    response = HttpResponse(programmes.box(version), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
