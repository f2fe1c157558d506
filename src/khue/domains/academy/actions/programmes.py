"""Bringing programmes in: each load makes a version, whole or not at all; a version never changes afterwards."""

import hashlib
import mimetypes
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from khue.domains.academy.course.clone import cloned
from khue.domains.academy.course.course import Course, TopicFolder, parse
from khue.domains.academy.course.texts import Part
from khue.domains.academy.models import (
    Activity,
    ActivityKind,
    Content,
    Material,
    Programme,
    ProgrammeVersion,
    Topic,
)
from khue.domains.academy.permissions.programmes import By, check_can_load_into
from khue.domains.academy.queries import programmes
from khue.domains.academy.rules.programmes import order_of
from khue.kernel.errors import UserError


class VersionTaken(UserError):
    """The number is used by other content."""

    def __init__(self, version: ProgrammeVersion) -> None:
        self.version = version
        super().__init__(
            _(
                "Version %(number)s of “%(programme)s” is there already with other content, and a version never "
                "changes. Raise `version` in programme.yaml and load again."
            )
            % {"number": version.number, "programme": version.programme.slug}
        )


@dataclass(frozen=True)
class Loaded:
    version: ProgrammeVersion
    # False: it was there already, with the same digest
    is_new: bool


@transaction.atomic
def load(course: Course, *, by: By, organisation_id: UUID) -> Loaded:
    """Stores a version of the programme in an organisation. The same content again changes nothing.

    Raises VersionTaken when this number is there with other content, NotAllowed.
    """
    check_can_load_into(by, organisation_id)
    wanted = Programme.objects.get_or_create(organisation_id=organisation_id, slug=course.programme.id)[0]
    # two loads at once would both see that the version is not there
    programme = Programme.objects.select_for_update().get(pk=wanted.pk)
    there = programme.versions.filter(position=order_of(course.programme.version)).first()
    if there is None:
        return Loaded(_stored(course, programme, by), is_new=True)
    if there.digest != course.digest:
        raise VersionTaken(there)
    return Loaded(there, is_new=False)


@transaction.atomic
def clone(
    version: ProgrammeVersion, *, by: By, organisation_id: UUID, starts_on: date | None = None, new_id: str = ""
) -> Loaded:
    """A copy of a version in another organisation (or under another id), its dates counted from `starts_on`."""
    return load(
        parse(cloned(parse(programmes.files(version)), starts_on=starts_on, new_id=new_id)),
        by=by,
        organisation_id=organisation_id,
    )


def _stored(course: Course, programme: Programme, by: By) -> ProgrammeVersion:
    described = course.programme
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=described.version,
        position=order_of(described.version),
        digest=course.digest,
        languages=list(described.languages),
        names=described.names,
        summaries=described.summary,
        is_open=described.open,
        definition=_definition(course),
        loaded_by_id=by.person_id if by else None,
    )
    _store_files(course, version)
    topics = {folder.key: _topic(version, position, folder) for position, folder in enumerate(course.topics)}
    Activity.objects.bulk_create(
        Activity(version=version, position=position, **fields)
        for position, fields in enumerate(_activities(course, topics))
    )
    return version


def _definition(course: Course) -> dict[str, Any]:
    rubrics = {key: _as_json(rubric) for key, rubric in course.rubrics.items()}
    return {**_as_json(course.programme), "rubrics": rubrics}


def _as_json(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_none=True)


def _topic(version: ProgrammeVersion, position: int, folder: TopicFolder) -> Topic:
    return Topic.objects.create(
        version=version,
        key=folder.key,
        position=position,
        names=folder.topic.names,
        summaries=folder.topic.summary,
        objectives=folder.topic.objectives,
        minutes=folder.topic.minutes,
        pages=folder.pages,
        sources=[_as_json(source) for source in folder.topic.sources],
    )


def _activities(course: Course, topics: dict[str, Topic]) -> list[dict[str, Any]]:
    """Topic by topic: exercises, labs, quiz; then what belongs to the whole programme."""
    found: list[dict[str, Any]] = []
    course = _in_order(course)
    for folder in course.topics:
        topic = topics[folder.key]
        found += [_activity(exercise.key, exercise.kind, exercise, topic) for exercise in folder.topic.exercises]
        labs = {key: lab for key, lab in course.labs.items() if lab.topic == folder.key}
        found += [_activity(key, ActivityKind.LAB, lab, topic) for key, lab in labs.items()]
        if folder.quiz:
            found.append(_activity(f"{folder.key}-quiz", ActivityKind.QUIZ, folder.quiz, topic))
    found += [_activity(key, ActivityKind.LAB, lab, None) for key, lab in course.labs.items() if not lab.topic]
    if course.sprint:
        minutes = sum(stage.minutes for stage in course.sprint.stages)
        found.append(_activity("sprint", ActivityKind.SPRINT, course.sprint, None) | {"minutes": minutes})
    found += [_activity(key, ActivityKind.SURVEY, survey, None) for key, survey in course.surveys.items()]
    return found


def _in_order(course: Course) -> Course:
    """Labs as the timetable names them, surveys as they are asked: before, at any time, after."""
    named = [key for slot in course.programme.timetable for key in slot.activities]
    labs = sorted(course.labs.items(), key=lambda lab: named.index(lab[0]) if lab[0] in named else len(named))
    surveys = sorted(course.surveys.items(), key=lambda survey: ("before", "any", "after").index(survey[1].when))
    return replace(course, labs=dict(labs), surveys=dict(surveys))


def _activity(key: str, kind: str, part: Any, topic: Topic | None) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "topic": topic,
        "names": part.names,
        "minutes": getattr(part, "minutes", 0),
        "definition": _as_json(part),
    }


def _store_files(course: Course, version: ProgrammeVersion) -> None:
    digests = {path: hashlib.sha256(octets).hexdigest() for path, octets in course.files.items()}
    contents = {digests[path]: octets for path, octets in course.files.items()}
    Content.objects.bulk_create(
        [Content(sha256=sha256, octets=octets) for sha256, octets in contents.items()], ignore_conflicts=True
    )
    Material.objects.bulk_create(
        Material(
            version=version,
            path=path,
            content_id=digests[path],
            size=len(octets),
            media_type=mimetypes.guess_type(path)[0] or "application/octet-stream",
        )
        for path, octets in course.files.items()
    )
