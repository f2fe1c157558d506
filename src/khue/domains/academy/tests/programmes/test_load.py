"""Loading, exporting and cloning: whole, once, versioned."""

import io
from datetime import date

import pytest

from khue.domains.academy.actions import cohorts, programmes
from khue.domains.academy.actions.programmes import VersionTaken
from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import Content, ProgrammeVersion
from khue.domains.academy.queries import programmes as queries
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed


def test_a_load_stores_topics_activities_and_files(cast, course):
    version = programmes.load(course, by=None, organisation_id=cast.academy.pk).version
    assert [(topic.key, topic.minutes) for topic in version.topics.all()] == [("mo-dau", 20)]
    assert [(one.key, one.kind) for one in version.activities.all()] == [
        ("nhin-quanh", "exercise"),
        ("hoi", "lab"),
        ("mo-dau-quiz", "quiz"),
    ]
    assert version.topics.get().sources == [{"text": {"vi": "Luật A", "en": "Law A"}, "confirm": True}]
    assert version.materials.count() == len(course.files)


def test_the_same_content_again_changes_nothing(cast, course):
    first = programmes.load(course, by=None, organisation_id=cast.academy.pk)
    again = programmes.load(course, by=None, organisation_id=cast.academy.pk)
    assert (first.is_new, again.is_new) == (True, False)
    assert ProgrammeVersion.objects.count() == 1


def test_a_version_never_changes(cast, course, changed):
    programmes.load(course, by=None, organisation_id=cast.academy.pk)
    other = parse(changed("topics/mo-dau/topic.yaml", "minutes: 20", "minutes: 25"))
    with pytest.raises(VersionTaken, match=r"1\.0"):
        programmes.load(other, by=None, organisation_id=cast.academy.pk)
    assert ProgrammeVersion.objects.get().topics.get().minutes == 20


def test_a_running_cohort_keeps_its_version(cast, course, changed):
    first = programmes.load(course, by=None, organisation_id=cast.academy.pk).version
    cohort = cohorts.create(
        by=None,
        version=first,
        organisation_id=cast.academy.pk,
        slug="khoa-1",
        names={"vi": "Khóa 1"},
        starts_on=date(2026, 3, 2),
    )
    newer = parse(changed("programme.yaml", 'version: "1.0"', 'version: "1.1"'))
    second = programmes.load(newer, by=None, organisation_id=cast.academy.pk).version
    cohort.refresh_from_db()
    assert cohort.version == first
    assert list(queries.newest_for(actor_of(cast.binh.pk))) == [second]


def test_versions_stand_in_the_order_of_their_numbers_and_not_of_their_loading(cast, course, changed):
    newer = parse(changed("programme.yaml", 'version: "1.0"', 'version: "1.10"'))
    programmes.load(newer, by=None, organisation_id=cast.academy.pk)
    programmes.load(parse(changed("programme.yaml", '"1.0"', '"1.9"')), by=None, organisation_id=cast.academy.pk)
    assert queries.find("nho").number == "1.10"


def test_files_that_versions_share_are_kept_once(cast, course, changed):
    programmes.load(course, by=None, organisation_id=cast.academy.pk)
    before = Content.objects.count()
    programmes.load(parse(changed("programme.yaml", '"1.0"', '"1.1"')), by=None, organisation_id=cast.academy.pk)
    assert Content.objects.count() == before + 1


def test_export_and_load_elsewhere_give_the_same_bytes(cast, course):
    here = programmes.load(course, by=None, organisation_id=cast.academy.pk).version
    box = queries.box(here)
    there = programmes.load(parse(archive.read(io.BytesIO(box))), by=None, organisation_id=cast.province.pk).version
    assert there.digest == here.digest == course.digest
    assert queries.box(there) == box


def test_a_clone_belongs_to_the_campus_and_has_its_dates(cast, course):
    source = programmes.load(course, by=None, organisation_id=cast.academy.pk).version
    copy = programmes.clone(source, by=None, organisation_id=cast.hcm.pk, starts_on=date(2026, 9, 7)).version
    assert copy.programme.organisation == cast.hcm
    assert copy.definition["starts_on"] == "2026-09-07"
    assert copy.definition["cloned_from"] == f"nho 1.0 {course.digest[:16]}"
    before, after = queries.files(source), queries.files(copy)
    assert {path for path in before if before[path] != after[path]} == {"programme.yaml"}
    old, new = before["programme.yaml"].decode().splitlines(), after["programme.yaml"].decode().splitlines()
    assert [line for line in new if line not in old] == [
        "starts_on: 2026-09-07",
        f'cloned_from: "nho 1.0 {course.digest[:16]}"',
    ]


def test_a_lecturer_loads_into_their_branch_only(cast, course):
    binh = actor_of(cast.binh.pk)
    assert programmes.load(course, by=binh, organisation_id=cast.ha_noi.pk).is_new
    with pytest.raises(NotAllowed):
        programmes.load(course, by=binh, organisation_id=cast.hcm.pk)


def test_a_participant_loads_nothing(cast, course):
    with pytest.raises(NotAllowed):
        programmes.load(course, by=actor_of(cast.an.pk), organisation_id=cast.hcm.pk)
    assert not ProgrammeVersion.objects.exists()
