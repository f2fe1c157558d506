"""WCAG 2.2: text 4.5:1, parts of controls 3:1, in both themes."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parent.parent / "static" / "ui" / "css" / "tokens.css").read_text()
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "son", "jade", "amber") for ground in ("paper", "sheet")],
    ("on-son", "son"),
    ("on-son", "son-deep"),
    ("son", "son-soft"),
    ("jade", "jade-soft"),
    ("amber", "amber-soft"),
    ("ink", "son-soft"),
    ("ink", "jade-soft"),
    ("ink", "amber-soft"),
    ("sheet", "jade"),
]
PARTS = [(part, ground) for part in ("edge", "son", "jade", "amber") for ground in ("paper", "sheet")]


def block(selector):
    body = re.search(re.escape(selector) + r"\s*{(.*?)}", CSS, re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", body))


LIGHT = block(":root")
THEMES = {"light": LIGHT, "dark": LIGHT | block(':root[data-theme="dark"]')}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme, ink, ground):
    assert ratio(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_can_be_seen(theme, part, ground):
    assert ratio(THEMES[theme][part], THEMES[theme][ground]) >= 3


def test_dark_by_choice_and_dark_by_device_are_the_same():
    assert block(':root[data-theme="dark"]') == block(':root:not([data-theme="light"], [data-theme="dark"])')
