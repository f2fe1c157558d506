"""A cohort in which An takes part, and its lab."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from khue.domains.academy.tests.cast import opened_cohort
from khue.domains.academy.tests.labs.work import lab_of


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def lab(cast):
    return lab_of(cast)


@pytest.fixture
def cohort(cast):
    return opened_cohort(cast)
