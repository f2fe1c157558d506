"""Forecasts: asked for on a page, made by a job, kept as a step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.analysis.actions import steps
from khue.domains.analysis.models import Analysis, ForecastRun, WorkState
from khue.domains.analysis.permissions import check_can_change
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.kernel import jobs
from khue.kernel.errors import UserError

RUN = "analysis.forecast"


@transaction.atomic
def ask(*, by: Actor, analysis: Analysis, parameters: Mapping[str, Any]) -> ForecastRun:
    """Raises NotAllowed."""
    check_can_change(by, analysis)
    run = ForecastRun.objects.create(
        analysis=analysis, by_id=by.person_id, parameters=dict(parameters), language=get_language() or "vi"
    )
    transaction.on_commit(lambda: jobs.later(RUN, one_at_a_time=RUN, run=str(run.pk)))
    return run


def work(run_id: UUID) -> None:
    """Nothing for one that is over or gone."""
    run = ForecastRun.objects.filter(pk=run_id, state=WorkState.WAITING).select_related("analysis").first()
    if run is None:
        return
    with translation.override(run.language):
        try:
            by = people.actor_of(run.by_id) if run.by_id else None
            run.step = steps.take(by=by, analysis=run.analysis, kind="forecast", parameters=run.parameters)
            run.state = WorkState.DONE
        except (UserError, people.NoMembership, ObjectDoesNotExist) as refusal:
            run.state, run.error = WorkState.FAILED, str(refusal) or _("Your account has no role here any more.")
    run.save(update_fields=["state", "error", "step", "updated_at"])
