"""Worksheets: begun on data, named, shared, deleted."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from khue.domains.analysis.models import Analysis, Dataset, Step
from khue.domains.analysis.permissions import can_bring, check_can_change
from khue.domains.people.api import Actor
from khue.kernel.errors import NotAllowed


@transaction.atomic
def begin(*, by: Actor, datasets: Sequence[Dataset], title: str) -> Analysis:
    """Raises NotAllowed."""
    if not can_bring(by):
        raise NotAllowed(_("Your account has no role here, so it can bring no data."))
    made = Analysis.objects.create(organisation_id=by.organisation_id, owner_id=by.person_id, title=title[:200])
    made.datasets.set(datasets)
    return made


def change(*, by: Actor | None, analysis: Analysis, title: str, is_shared: bool) -> None:
    """Raises NotAllowed."""
    check_can_change(by, analysis)
    analysis.title, analysis.is_shared = title[:200], is_shared
    analysis.save(update_fields=["title", "is_shared", "updated_at"])


def delete(*, by: Actor | None, analysis: Analysis) -> None:
    """With its steps; data stay. Raises NotAllowed."""
    check_can_change(by, analysis)
    analysis.delete()


def drop(*, by: Actor | None, step: Step) -> None:
    """Raises NotAllowed."""
    check_can_change(by, step.analysis)
    step.delete()
