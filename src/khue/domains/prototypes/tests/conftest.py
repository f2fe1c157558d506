"""One Chromium for all tests of tools; without one they are skipped with a line."""

from collections.abc import Iterator

import pytest

from khue.domains.prototypes.browsing import Chromium, NoBrowser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    try:
        with Chromium() as browser:
            yield browser
    except NoBrowser:
        pytest.skip("No Chromium on this machine: apt-get install chromium, or name one in KHUE_CHROMIUM.")
