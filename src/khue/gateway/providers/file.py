"""The providers file (KHUE_PROVIDERS): model servers as data. docs/how-to/model-servers.md describes it."""

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from khue.gateway.contract import ProviderInfo, Rate
from khue.gateway.zones import Zone
from khue.kernel import address

FIELDS = set("name kind url key_from zone jurisdiction operator context slots models price energy".split())
NEEDED = {"name", "kind", "url", "zone", "jurisdiction", "operator", "models"}
MODEL_FIELDS = {"model", "licence", "digest"}


class ProvidersUnusable(ValueError):
    """The file, or the settings beside it, cannot be used; the text, for the administrator, says where and why."""


@dataclass(frozen=True)
class Provider:
    """A server of OpenAI's protocol and the model that is asked of it. `info.url` ends in /v1. `slots`: how many calls
    it takes at once, 0 for any number."""

    info: ProviderInfo
    key: str = field(default="", repr=False)
    slots: int = 0

    @property
    def base(self) -> str:
        return self.info.url

    @property
    def root(self) -> str:
        return self.base.removesuffix("/v1")


@dataclass(frozen=True)
class Listed:
    providers: tuple[Provider, ...] = ()
    otherwise: dict[str, str] = field(default_factory=dict)


@cache
def read(path: str) -> Listed:
    """An empty path names no file. Read once: changes count from the next start."""
    if not path:
        return Listed()
    try:
        content = yaml.safe_load(Path(path).expanduser().read_text(encoding="utf-8"))
        rows = list(content["providers"])
        otherwise = dict(content.get("otherwise") or {})
    except OSError as error:
        raise ProvidersUnusable(f"KHUE_PROVIDERS names a file that cannot be read: {path}.") from error
    except (ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ProvidersUnusable(f"{path} is not a list of providers in YAML.") from error
    names = [row.get("name") if isinstance(row, dict) else None for row in rows]
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
            raise _wrong(str(name), "its name must be of small letters, digits and hyphens, at most 40")
        if names.count(name) > 1 or name in {"embedded", "server"}:
            raise _wrong(name, "this name is taken")
    return Listed(tuple(provider for row in rows for provider in _providers(row)), otherwise)


def _providers(row: dict[str, Any]) -> list[Provider]:
    name = row["name"]
    if unknown := set(row) - FIELDS:
        raise _wrong(name, f"unknown field {sorted(unknown)[0]}")
    if missing := NEEDED - set(row):
        raise _wrong(name, f"{sorted(missing)[0]} is missing")
    if row["kind"] not in {"chat", "embed"}:
        raise _wrong(name, "kind is chat or embed")
    if not re.fullmatch("[A-Z]{2}", str(row["jurisdiction"])):
        raise _wrong(name, "jurisdiction is a country of two capital letters, such as VN")
    if not isinstance(row["models"], dict) or not row["models"]:
        raise _wrong(name, "models gives each alias its model")
    return [_provider(row, str(alias), model) for alias, model in row["models"].items()]


def _provider(row: dict[str, Any], alias: str, model: Any) -> Provider:
    name, url = row["name"], str(row["url"])
    model = {"model": model} if isinstance(model, str) else model
    if not isinstance(model, dict) or set(model) - MODEL_FIELDS or not model.get("model"):
        raise _wrong(name, f"the model of {alias} has model, licence and digest")
    info = ProviderInfo(
        kind=row["kind"],
        name=name,
        model=str(model["model"]),
        url=base(url),
        is_local=False,
        alias=alias,
        zone=zone(str(row["zone"]), url, name),
        jurisdiction=row["jurisdiction"],
        operator=str(row["operator"]),
        licence=str(model.get("licence", "")),
        model_digest=str(model.get("digest", "")),
        context=_number(name, "context", row.get("context")),
        price=_rate(name, row.get("price")),
        energy=_rate(name, row.get("energy")),
    )
    return Provider(info, _key(name, row.get("key_from")), _number(name, "slots", row.get("slots")))


def base(url: str) -> str:
    bare = url.rstrip("/")
    return bare if bare.endswith("/v1") else f"{bare}/v1"


def zone(value: str, url: str, name: str) -> Zone:
    """What is said must be possible: this machine has loopback addresses only, and nobody reads along further out."""
    if value not in set(Zone):
        raise _wrong(name, f"a zone is one of {', '.join(Zone)}")
    stated, parts = Zone(value), urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise _wrong(name, "its address must begin with http:// or https:// and hold no password")
    if stated == Zone.MACHINE and not is_loopback(url):
        raise _wrong(name, "the zone “machine” is for servers on this very machine (127.0.0.1)")
    # a tunnel may end here: what it carries is encrypted by itself
    if not stated.is_within(Zone.INSTITUTION) and parts.scheme != "https" and not is_loopback(url):
        raise _wrong(name, "outside the institution the address must begin with https://")
    return stated


def is_loopback(url: str) -> bool:
    return address.is_loopback(urlsplit(url).hostname or "")


def _key(name: str, variable: str | None) -> str:
    if not variable:
        return ""
    key = os.environ.get(variable, "")
    if not key:
        raise _wrong(name, f"the environment variable {variable} holds no key")
    return key


def _number(name: str, what: str, value: Any) -> int:
    if value is not None and (not isinstance(value, int) or value < 0):
        raise _wrong(name, f"{what} is a whole number")
    return value or 0


def _rate(name: str, row: Any) -> Rate | None:
    if row is None:
        return None
    try:
        rate = Rate(float(row["amount"]), str(row["unit"]), str(row["source"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _wrong(name, "price and energy have amount, unit and source") from error
    return rate


def _wrong(name: str, what: str) -> ProvidersUnusable:
    return ProvidersUnusable(f"Provider {name}: {what}.")
