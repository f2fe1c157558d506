"""Budgets of tokens for a day and a month: of each person, of groups, of organisations. Counters are added to when a
call ends; asking what is left reads these few rows, never the ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from khue.gateway import ledger
from khue.gateway.contract import Caller
from khue.gateway.energy import Energy
from khue.gateway.errors import BudgetSpent
from khue.gateway.models import Budget, Spending
from khue.gateway.models.budgets import Period, Whose
from khue.kernel import clock

BYTES_PER_TOKEN = 4.0  # a low guess of what a text needs: a budget must not refuse what it could have paid


@dataclass(frozen=True)
class Limit:
    """`tokens` for the period that began at `starts`; `spent` of them are gone."""

    whose: Whose
    subject: str
    period: Period
    tokens: int
    spent: int

    @property
    def left(self) -> int:
        return max(self.tokens - self.spent, 0)

    @property
    def renews(self) -> date:
        return renewal(self.period, clock.today())


@dataclass(frozen=True)
class Spent:
    """The sums of one counter."""

    subject: str
    tokens: int
    calls: int
    energy_mj: int
    co2_ug: int


def check(caller: Caller, *, texts: Iterable[str]) -> None:
    """Raises BudgetSpent where less is left than the texts alone need."""
    need = least_tokens(texts)
    for limit in limits(caller):
        if limit.left < need:
            raise BudgetSpent(
                name=f"{limit.whose}-{limit.period}",
                tokens=limit.tokens,
                left=limit.left,
                need=need,
                renews=limit.renews,
                seconds=_seconds_until(limit.renews),
            )


def least_tokens(texts: Iterable[str]) -> int:
    return max(1, int(sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / BYTES_PER_TOKEN))


def limits(caller: Caller) -> list[Limit]:
    """All that hold for a call of this person, the shorter period first."""
    today = clock.today()
    set_here = _set_for(caller)
    found = []
    for whose, subject in _subjects(caller):
        for period in Period:
            tokens = _limit(set_here, whose, subject, period)
            if tokens:
                found.append((whose, subject, period, tokens))
    spent = _spent_by({(whose, subject) for whose, subject, *_ in found}, today) if found else {}
    made = [Limit(w, s, p, tokens, spent.get((w, s, p), 0)) for w, s, p, tokens in found]
    return sorted(made, key=lambda limit: limit.period != Period.DAY)


ADD = """
    insert into gateway_spending (whose, subject, period, starts, organisation_id, tokens, calls, energy_mj, co2_ug)
    values {rows}
    on conflict (whose, subject, period, starts, organisation_id) do update set
        tokens = gateway_spending.tokens + excluded.tokens, calls = gateway_spending.calls + 1,
        energy_mj = gateway_spending.energy_mj + excluded.energy_mj, co2_ug = gateway_spending.co2_ug + excluded.co2_ug
"""


def spend(caller: Caller, *, tokens: int, energy: Energy) -> None:
    """Adds one call to all its counters, in one statement."""
    today = clock.today()
    counters = sorted((whose, subject, period) for whose, subject in _subjects(caller) for period in Period)
    if not counters:
        return
    values: list[Any] = []
    for whose, subject, period in counters:  # in one order everywhere: two calls never wait for each other in a ring
        sums = (tokens, 1, energy.millijoules or 0, energy.co2_micrograms or 0)
        values += [whose, subject, period, starts(Period(period), today), caller.organisation_id, *sums]
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(counters))
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(rows=rows), values)


def set_budget(
    *, organisation_id: UUID, whose: Whose, subject: str, period: Period, tokens: int | None, by: UUID | None
) -> None:
    """`tokens` 0: no limit; None: what holds otherwise."""
    named: dict[str, Any] = {"whose": whose.value, "subject": subject, "period": period.value}
    with transaction.atomic():
        if tokens is None:
            Budget.objects.filter(organisation_id=organisation_id, **named).delete()
        else:
            values = {"tokens": tokens, "set_by": by}
            Budget.objects.update_or_create(organisation_id=organisation_id, **named, defaults=values)
        ledger.record("budget", **named, tokens=tokens, person=by, organisation=organisation_id)


def budgets(organisation_id: UUID) -> dict[tuple[Whose, str, Period], int]:
    """What the organisation has set."""
    found = Budget.objects.filter(organisation_id=organisation_id)
    return {(Whose(row.whose), row.subject, Period(row.period)): row.tokens for row in found}


def default(whose: Whose, period: Period) -> int:
    """Of the installation; 0 for none."""
    named = {
        (Whose.PERSON, Period.DAY): settings.KHUE_BUDGET_PERSON_DAY,
        (Whose.PERSON, Period.MONTH): settings.KHUE_BUDGET_PERSON_MONTH,
        (Whose.ORGANISATION, Period.DAY): settings.KHUE_BUDGET_ORGANISATION_DAY,
        (Whose.ORGANISATION, Period.MONTH): settings.KHUE_BUDGET_ORGANISATION_MONTH,
    }
    return int(named.get((whose, period), 0))


def spent(whose: Whose, period: Period, *, organisation_ids: Collection[UUID]) -> list[Spent]:
    """What was spent in these organisations in the running day or month, the most first."""
    rows = (
        Spending.objects.filter(
            whose=whose, period=period, starts=starts(period, clock.today()), organisation_id__in=organisation_ids
        )
        .values("subject")
        .annotate(all=Sum("tokens"), times=Sum("calls"), energy=Sum("energy_mj"), co2=Sum("co2_ug"))
        .order_by("-all")
    )
    return [Spent(row["subject"], row["all"], row["times"], row["energy"], row["co2"]) for row in rows]


def starts(period: Period, day: date) -> date:
    return day if period == Period.DAY else day.replace(day=1)


def renewal(period: Period, day: date) -> date:
    return day + timedelta(days=1) if period == Period.DAY else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _subjects(caller: Caller) -> list[tuple[Whose, str]]:
    person = [(Whose.PERSON, str(caller.person_id))] if caller.person_id else []
    place = [(Whose.ORGANISATION, str(caller.organisation_id))] if caller.organisation_id else []
    return [*person, *((Whose.GROUP, group) for group in caller.groups), *place]


def _set_for(caller: Caller) -> dict[tuple[Whose, str, Period], int]:
    """A person's and a group's own hold wherever they work; where two have set one, the stricter."""
    own = Q(whose=Whose.PERSON, subject=str(caller.person_id)) | Q(whose=Whose.GROUP, subject__in=caller.groups)
    found: dict[tuple[Whose, str, Period], int] = {}
    for row in Budget.objects.filter(Q(organisation_id=caller.organisation_id, subject="") | own):
        key = (Whose(row.whose), row.subject, Period(row.period))
        found[key] = min(filter(None, (found.get(key), row.tokens)), default=0)
    return found


def _limit(known: dict[tuple[Whose, str, Period], int], whose: Whose, subject: str, period: Period) -> int:
    """The nearest: of the subject itself, of everybody in the organisation, of the installation."""
    for key in ((whose, subject, period), (whose, "", period)):
        if key in known:
            return known[key]
    return default(whose, period)


def _spent_by(subjects: Collection[tuple[Whose, str]], today: date) -> dict[tuple[Whose, str, Period], int]:
    """Of a person in all organisations together."""
    begins = [starts(period, today) for period in Period]
    rows = Spending.objects.filter(subject__in=[subject for _, subject in subjects], starts__in=begins)
    found: dict[tuple[Whose, str, Period], int] = {}
    for row in rows:
        if row.starts == starts(Period(row.period), today):
            key = (Whose(row.whose), row.subject, Period(row.period))
            found[key] = found.get(key, 0) + row.tokens
    return found


def _seconds_until(day: date) -> int:
    midnight = timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware
    return max(1, int((midnight - clock.now()).total_seconds()))
