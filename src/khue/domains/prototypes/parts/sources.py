"""Files of a version of the parts. A published tool names its version and keeps it."""

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import holidays

HERE = Path(__file__).resolve().parent.parent / "static" / "prototypes" / "parts"
LATEST = "1"
# what every tool carries, in this order; the others come when their element is used
CORE = ("core", "words", "formula", "field", "calc", "store", "data", "form", "sheet")
DEFINED = re.compile(r'Khue\.define\("(k-[a-z]+)"')
YEARS_AHEAD = 3


class UnknownVersion(ValueError):
    """No parts of this version."""


def _folder(version: str) -> Path:
    folder = HERE / version
    if not version.isdigit() or not folder.is_dir():
        raise UnknownVersion(version)
    return folder


@cache
def _files(version: str) -> dict[str, str]:
    folder = _folder(version)
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


@cache
def elements(version: str = LATEST) -> dict[str, str]:
    """Name of each element → the file that defines it."""
    return {name: stem for stem, text in _files(version).items() for name in DEFINED.findall(text)}


def script(used: str = "", version: str = LATEST) -> str:
    """The core, and the parts whose names stand in `used`, with the days off of the years around now."""
    files = _files(version)
    wanted = _wanted(used, version)
    order = [*(stem for stem in CORE if stem in files), *sorted(wanted - set(CORE))]
    return "\n".join([*(files[stem] for stem in order), _days_off(datetime.now(UTC).date())])


def _wanted(used: str, version: str) -> set[str]:
    """Files of the elements named, and of those that these are made of."""
    files, named = _files(version), elements(version)
    wanted: set[str] = set()
    text = used
    while found := {stem for name, stem in named.items() if re.search(rf"{name}\b", text)} - wanted:
        wanted |= found
        text = "".join(files[stem] for stem in found - set(CORE))
    return wanted


@cache
def style(version: str = LATEST) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_folder(version).glob("*.css")))


@cache
def _days_off(today: date) -> str:
    known = holidays.country_holidays("VN", years=range(today.year - 1, today.year + YEARS_AHEAD + 1))
    return f"Khue.holidays = {json.dumps([day.isoformat() for day in sorted(known)])};"
