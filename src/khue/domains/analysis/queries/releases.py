"""Released data as a steward sees them: things whose class may fall."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from khue.domains.analysis.models import Dataset, Release, ReleaseKind
from khue.domains.analysis.profile import ColumnProfile
from khue.domains.analysis.queries.statistics import figure
from khue.domains.people.api import Actor
from khue.domains.stewardship.api import Raised
from khue.gateway.api import DataClass
from khue.ui.formats import number, percent

KIND = "release"


def raised(by: Actor) -> QuerySet[Release]:
    """In the organisation and below it, readable by the steward: those to decide about first, the settled last."""
    seen = _raised(by).filter(dataset__in=Dataset.objects.visible_to(by).values("pk"))
    return seen.order_by(F("dataset__settled_class").desc(nulls_first=True), "-created_at", "pk")


def waiting(by: Actor) -> int:
    """Those about which this steward may decide and nobody has."""
    own = Q(by=by.person_id) | Q(dataset__owner=by.person_id)
    return raised(by).filter(dataset__settled_class=None).exclude(own).count()


def closed(by: Actor) -> int:
    return _raised(by).exclude(dataset__in=Dataset.objects.visible_to(by).values("pk")).count()


def _raised(by: Actor) -> QuerySet[Release]:
    return Release.objects.filter(
        dataset__organisation__in=by.branch, demanded_class__gt=DataClass.PUBLIC
    ).select_related("dataset", "source")


def one(by: Actor, release_id: UUID) -> Raised | None:
    found = raised(by).filter(pk=release_id).first()
    return as_raised(found) if found else None


def as_raised(release: Release) -> Raised:
    made = release.dataset
    return Raised(
        kind=KIND,
        id=release.pk,
        title=made.title,
        place=release.source_title,
        organisation_id=made.organisation_id,
        url=reverse("analysis:released", args=[release.pk]),
        floor=DataClass.PUBLIC,
        current=DataClass(made.data_class),
        demanded=DataClass(release.demanded_class),
        found=made.found,
        is_settled=made.settled_class is not None,
        at=release.created_at,
        brought_by=frozenset(each for each in (release.by_id, made.owner_id) if each),
    )


# In words ----------------------------------------------------------------------------------------


def risks(release: Release) -> list[tuple[str, str, str]]:
    """(what, before, after)."""
    if release.kind == ReleaseKind.ROWS:
        names = {
            "rows": _("rows"),
            "k": _("the smallest group of people who look alike"),
            "unique": _("people whom nobody else looks like"),
            "below": _("people in groups smaller than asked for"),
            "expected": _("people whom somebody who knows them would find, on average"),
        }
        lines = [
            (label, _shown(release.before.get(name)), _shown(release.after.get(name))) for name, label in names.items()
        ]
        chance = _("the highest chance to find somebody")
        lines.append((chance, percent(release.before.get("highest", 0)), percent(release.after.get("highest", 0))))
        return lines + [
            (
                _("kinds of “%(name)s” in the least mixed group") % {"name": name},
                _shown(before),
                _shown(release.after["diversity"].get(name)),
            )
            for name, before in release.before.get("diversity", {}).items()
        ]  # fmt: skip
    names = {
        "cells": _("cells"),
        "shown": _("small cells that are shown or can be worked out"),
        "narrowest": _("range within which the surest small cell can be placed"),
    }
    return [(label, _shown(release.before.get(name)), _shown(release.after.get(name))) for name, label in names.items()]


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return number(value) if isinstance(value, int) else figure(value)


def changes(release: Release) -> list[str]:
    return [told(change) for change in release.changes]


def told(change: dict[str, Any]) -> str:
    facts = {key: number(value) if isinstance(value, int) else value for key, value in change.items()}
    match change["what"]:
        case "dropped":
            return _("“%(column)s” was left out: it names people.") % facts
        case "top_coded":
            facts |= {"low": figure(change["low"]), "high": figure(change["high"])}
            return _("“%(column)s”: %(rows)s extreme values were set to %(low)s or %(high)s.") % facts
        case "rounded":
            return _("“%(column)s” was rounded to multiples of %(base)s.") % facts
        case "coarser":
            return _("“%(column)s” was made coarser: %(to)s.") % {**facts, "to": _rung(str(change["to"]))}
        case "taken_out":
            return _("“%(column)s” was taken out of %(rows)s rows that still stood out.") % facts
        case "rows_out":
            return _("%(rows)s rows that still stood out were left out.") % facts
        case "sensitive_out":
            return (
                _("“%(column)s” was taken out of %(rows)s rows: people who look alike all had the same value.") % facts
            )
        case "cells_out":
            return _("%(primary)s small cells were left out, and %(secondary)s more to protect them.") % facts
        case _:
            return (
                _(
                    "Noise with a budget of ε = %(epsilon)s was added: 95 of 100 cells are off by at most %(error)s; "
                    "totals are added up from the cells."
                )
                % facts
            )


def _rung(name: str) -> str:
    kind, _space, size = name.partition(" ")
    return {
        "bands": _("in bands of %(size)s"),
        "month": _("month and year only"),
        "quarter": _("quarter and year only"),
        "year": _("year only"),
        "rare": _("names of fewer than %(size)s people put together"),
        "*": _("nothing of it is shown"),
    }.get(kind, name) % {"size": size}


def as_json(release: Release) -> dict[str, Any]:
    """What `khue data release --json` prints."""
    return {
        "dataset": release.dataset.slug,
        "kind": release.kind,
        "plan": release.plan,
        "before": release.before,
        "after": release.after,
        "changed": release.changes,
        "data_class": release.dataset.get_data_class_display(),
        "words": changes(release),
    }


# What each column is -------------------------------------------------------------------------------


def role_of(column: ColumnProfile) -> str:
    """What is proposed; a person decides."""
    if column.personal or column.role == "identifier":
        return "drop"
    if column.role in {"category", "place", "time"}:
        return "quasi"
    if column.role == "measure" and column.type == "integer" and _looks_like_age(column):
        return "quasi"
    return "keep"


def _looks_like_age(column: ColumnProfile) -> bool:
    words = column.name.casefold().split("_")
    return any(word in {"tuoi", "age", "nam", "birth", "sinh"} for word in words)


def proposed_roles(columns: Sequence[ColumnProfile], **said: Sequence[str] | None) -> dict[str, list[str]]:
    """{"quasi", "sensitive", "drop"}: what was said, and of the other columns what is proposed."""
    taken = {name for names in said.values() for name in names or ()}
    roles = {name: list(names or ()) for name, names in said.items()}
    for column in columns:
        role = role_of(column)
        # where somebody named the quasi-identifiers, that is all of them
        if column.name not in taken and role in roles and not (role == "quasi" and said.get("quasi")):
            roles[role].append(column.name)
    return roles
