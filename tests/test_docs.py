"""README and docs say what is so: verbs, files and links that they name are there."""

import re
from pathlib import Path

import pytest
import typer.main

from khue.cli.main import app, gather

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def verbs():
    if not app.registered_commands:
        gather()
    return {name: set(getattr(each, "commands", ())) for name, each in typer.main.get_command(app).commands.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_verb_that_is_named_exists(page):
    known = verbs()
    for first, second in re.findall(r"`(?:\w+=\S+ )*khue ([a-z]+)(?: ([a-z-]+))?", page.read_text()):
        assert first in known, f"khue {first}"
        if known[first] and second:
            assert second in known[first], f"khue {first} {second}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_place_of_the_map_is_there():
    named = re.findall(r"`((?:src|content|locale|benchmarks|docs|tests)\b[^`]*)`", (ROOT / "README.md").read_text())
    assert len(named) > 15
    for place in named:
        assert (ROOT / place).exists(), place


def test_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        for target in re.findall(r"`(?:\w+=\S+ )*make ([a-z-]+)", page.read_text()):
            assert target in targets, f"{page.name}: make {target}"
