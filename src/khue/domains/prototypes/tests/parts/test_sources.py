"""Files of the parts: a tool carries what it uses, of a version that there is."""

import pytest

from khue.domains.prototypes import parts


def test_a_tool_carries_only_what_it_uses():
    assert "k-queue" not in parts.script("<k-field>")
    assert "k-chart" in parts.script("<k-poll>")


def test_days_off_of_these_years_come_along():
    assert "-09-02" in parts.script()


@pytest.mark.parametrize("version", ["0", "2", "../1", ""])
def test_an_unknown_version_is_refused(version):
    with pytest.raises(parts.UnknownVersion):
        parts.style(version)
