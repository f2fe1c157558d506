"""In English, with the sprint and its first two teams."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from khue.domains.academy.models import Entry, Sprint
from khue.domains.academy.tests.sprints.sprint import entry_of, sprint_of


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sprint(cast) -> Sprint:
    return sprint_of(cast)


@pytest.fixture
def entry(cast) -> Entry:
    return entry_of(cast)
