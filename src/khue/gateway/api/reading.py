"""Databases elsewhere that may be read."""

from collections.abc import Collection

from django.conf import settings

from khue.gateway.databases import file as listed
from khue.gateway.databases.file import Database
from khue.gateway.databases.reading import opened


def databases(lineage: Collection[str]) -> list[Database]:
    """Those that an organisation may read; `lineage` are the short names of it and all above it. Their passwords stay
    out of what prints them."""
    return [one for one in listed.read(settings.KHUE_DATABASES) if one.is_for(lineage)]


__all__ = ["databases", "opened"]
