"""Replying to a survey, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khue.domains.academy.actions import surveys as actions
from khue.domains.academy.actions.cohorts import CohortClosed
from khue.domains.academy.actions.surveys import Incomplete, RepliedAlready
from khue.domains.academy.models import Activity, Cohort
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.queries import surveys as queries
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.academy.rules.surveys import FEWEST
from khue.domains.people.api import actor


def reply(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The form; after it, thanks and, where a survey after will ask for it, the code."""
    by, activity = actor(request), entrance.activity
    context = {"activity": activity, "survey": activity.definition, "cohort": entrance.cohort, "given": {}}
    if request.method != "POST" or queries.has_replied(by, activity, entrance.cohort):
        context["replied"] = queries.has_replied(by, activity, entrance.cohort)
        return render(request, "academy/surveys/reply.html", context)
    form = {name: request.POST.getlist(name) for name in request.POST}
    try:
        code = actions.reply(
            by=by, activity=activity, cohort=entrance.cohort, form=form, pair_code=request.POST.get("pair-code", "")
        )
    except Incomplete as problem:
        context |= {"missing": problem.missing, "given": form, "pair_code": request.POST.get("pair-code", "")}
        return render(request, "academy/surveys/reply.html", context, status=400)
    except (RepliedAlready, CohortClosed) as refusal:
        messages.info(request, str(refusal))
        return redirect(request.path)
    if code:
        # shown in this very answer: stored anywhere, it would tie the reply to the person
        return render(request, "academy/surveys/reply.html", context | {"replied": True, "code": code})
    return redirect(request.path)


@require_GET
def results(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """All surveys of a cohort, and the change from before to after."""
    by = actor(request)
    cohort = Cohort.objects.visible_to(by).select_related("version").filter(pk=cohort_id).first()
    if cohort is None:
        raise Http404
    check_can_run_cohorts(by, cohort.organisation_id)
    context = {
        "cohort": cohort,
        "asked": queries.asked(cohort),
        "surveys": [_one(activity, cohort) for activity in queries.surveys_of(cohort)],
        "comparison": queries.compared(cohort),
        "fewest": FEWEST,
    }
    return render(request, "academy/surveys/results.html", context)


def _one(activity: Activity, cohort: Cohort) -> dict[str, object]:
    found = queries.replies(activity, cohort)
    return {"activity": activity, "replies": len(found), "figures": queries.figures(activity, found)}
