"""Procedures that a person may read, and those of them that they look for."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Length

from khue.domains.knowledge import api as knowledge
from khue.domains.procedures.models import Channel, Form, Procedure
from khue.domains.procedures.rules import plain

MOST_WORDS = 12


@dataclass(frozen=True)
class Wanted:
    """`words` with or without diacritics, or a code; `within` in days."""

    words: str = ""
    sector: str = ""
    level: str = ""
    online: bool = False
    free: bool = False
    within: Decimal | None = None


def visible_to(by: knowledge.By) -> QuerySet[Procedure]:
    return Procedure.objects.filter(document__in=knowledge.visible_documents(by))


def found(wanted: Wanted, by: knowledge.By) -> QuerySet[Procedure]:
    """An exact code first, then names that hold the words as they stand, then short names before long ones."""
    procedures = visible_to(by)
    words = plain(wanted.words).split()[:MOST_WORDS]
    for word in words:
        procedures = procedures.filter(plain__contains=word)
    if wanted.sector:
        procedures = procedures.filter(sector=wanted.sector)
    if wanted.level:
        procedures = procedures.filter(levels__contains=[wanted.level])
    fit = Case(
        When(code=wanted.words.strip(), then=Value(0)),
        When(plain__contains=" ".join(words), then=Value(1)),
        default=Value(2),
    )
    procedures = _with_channel(procedures, wanted)
    return procedures.order_by(fit, Length("name"), "name", "pk").prefetch_related("channels")


def _with_channel(procedures: QuerySet[Procedure], wanted: Wanted) -> QuerySet[Procedure]:
    """One and the same way to apply must meet all that is asked of it."""
    channels = Channel.objects.filter(procedure=OuterRef("pk"))
    asked = channels
    if wanted.online:
        asked = asked.filter(form=Form.ONLINE)
    if wanted.free:
        asked = asked.filter(fee_amount=0)
    if wanted.within is not None:
        asked = asked.filter(time_days__lte=wanted.within)
    return procedures if asked is channels else procedures.filter(Exists(asked))


def sectors(by: knowledge.By) -> list[str]:
    return list(visible_to(by).exclude(sector="").order_by("sector").values_list("sector", flat=True).distinct())


def levels(by: knowledge.By) -> list[str]:
    """As the portal names them: "Cấp xã", "Cấp tỉnh" …"""
    found = visible_to(by).order_by().values_list("levels", flat=True)
    return sorted({level for row in found for level in row})
