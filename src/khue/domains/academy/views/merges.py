"""One human being, two enrolments: made one."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from khue.domains.academy.actions import belongings, merging
from khue.domains.academy.models import Enrolment, EnrolmentMerge
from khue.domains.academy.roster.plain import plain
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.people.api import actor
from khue.kernel.errors import UserError

# what a table is called on the page; the rest is counted together
CALLED: dict[str, Promise | str] = {
    "Attendance": gettext_lazy("Attendance"),
    "Reading": gettext_lazy("Topics read"),
    "Attempt": gettext_lazy("Quiz attempts"),
    "SurveyDone": gettext_lazy("Surveys"),
    "Submission": gettext_lazy("Labs handed in"),
    "Grade": gettext_lazy("Reviews given"),
}
LIKELY = 8


@dataclass(frozen=True)
class Side:
    """One of the two, with what hangs on it."""

    enrolment: Enrolment
    counts: list[tuple[str, int]]


@require_GET
@runs_cohorts
def choose(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """With whom: names alike first."""
    cohort = cohort_or_404(request, cohort_id)
    roll = cohort.enrolments.on_roll()
    enrolment = get_object_or_404(roll, pk=enrolment_id)
    others = sorted(roll.exclude(pk=enrolment.pk), key=lambda other: -_likeness(enrolment, other))
    context = {"cohort": cohort, "enrolment": enrolment, "likely": others[:LIKELY], "others": others[LIKELY:]}
    return render(request, "academy/merges/choose.html", context)


def _likeness(one: Enrolment, other: Enrolment) -> float:
    names = SequenceMatcher(None, plain(one.person.full_name), plain(other.person.full_name)).ratio()
    return names + 0.2 * bool(one.province and one.province == other.province)


@require_http_methods(["GET", "POST"])
@runs_cohorts
def merge(request: HttpRequest, cohort_id: UUID, enrolment_id: UUID, into_id: UUID) -> HttpResponse:
    """Looks first: what each has, whose account goes on."""
    cohort = cohort_or_404(request, cohort_id)
    into = get_object_or_404(cohort.enrolments.on_roll(), pk=into_id)
    if EnrolmentMerge.objects.filter(enrolment=into, was__pk=str(enrolment_id)).exists():
        return redirect("academy:cohort", cohort.pk)
    enrolment = get_object_or_404(cohort.enrolments.on_roll(), pk=enrolment_id)
    if request.method == "POST":
        try:
            merging.merge(by=actor(request), enrolment=enrolment, into=into)
        except UserError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The two are one now: %(name)s.") % {"name": into.person})
            return redirect("academy:cohort", cohort.pk)
    sides = [_side(enrolment), _side(into)]
    stays = merging.goes_on(enrolment, into)
    context = {"cohort": cohort, "enrolment": enrolment, "into": into, "sides": sides, "stays": stays}
    return render(request, "academy/merges/merge.html", context)


def _side(enrolment: Enrolment) -> Side:
    found = belongings.counts(enrolment.cohort, enrolment_id=enrolment.pk, person_id=enrolment.person_id)
    named = [(str(label), found[name]) for name, label in CALLED.items() if name in found]
    rest = sum(count for name, count in found.items() if name not in CALLED)
    return Side(enrolment, named + ([(_("Other records"), rest)] if rest else []))
