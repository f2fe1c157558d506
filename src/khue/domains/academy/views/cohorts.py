"""Learn › Cohorts: opening one, its people from a list, teams, invitations."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import cohorts as actions
from khue.domains.academy.actions import enrolments, rosters, teams, wording
from khue.domains.academy.forms.cohorts import CohortForm, ListForm, TeamsForm
from khue.domains.academy.models import ActivityKind, Cohort, Enrolment, InvitationLetter, Session
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.programmes import can_teach
from khue.domains.academy.queries import cohorts, whereabouts
from khue.domains.academy.queries.whereabouts import Where
from khue.domains.academy.rules.cohorts import CohortState
from khue.domains.academy.rules.invitations import LetterState
from khue.domains.people.api import actor
from khue.gateway import mail
from khue.kernel.errors import UserError

# what somebody may decide, and what they are told
DECIDED = {
    CohortState.RUNNING: gettext_lazy("The cohort is running."),
    CohortState.CLOSED: gettext_lazy("The cohort is closed. Everything in it is kept; you can open it again."),
}
View = Callable[..., HttpResponse]


def runs_cohorts(view: View) -> View:
    """Refuses (403) whoever does not teach or coordinate; the page itself is no secret."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_teach(actor(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def cohort_or_404(request: HttpRequest, cohort_id: UUID) -> Cohort:
    """One that the person runs."""
    found = get_object_or_404(cohorts.run_by(actor(request)), pk=cohort_id)
    if not can_run_cohorts(actor(request), found.organisation_id):
        raise PermissionDenied
    return found


@require_GET
@runs_cohorts
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    return render(
        request, "academy/cohorts/index.html", {"cohorts": cohorts.run_by(by), "places": cohorts.at_campuses(by)}
    )


@require_http_methods(["GET", "POST"])
@runs_cohorts
def create(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = CohortForm(request.POST or None, actor=by, initial={"version": request.GET.get("version")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.create(
                by=by,
                version=given["version"],
                organisation_id=UUID(given["organisation"]),
                slug=actions.free_slug(UUID(given["organisation"]), slugify(given["name"])),
                names={request.LANGUAGE_CODE[:2]: given["name"]},
                starts_on=given["starts_on"],
            )
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The cohort is there. Next: bring in the list of participants."))
            return redirect("academy:cohort", made.pk)
    context = {"form": form, "has_programmes": cohorts.versions_to_run(by).exists()}
    return render(request, "academy/cohorts/create.html", context, status=400 if form.errors else 200)


@require_GET
@runs_cohorts
def detail(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    roll = list(cohorts.roll(found))
    context = {
        "cohort": found,
        "enrolments": [(enrolment, _letter(enrolment)) for enrolment in roll],
        "not_invited": len([one for one in roll if one.person.email and not one.sent]),  # type: ignore[attr-defined]
        "has_mail": mail.is_set_up(),
        "sessions": with_wheres(cohorts.sessions(found)),
        "teams": list(cohorts.teams(found)),
        "teams_form": TeamsForm(),
        "is_open": found.state is not CohortState.CLOSED,
        "has_sprint": found.version.activities.filter(kind=ActivityKind.SPRINT).exists(),
    }
    return render(request, "academy/cohorts/detail.html", context)


def _letter(enrolment: Enrolment) -> tuple[InvitationLetter, str] | None:
    """The last one, and why it was not sent."""
    last = next(iter(enrolment.sent), None)  # type: ignore[attr-defined]
    return (last, wording.not_sent(last) if last.state == LetterState.FAILED else "") if last else None


def with_wheres(found: Iterable[Session]) -> list[tuple[Session, list[Where]]]:
    known = list(found)
    wheres = whereabouts.of_sessions(known)
    return [(session, wheres[session.pk]) for session in known]


@require_POST
@runs_cohorts
def decide(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Begin early, close, open again: `state` is running or closed."""
    found = cohort_or_404(request, cohort_id)
    state = next((one for one in DECIDED if one == request.POST.get("state")), None)
    if state is None:
        raise Http404
    actions.decide(by=actor(request), cohort=found, state=state)
    messages.success(request, DECIDED[state])
    return redirect("academy:cohort", found.pk)


@require_http_methods(["GET", "POST"])
@runs_cohorts
def bring_list(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Looked at first; taken by `take_list`."""
    found, by = cohort_or_404(request, cohort_id), actor(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = rosters.put_aside(by=by, cohort=found, octets=file.read(), name=file.name)
        except UserError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("academy:cohort-list-look", found.pk, roster.pk)
    context = {"cohort": found, "form": form, "places": found.places.all()}
    return render(request, "academy/cohorts/bring_list.html", context, status=400 if form.errors else 200)


@never_cache
@require_GET
@runs_cohorts
def look_at_list(request: HttpRequest, cohort_id: UUID, roster_id: UUID) -> HttpResponse:
    found, by = cohort_or_404(request, cohort_id), actor(request)
    roster = rosters.waiting(by=by, cohort=found, roster_id=roster_id)
    if roster is None:
        return _gone(request, found)
    report = enrolments.look(by=by, cohort=found, octets=bytes(roster.octets), name=roster.name)
    lines = [(line, [(problem, wording.reason(problem)) for problem in line.problems]) for line in report.lines]
    context = {
        "cohort": found,
        "roster": roster,
        "report": report,
        "refused": [pair for pair in lines if pair[0].outcome == "refused"],
        "remarks": [pair for pair in lines if pair[0].outcome != "refused" and pair[0].problems],
        "taken": report.counts["accepted"] + report.counts["updated"],
    }
    return render(request, "academy/cohorts/look_at_list.html", context)


@require_POST
@runs_cohorts
def take_list(request: HttpRequest, cohort_id: UUID, roster_id: UUID) -> HttpResponse:
    found, by = cohort_or_404(request, cohort_id), actor(request)
    roster = rosters.waiting(by=by, cohort=found, roster_id=roster_id)
    if roster is None:
        return _gone(request, found)
    counts = rosters.take(by=by, roster=roster).counts
    messages.success(request, _told(counts["accepted"], counts["updated"]))
    return redirect("academy:cohort", found.pk)


def _told(new: int, updated: int) -> str:
    """Of what there was."""
    said = [(ngettext("%(count)s person is enrolled.", "%(count)s people are enrolled.", new), new),
            (ngettext("%(count)s is updated.", "%(count)s are updated.", updated), updated)]  # fmt: skip
    return " ".join(words % {"count": count} for words, count in said if count)


def _gone(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    messages.error(request, _("This list was taken already, or it waited for more than a day. Bring it again."))
    return redirect("academy:cohort-list", cohort.pk)


@require_POST
@runs_cohorts
def make_teams(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    found = cohort_or_404(request, cohort_id)
    form = TeamsForm(request.POST)
    if form.is_valid():
        try:
            made = teams.form(by=actor(request), cohort=found, size=form.cleaned_data["size"])
        except teams.AtWork as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(count)s team is made.", "%(count)s teams are made.", len(made)) % {"count": len(made)}
            messages.success(request, said)
    return redirect(reverse("academy:cohort", args=[found.pk]) + "#teams")
