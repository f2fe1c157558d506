"""What every test may ask for."""

import os
from typing import TYPE_CHECKING

import pytest

# tests read what commands say in the language of the sources
os.environ["KHUE_LANGUAGE"] = "en"

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from khue.domains.people.tests.cast import Cast


@pytest.fixture
def cast(db: None) -> "Cast":
    """People and organisations of the demonstration, by name."""
    from khue.domains.people.tests.cast import gather

    return gather()


@pytest.fixture(autouse=True)
def cheap_passwords(settings: "SettingsWrapper") -> None:
    """Hashing is slow on purpose; tests that are about it ask for the real one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
