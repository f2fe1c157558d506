"""The closing report of a cohort, and a person's own training record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from khue.domains.academy.actions import closings
from khue.domains.academy.models import Cohort
from khue.domains.academy.queries import closing
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.people.api import actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@runs_cohorts
def report(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    made = closing.closing(cohort_or_404(request, cohort_id))
    context = {
        "report": made,
        "cohort": made.cohort,
        "keys": closings.keys(made),
        "changes": list(closings.changes(made)),
        "satisfied": list(closings.satisfied(made)),
        "sprint": closings.of_the_sprint(made),
    }
    return render(request, "academy/closings/report.html", context)


@require_GET
@runs_cohorts
def paper(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    return _file(cohort, closings.paper(closing.closing(cohort)), "pdf", "application/pdf")


@require_GET
@runs_cohorts
def spreadsheet(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    cohort = cohort_or_404(request, cohort_id)
    return _file(cohort, closings.spreadsheet(closing.closing(cohort)), "xlsx", XLSX)


def _file(cohort: Cohort, octets: bytes, ending: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{cohort.slug}.{ending}") or "attachment"
    return answer


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    return render(request, "academy/closings/record.html", {"records": closing.record_of(actor(request).person_id)})
