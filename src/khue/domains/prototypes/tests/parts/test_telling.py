"""The parts in words agree with the parts."""

import pytest

from khue.domains.prototypes import parts


def test_every_element_is_told_in_three_languages():
    for language in ("vi", "en", "fr"):
        assert set(parts.meanings(language)) == set(parts.elements())


def test_the_guide_fits_into_a_prompt():
    assert len(parts.guide()) < 2500
    assert set(parts.elements()) == {name for name in parts.elements() if f"<{name}" in parts.guide(whole=True)}


def test_a_tool_carries_only_what_it_uses():
    assert "k-queue" not in parts.script("<k-field>")
    assert "k-chart" in parts.script("<k-poll>")


def test_days_off_of_these_years_come_along():
    assert "-09-02" in parts.script()


@pytest.mark.parametrize("version", ["0", "2", "../1", ""])
def test_an_unknown_version_is_refused(version):
    with pytest.raises(parts.UnknownVersion):
        parts.style(version)
