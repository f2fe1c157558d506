"""Quizzes, made from a programme's files or by hand, and the sittings at which they are taken."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Activity, ActivityKind, Bank, BankItem, Cohort, Quiz, Sitting
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.quizzes import check_can_follow, check_can_keep_quizzes
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item
from khue.kernel.errors import UserError


class ClosesBeforeOpening(UserError):
    """The two times are the wrong way round."""


@transaction.atomic
def from_activity(activity: Activity) -> Quiz:
    """The quiz that an activity of a programme describes, made when it is first wanted."""
    if there := Quiz.objects.filter(activity=activity).first():
        return there
    # two people who open it first at the same moment would both make one
    activity = Activity.objects.select_for_update(of=("self",)).select_related("version__programme").get(pk=activity.pk)
    if activity.kind != ActivityKind.QUIZ:
        raise ValueError(f"{activity.key} is no quiz")
    if there := Quiz.objects.filter(activity=activity).first():
        return there
    described, programme = activity.definition, activity.version.programme
    bank = Bank.objects.create(organisation_id=programme.organisation_id, programme=programme, names=activity.names)
    put(bank, [notation.item(given) for given in described["items"]], by=None)
    return Quiz.objects.create(
        organisation_id=programme.organisation_id,
        bank=bank,
        activity=activity,
        names=activity.names,
        sections=_sections(described),
        attempts=described.get("attempts", 3),
        time_limit_s=60 * (described.get("time_limit") or 0),
        pass_percent=described.get("pass_percent", 60),
        shows=described.get("shows", "end"),
    )


def _sections(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`draw` alone is one section of everything."""
    if not described.get("sections"):
        return [{"draw": described["draw"], "shuffled": True}] if described.get("draw") else []
    return [
        {
            "keys": section.get("items", []),
            "tags": section.get("tags", []),
            "draw": section.get("draw") or 0,
            "shuffled": section.get("shuffle", False),
        }
        for section in described["sections"]
    ]


def put(bank: Bank, items: Iterable[Item], *, by: By) -> list[BankItem]:
    """New items at the end of the bank; keys must be free."""
    last = bank.items.count()
    return BankItem.objects.bulk_create(
        BankItem(
            bank=bank,
            key=item.key,
            kind=item.kind.value,
            content=notation.mapping(item),
            position=last + number,
            made_by_id=by.person_id if by else None,
        )
        for number, item in enumerate(items, 1)
    )


@transaction.atomic
def create(
    *,
    by: By,
    organisation_id: UUID,
    names: dict[str, str],
    bank: Bank | None = None,
    sections: Iterable[Mapping[str, Any]] = (),
    **settings: Any,
) -> Quiz:
    """A quiz of no programme, with a bank of its own unless one is given. Raises NotAllowed."""
    check_can_keep_quizzes(by, organisation_id)
    bank = bank or Bank.objects.create(organisation_id=organisation_id, names=names)
    check_can_keep_quizzes(by, bank.organisation_id)
    return Quiz.objects.create(
        organisation_id=organisation_id, bank=bank, names=names, sections=list(sections), **settings
    )


def change(*, by: By, quiz: Quiz, **settings: Any) -> Quiz:
    """What the quiz asks for and shows. Attempts under way keep the end that they began with."""
    check_can_keep_quizzes(by, quiz.organisation_id)
    for name, value in settings.items():
        setattr(quiz, name, value)
    quiz.save(update_fields=[*settings, "updated_at"])
    return quiz


def sitting(quiz: Quiz, cohort: Cohort | None) -> Sitting:
    """The one of this cohort, made when it is first wanted; without a cohort: the open one."""
    found = Sitting.objects.get_or_create(quiz=quiz, cohort=cohort)[0]
    found.quiz, found.cohort = quiz, cohort
    return found


def set_times(*, by: By, sitting: Sitting, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """From when until when it may be taken. Attempts under way keep the end that they began with."""
    check_can_follow(by, sitting)
    if opens_at and closes_at and closes_at <= opens_at:
        raise ClosesBeforeOpening(_("The quiz would close before it opens. Change one of the two times."))
    sitting.opens_at, sitting.closes_at = opens_at, closes_at
    sitting.save(update_fields=["opens_at", "closes_at", "updated_at"])
