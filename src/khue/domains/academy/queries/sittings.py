"""What came of a sitting: people, items, the quiz as a measure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from khue.domains.academy.models import Answer, Attempt, BankItem, Sitting
from khue.domains.academy.quizzing import statistics
from khue.domains.academy.quizzing.items import Choice
from khue.domains.academy.quizzing.statistics import ItemFigures, OptionFigures
from khue.domains.people.api import Actor, person_names


@dataclass(frozen=True)
class Row:
    """One person's attempts; `best` is the one that counts."""

    name: str
    attempts: int
    best: Attempt | None
    is_open: bool


@dataclass(frozen=True)
class Judged:
    """A revision of an item with its figures; `options` only where one chooses."""

    row: BankItem
    figures: ItemFigures
    options: tuple[tuple[OptionFigures, dict[str, str], bool], ...]


@dataclass(frozen=True)
class Measure:
    """`people`: first attempts that were handed in and are marked; `alpha` None where it cannot be computed."""

    people: int
    mean: float | None
    alpha: float | None
    items: tuple[Judged, ...]


def one(actor: Actor, sitting_id: UUID) -> Sitting:
    """Of the organisations that the actor sees. Raises Sitting.DoesNotExist."""
    found = Sitting.objects.select_related("quiz__bank", "quiz__activity", "cohort").get(pk=sitting_id)
    places = {found.quiz.organisation_id, *([found.cohort.organisation_id] if found.cohort else [])}
    if not places & (actor.organisations | actor.above):
        raise Sitting.DoesNotExist
    return found


def people(sitting: Sitting) -> list[Row]:
    found: dict[UUID, list[Attempt]] = {}
    for attempt in sitting.attempts.order_by("number"):
        attempt.sitting = sitting
        found.setdefault(attempt.person_id, []).append(attempt)
    names = person_names(found)
    rows = [
        Row(
            names.get(person, ""),
            len(attempts),
            max((a for a in attempts if a.finished_at), key=lambda a: a.share, default=None),
            any(a.finished_at is None for a in attempts),
        )
        for person, attempts in found.items()
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def measure(sitting: Sitting) -> Measure:
    """By each person's first attempt: later ones are made with what the first one taught."""
    first = sitting.attempts.finished().filter(number=1, waiting=0)
    return _measure(Answer.objects.filter(attempt__in=first))


def _measure(found: "QuerySet[Answer]") -> Measure:
    answers = list(found.values_list("attempt_id", "item_id", "share", "given"))
    items = BankItem.objects.in_bulk({item_id for _, item_id, _, _ in answers})
    columns = sorted(items.values(), key=lambda item: (item.position, item.key, item.revision))
    shares: dict[UUID, dict[UUID, float | None]] = {}
    for attempt_id, item_id, share, _ in answers:
        shares.setdefault(attempt_id, {})[item_id] = share
    rows = [[row.get(item.pk) for item in columns] for row in shares.values()]
    points = [item.item.points for item in columns]
    totals = {attempt: _total(row, items) for attempt, row in shares.items()}
    chosen: dict[UUID, list[tuple[Any, float]]] = {}
    for attempt_id, item_id, _, given in answers:
        chosen.setdefault(item_id, []).append((given or [], totals[attempt_id]))
    judged = zip(columns, statistics.item_figures(rows, points), strict=True)
    return Measure(
        len(rows),
        sum(totals.values()) / len(totals) if totals else None,
        statistics.alpha(rows),
        tuple(Judged(item, figures, _options(item, chosen[item.pk])) for item, figures in judged),
    )


def _total(row: dict[UUID, float | None], items: dict[UUID, BankItem]) -> float:
    most = sum(items[key].item.points for key in row)
    return sum((share or 0) * items[key].item.points for key, share in row.items()) / most if most else 0.0


def _options(row: BankItem, chosen: list[tuple[Any, float]]) -> tuple[tuple[OptionFigures, dict[str, str], bool], ...]:
    body = row.item.body
    if not isinstance(body, Choice):
        return ()
    figures = statistics.option_figures(chosen, [option.key for option in body.options])
    return tuple(
        (figure, dict(option.text), option.share > 0) for figure, option in zip(figures, body.options, strict=True)
    )
