"""Reads of the register of use cases."""

from django.db.models import Case, QuerySet, Value, When

from khue.domains.people.api import Actor
from khue.domains.stewardship.models import UseCase, UseCaseState


def in_branch(by: Actor) -> QuerySet[UseCase]:
    """Those here and below; what waits comes first, the oldest of it first."""
    waits = Case(When(state=UseCaseState.ASKED, then=Value(0)), default=Value(1))
    found = UseCase.objects.filter(organisation_id__in=by.branch)
    return found.select_related("organisation", "asked_by", "decided_by").order_by(waits, "-updated_at")
