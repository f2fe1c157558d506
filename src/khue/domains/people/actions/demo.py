"""The demonstration: organisations and accounts with published passwords, on a machine that nobody else reaches."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions import memberships, organisations
from khue.domains.people.models import Organisation, Person
from khue.domains.people.rules import Role
from khue.gateway import api as gateway
from khue.kernel.errors import UserError


class DemoRefused(UserError):
    """Others could reach accounts whose passwords everybody knows."""


@dataclass(frozen=True)
class DemoAccount:
    username: str
    password: str
    name: str
    roles: tuple[Role, ...]
    organisation: str


def load(folder: Path) -> list[DemoAccount]:
    """Makes what is missing of organisations.yaml and people.yaml; passwords are set anew to the published ones."""
    if settings.SERVES_OTHERS:
        raise DemoRefused(
            _(
                "The demo accounts have published passwords, and the settings let other machines in. Nothing was "
                "loaded. Set KHUE_HOST=127.0.0.1 and no proxy, or make real accounts with: khue people "
                "create-administrator"
            )
        )
    with transaction.atomic():
        for entry in _read(folder / "organisations.yaml"):
            _plant(entry, parent=None)
        for entry in _read(folder / "people.yaml"):
            _settle(entry)
    return accounts(folder)


def accounts(folder: Path) -> list[DemoAccount]:
    """Those of people.yaml that exist and can sign in."""
    if settings.SERVES_OTHERS:
        return []
    names = {o.slug: o.name for o in Organisation.objects.filter(slug__in=_slugs(folder))}
    there = set(Person.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    return [
        DemoAccount(
            username=entry["username"],
            password=entry["password"],
            name=entry["full_name"],
            roles=tuple(Role(role) for role in entry["roles"]),
            organisation=names[entry["organisation"]],
        )
        for entry in _read(folder / "people.yaml")
        if entry["username"] in there and entry["organisation"] in names
    ]


def are_open() -> bool:
    return Person.objects.filter(is_demo=True, is_active=True).exists()


def close() -> int:
    """Closes the demo accounts for good: no password fits, no loading opens them again; what they made stays."""
    with transaction.atomic():
        there = list(Person.objects.select_for_update().filter(is_demo=True, is_active=True))
        for person in there:
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
            gateway.end_calls(person.pk, reason="AccountClosed")
    return len(there)


def _slugs(folder: Path) -> list[str]:
    return [entry["organisation"] for entry in _read(folder / "people.yaml")]


def _read(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def _plant(entry: dict[str, Any], parent: Organisation | None) -> None:
    organisation = Organisation.objects.filter(slug=entry["slug"]).first() or organisations.create(
        by=None, parent=parent, kind=entry["kind"], names=entry["names"], slug=entry["slug"]
    )
    for below in entry.get("below", []):
        _plant(below, organisation)


def _settle(entry: dict[str, Any]) -> None:
    organisation = Organisation.objects.get(slug=entry["organisation"])
    person = Person.objects.filter(username=entry["username"]).first() or Person(
        username=entry["username"], is_demo=True, working_in=organisation
    )
    if not person.is_demo:
        raise DemoRefused(
            _("The account “%(name)s” is a real one. The demo does not touch it and was not loaded.")
            % {"name": person.username}
        )
    person.full_name, person.email, person.language = entry["full_name"], entry["email"], entry["language"]
    if person.is_active and not person.check_password(entry["password"]):
        person.set_password(entry["password"])
    person.save()
    for role in entry["roles"]:
        memberships.grant(by=None, person=person, organisation=organisation, role=Role(role))
