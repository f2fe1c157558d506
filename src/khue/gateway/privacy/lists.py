"""The lists that the detectors go by: content/privacy/*.yaml. Words apart by commas, names by blanks."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from khue.gateway.privacy.words import plain


@cache
def content(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(settings.CONTENT) / "privacy" / f"{name}.yaml").read_text("utf-8"))
    return loaded


def phrases(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split(",")]


@cache
def province_codes() -> frozenset[str]:
    """First three digits of a citizen's identity number."""
    return frozenset(content("provinces")["before"])


@cache
def provinces() -> frozenset[str]:
    """Of today and of before July 2025, and what else addresses call them; plain letters."""
    lists = content("provinces")
    return frozenset(plain(name) for name in (*lists["today"], *lists["before"].values(), *lists["also"]))


@cache
def names(which: str) -> frozenset[str]:
    """Words of content/privacy/names.yaml as written there: surnames, given …"""
    return frozenset(content("names")[which].split())


@cache
def plain_names(which: str) -> frozenset[str]:
    return frozenset(plain(name) for name in names(which))
