"""Commands speak the language of the administrator, not that of the pages."""

import pytest
from tests.running.installation import Installation

from khue.cli import language

STARTS = {
    "vi": "khue up sẽ khởi động",
    "fr": "khue up le démarre",
    "en": "khue up starts it",
}


@pytest.mark.parametrize(("spoken", "words"), STARTS.items())
def test_the_doctor_speaks_it(tmp_path, spoken, words):
    said = Installation(tmp_path / "home", KHUE_LANGUAGE=spoken).khue("doctor").stdout
    assert words in said


@pytest.mark.parametrize(
    ("terminal", "expected"),
    [
        ({"KHUE_LANGUAGE": "fr", "LANG": "vi_VN.UTF-8"}, "fr"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "fr_FR.UTF-8", "LANG": "vi_VN.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_it_is_the_one_that_is_set_or_that_of_the_terminal(monkeypatch, terminal, expected):
    for name in ("KHUE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    assert language.chosen() == expected


def test_errors_of_the_system_follow_it(monkeypatch):
    from khue.gateway.weights.catalogue import UnknownModel

    monkeypatch.setenv("KHUE_LANGUAGE", "fr")
    assert language.said(UnknownModel("x")) != language.said("x")
    assert "catalogue" in language.said(UnknownModel("x")) and "There is no" not in language.said(UnknownModel("x"))
