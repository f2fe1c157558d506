"""The closing report on page, paper and as a spreadsheet; the training record of a person."""

from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from khue.domains.academy.actions import closings
from khue.domains.academy.models import Attendance, Cohort, Enrolment, Sitting
from khue.domains.academy.queries import closing
from khue.domains.academy.tests.sprints.sprint import cohort_of, person, sprint_of
from khue.kernel.clock import now


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cohort(cast) -> Cohort:
    """Four people, two of Huế; An and Đào came to the one session."""
    found = cohort_of(cast)
    sprint_of(cast)
    Enrolment.objects.filter(cohort=found, person__username__in=["an", "dao"]).update(province="Huế")
    for enrolment in found.enrolments.filter(person__username__in=["an", "dao"]):
        Attendance.objects.create(
            session=found.sessions.get(), enrolment=enrolment, presence="present", way="qr", at=now()
        )
    return found


def test_it_counts_people_by_province_and_sessions(cohort):
    report = closing.closing(cohort)
    assert (report.people, report.attendance, report.certified) == (4, 0.5, 0)
    assert {group.name: (group.people, group.attendance) for group in report.provinces} == {
        "Huế": (2, 1.0),
        "–": (2, 0.0),
    }
    assert [(one.present, one.of) for one in report.sessions] == [(2, 4)]
    assert report.hours_in_sessions == pytest.approx(0.5)
    kinds = [(one.activity.kind, one.done, one.of) for one in report.scores]
    assert ("quiz", 0, 4) in kinds and ("sprint", 0, 4) in kinds


def test_its_reads_do_not_grow_with_the_people(cast, cohort):
    with CaptureQueriesContext(connection) as few:
        closing.closing(cohort)
    for number in range(12):
        Enrolment.objects.create(
            cohort=cohort, person=person(cast, f"them-{number}", f"Người {number}"), province="Huế"
        )
    with CaptureQueriesContext(connection) as many:
        assert closing.closing(cohort).people == 16
    assert len(many) == len(few)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_paper_names_the_cohort_and_its_provinces(cohort, language):
    with translation.override(language):
        octets = closings.paper(closing.closing(cohort))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets))
    assert cohort.names["vi" if language == "fr" else language] in text and "Huế" in text


def test_the_spreadsheet_holds_numbers_and_charts(cohort):
    Enrolment.objects.filter(cohort=cohort, person__username="minh").update(province="=1+1")
    book = load_workbook(BytesIO(closings.spreadsheet(closing.closing(cohort))))
    rows = {row[0]: row[1:4] for row in book["Provinces"].iter_rows(min_row=2, values_only=True)}
    assert rows["Huế"] == (2, 1, 0) and "'=1+1" in rows
    assert all(book[name]._charts for name in ("Campuses", "Provinces", "Sessions", "Scores"))


def test_a_record_holds_each_cohort_of_the_person(cast, cohort):
    assert [(one.enrolment.cohort, one.present, one.sessions) for one in closing.record_of(cast.an.pk)][:1] == [
        (cohort, 1, 1)
    ]
    an = Client()
    an.force_login(cast.an)
    assert cohort.version.names["vi"] in an.get("/learn/record/").text
    assert not Sitting.objects.exists()
