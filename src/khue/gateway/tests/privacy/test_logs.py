"""Log lines leave without personal data."""

import logging

from khue.gateway.privacy import scanning
from khue.gateway.privacy.logs import WITHHELD, WithoutPersonalData


def line(message, *args):
    record = logging.LogRecord("khue", logging.INFO, "", 0, message, args, None)
    assert WithoutPersonalData().filter(record)
    return record.getMessage()


def test_values_give_way_to_their_types():
    assert line("refused for %s, CCCD %s", "ông Lê Văn Ba", "079185012345") == "refused for ông [NGƯỜI], CCCD [CCCD]"


def test_a_line_that_cannot_be_checked_is_left_out(monkeypatch):
    monkeypatch.setitem(scanning.DETECTORS, "names", lambda page: 1 / 0)
    assert line("ông Lê Văn Ba") == WITHHELD
    assert line("%d", "no number") == WITHHELD


def test_the_installation_writes_through_it(settings):
    assert "khue.gateway.privacy.logs.WithoutPersonalData" in str(settings.LOGGING["filters"])
    assert all("privacy" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
