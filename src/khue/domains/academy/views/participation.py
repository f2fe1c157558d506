"""How a cohort takes part: the page, one person, the spreadsheet."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.domains.academy.actions import reports
from khue.domains.academy.models import Cohort
from khue.domains.academy.permissions.participation import followed_places
from khue.domains.academy.queries import participation as queries
from khue.domains.academy.queries.participation import Filters
from khue.domains.academy.rules.participation import Reason
from khue.domains.academy.views.live import live
from khue.domains.people.api import actor
from khue.kernel.clock import now

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY, PAGE = 15, 30


def followed_or_404(request: HttpRequest, cohort_id: UUID) -> tuple[Cohort, set[UUID] | None]:
    """The cohort, and the places whose people the one who asks may follow (None: all)."""
    by = actor(request)
    cohort = get_object_or_404(queries.followed(by), pk=cohort_id)
    places = followed_places(by, cohort)
    if places is not None and not places:
        raise PermissionDenied
    return cohort, places


def filters_of(request: HttpRequest) -> Filters:
    given = request.GET
    reason = given.get("reason", "")
    return Filters(
        place=given.get("place", "")[:40],
        province=given.get("province", "")[:60],
        reason=reason if reason in {one.value for one in Reason} else "",
        behind=given.get("behind") == "1",
        words=given.get("words", "").strip()[:100],
    )


@require_GET
def participation(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """By place, by province, by person; renews itself."""
    cohort, places = followed_or_404(request, cohort_id)
    filters = filters_of(request)
    found = queries.of_cohort(cohort, places=places, filters=filters)
    known = cohort.places.all() if places is None else cohort.places.filter(pk__in=places)
    context = {
        "cohort": cohort,
        "found": found,
        "filters": filters,
        "query": request.GET.urlencode(),
        "page": Paginator(found.shown, PAGE).get_page(request.GET.get("page")),
        "places": known,
        "every": EVERY,
        "crumbs": _crumbs(cohort),
    }
    return live(request, "academy/participation/participation.html", "academy/participation/_parts.html", context)


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [
        (_("Cohorts"), reverse("academy:cohorts")),
        (cohort.name, reverse("academy:cohort", args=[cohort.pk])),
    ]


@require_GET
def participant(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Everything of one person: what each reason leads to."""
    cohort, places = followed_or_404(request, cohort_id)
    enrolled = cohort.enrolments.on_roll() if places is None else cohort.enrolments.on_roll().filter(place__in=places)
    enrolment = get_object_or_404(enrolled, pk=enrolment_id)
    line = queries.lines_of(cohort, queries.plan(cohort), [enrolment])[0]
    back = (_("Participation"), reverse("academy:participation", args=[cohort.pk]))
    context = {
        "cohort": cohort,
        "line": line,
        "sessions": [(session, line.noted.get(session.pk)) for session in line.plan.sessions],
        "steps": [(step, line.at(step)) for step in line.plan.steps],
        "hands": queries.hands_of(enrolment),
        "runs": places is None,
        "crumbs": [*_crumbs(cohort), back],
        "aside_label": _("About the person"),
    }
    return render(request, "academy/participation/participant.html", context)


@require_GET
def spreadsheet(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort, places = followed_or_404(request, cohort_id)
    found = queries.of_cohort(cohort, places=places, filters=filters_of(request))
    answer = HttpResponse(reports.participation(cohort, found), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{cohort.slug}-{now():%Y-%m-%d}.xlsx"'
    return answer
