"""The small programme, and what is changed in it."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from khue.domains.academy.course.course import Course, parse
from khue.domains.academy.tests.small import FILES

Files = dict[str, bytes]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def files() -> Files:
    return dict(FILES)


@pytest.fixture
def course(files: Files) -> Course:
    return parse(files)


@pytest.fixture
def changed(files: Files) -> Callable[..., Files]:
    """changed("programme.yaml", "old", "new"): the same folder with one text replaced; the old one must be there."""

    def change(path: str, old: str, new: str) -> Files:
        text = files[path].decode()
        assert old in text
        return files | {path: text.replace(old, new).encode()}

    return change
