"""A cohort of the academy: head office, three campuses, online."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from khue.domains.academy.models import Cohort
from khue.domains.academy.tests.cast import opened_cohort


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cohort(cast) -> Cohort:
    return opened_cohort(cast)
