"""Budgets of tokens, and the energy that calls took."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from khue.gateway import budgets, energy
from khue.gateway.budgets import Limit, Spent
from khue.gateway.contract import Caller
from khue.gateway.models.budgets import Period, Whose


def budget_limits(caller: Caller) -> list[Limit]:
    """What this caller may still use, and where the limits are."""
    return budgets.limits(caller)


def budgets_set(organisation_id: UUID) -> dict[tuple[Whose, str, Period], int]:
    """By whom they are for: the id of a person or group, "" for each person, or for the organisation itself."""
    return budgets.budgets(organisation_id)


def default_budget(whose: Whose, period: Period) -> int:
    """Of the installation's settings; 0 for none."""
    return budgets.default(whose, period)


def set_budget(
    *, organisation_id: UUID, whose: Whose, subject: str, period: Period, tokens: int | None, by: UUID | None
) -> None:
    """`tokens` 0: no limit; None: what holds otherwise. On record."""
    budgets.set_budget(
        organisation_id=organisation_id, whose=whose, subject=subject, period=period, tokens=tokens, by=by
    )


def energy_figures() -> dict[str, Any]:
    """By which calls are estimated, each with its source (content/energy.yaml)."""
    return energy.figures()


def spent(whose: Whose, period: Period, *, organisation_ids: Collection[UUID]) -> list[Spent]:
    """Tokens, calls, energy and CO2 of the running day or month, by person, group or organisation, the most first."""
    return budgets.spent(whose, period, organisation_ids=organisation_ids)
