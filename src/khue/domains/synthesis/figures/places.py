"""Which unit of administration reports, or is reported on."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from khue.domains.synthesis.figures.words import plain

_COMMITTEE = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:(?:tỉnh|thành phố|tp\.?|xã|phường|đặc khu)\s+)?(.{2,60})$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^(?:sở|bộ|cục|tổng cục|trung tâm|văn phòng|ban|học viện|trường|xã|phường|chi cục)\s+.{3,80}$", re.IGNORECASE
)
_KIND = re.compile(r"^(?:tỉnh|thành phố|tp\.?|province of|province)\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def provinces() -> dict[str, str]:
    """Plain name of today → as it is written."""
    held = yaml.safe_load((Path(settings.CONTENT) / "places" / "provinces-vn.yaml").read_text(encoding="utf-8"))
    return {plain(name): name for name in held}


def province(text: str) -> str:
    """The province that these words are the name of, with or without what kind it is; else empty."""
    return provinces().get(plain(_KIND.sub("", text.strip())), "")


def named_in(text: str) -> str:
    """The province whose name stands in the words (of a file's name, a title); the longest wins."""
    said = f" {plain(text)} "
    found = [name for bare, name in provinces().items() if f" {bare} " in said]
    return max(found, key=len, default="")


def _begun_by(text: str) -> str:
    """ "GIA LAI BÁO CÁO": two lines of a page that a reader has joined."""
    said = f"{plain(text)} "
    return max((name for bare, name in provinces().items() if said.startswith(f"{bare} ")), key=len, default="")


def of_report(head: Sequence[str], file_name: str) -> str:
    """By the agency at its head, by its title, by the name of its file."""
    for line in head:
        committee = _COMMITTEE.search(line.strip(" .;:-"))
        if committee:
            return province(committee[1]) or _begun_by(committee[1]) or committee[1].strip().title()
    for line in head:
        if found := named_in(line):
            return found
    agency = next((line for line in head if _AGENCY.match(line.strip())), "")
    return agency.strip() or named_in(Path(file_name).stem) or Path(file_name).stem
