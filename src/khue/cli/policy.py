"""khue policy: what would happen to a text of a class in a zone."""

import json
from contextlib import nullcontext
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer
from django.utils import translation

from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="How far texts of each class may travel.")


class Class(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105


class Where(StrEnum):
    MACHINE = "machine"
    INSTITUTION = "institution"
    COUNTRY = "country"
    ABROAD = "abroad"


class Language(StrEnum):
    VI = "vi"
    EN = "en"
    FR = "fr"


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="policy")


@group.callback()
def policy() -> None:
    """How far texts of each class may travel."""


@group.command("test")
def test(
    data_class: Annotated[Class, typer.Option("--class", help="The text's data class.")],
    zone: Annotated[Where, typer.Option(help="Where the model's server stands.")],
    organisation: Annotated[str, typer.Option(help="An organisation's short name; its own rules count too.")] = "",
    on: Annotated[str, typer.Option("--date", help="A day as 2026-03-01; today without it.")] = "",
    language: Annotated[Language, typer.Option(help="Of the reason.")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Say whether such a text would go there as it is, under pseudonyms, or not at all, and by which rule."""
    import django

    django.setup()
    with session() if organisation else nullcontext(), translation.override(language):
        found = _decided(data_class, zone, organisation, on)
    if as_json:
        found = {name: found[name] for name in ("decision", "rule", "reason")}
        return typer.echo(json.dumps(found, ensure_ascii=False))
    for name, value in found.items():
        typer.echo(f"{name:11} {value}")


def _decided(data_class: str, zone: str, organisation: str, on: str) -> dict[str, Any]:
    from khue.domains.people import api as people
    from khue.gateway import api

    try:
        organisation_id = people.organisation_id(organisation) if organisation else None
        day = date.fromisoformat(on) if on else None
    except LookupError as error:
        raise typer.BadParameter(f"no organisation has the short name {organisation}") from error
    except ValueError as error:
        raise typer.BadParameter(f"{on} is no day; write it as 2026-03-01") from error
    decision = api.decide(api.DataClass[data_class.upper()], api.Zone(zone), organisation_id, day)
    is_secondary = decision.by.source == "secondary"
    return {
        "decision": decision.decision,
        "rule": decision.rule,
        "reason": decision.reason,
        "what to do": decision.what_to_do,
        "basis": f"{decision.citation} (known through summaries only)" if is_secondary else decision.citation,
        "policy": decision.version,
    }
