"""Checks of what people write themselves."""

from collections.abc import Mapping
from typing import Any


def words(handed_in: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """How many words the note has."""
    count = len(handed_in["note"]["text"].split())
    least, most = settings["least"], settings["most"]
    return {"passed": count >= least and (not most or count <= most), "count": count, "least": least, "most": most}


def identifiers(handed_in: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the note holds personal identifiers."""
    found = handed_in["note"]["identifiers"]
    if found is None:
        raise ValueError("the note could not be looked through")
    return {"passed": not found, "kinds": sorted(found)}
