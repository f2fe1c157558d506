"""A cohort to act on, of the small programme, run by the academy of the cast; nobody is in it yet."""

from datetime import date

from khue.domains.academy.actions import cohorts
from khue.domains.academy.models import Cohort
from khue.domains.academy.tests.small import small_programme
from khue.domains.people.tests.cast import Cast


def opened_cohort(cast: Cast) -> Cohort:
    found = Cohort.objects.filter(slug="khoa-1").first()
    return found or cohorts.create(
        by=None,
        version=small_programme(cast),
        organisation_id=cast.academy.pk,
        slug="khoa-1",
        names={"vi": "Khóa 1", "en": "Cohort 1"},
        starts_on=date(2026, 3, 2),
    )
