"""Learn › Mini sprints: the overview, problems and who chooses them, mentors."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import sprints as actions
from khue.domains.academy.forms.sprints import PersonForm, ProblemForm, ProposalForm
from khue.domains.academy.models import Entry, FollowUp, Sprint
from khue.domains.academy.permissions.sprints import can_run, is_chair
from khue.domains.academy.queries import gallery, judging
from khue.domains.academy.queries import sprints as queries
from khue.domains.academy.queries.quizzes import Entrance
from khue.domains.academy.views.cohorts import cohort_or_404, runs_cohorts
from khue.domains.academy.views.loading import id_or_404
from khue.domains.people.api import actor, person_called
from khue.kernel.address import outside
from khue.kernel.errors import NotAllowed, UserError

SALT = "academy.proposals"


def sprint_or_404(request: HttpRequest, sprint_id: UUID) -> Sprint:
    return get_object_or_404(queries.seen_by(actor(request)), pk=sprint_id)


def run_sprint_or_404(request: HttpRequest, sprint_id: UUID) -> Sprint:
    found = sprint_or_404(request, sprint_id)
    if not can_run(actor(request), found):
        raise PermissionDenied
    return found


def begin(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """An activity's address leads to the sprint of the person's cohort; without one to the brief."""
    if entrance.cohort is None:
        return redirect("academy:brief", entrance.activity.version_id, entrance.activity.key)
    return redirect("academy:sprint", actions.of_cohort(entrance.activity, entrance.cohort).pk)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    context = {"sprints": queries.seen_by(by), "due": gallery.due_for(by), "published": gallery.public().count()}
    return render(request, "academy/sprints/index.html", context)


@require_POST
@runs_cohorts
def open_for_cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The coordinator opens the sprint that the cohort's programme describes; a second time leads to it."""
    cohort = cohort_or_404(request, cohort_id)
    activity = cohort.version.activities.filter(kind="sprint").first()
    if activity is None:
        raise Http404
    return redirect("academy:sprint", actions.of_cohort(activity, cohort).pk)


@require_GET
def detail(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """For a team its own way through the sprint; for those who run, mentor or judge how far the teams are."""
    by = actor(request)
    found = sprint_or_404(request, sprint_id)
    actions.of_cohort(found.activity, found.cohort)
    plan = found.plan
    own = queries.entry_of(by, found)
    runs = can_run(by, found)
    steps = queries.steps(own) if own else []
    rows = [entry for entry in queries.entries(found) if runs or entry.mentors.filter(pk=by.person_id).exists()]
    context = {
        "sprint": found,
        "plan": plan,
        "own": own,
        "steps": steps,
        "ahead": queries.ahead(steps),
        "members": queries.members_of(own) if own else [],
        "rows": [(entry, queries.cells(entry, plan)) for entry in rows],
        "runs": runs,
        "judge": judging.judge_of(by, found),
        "is_chair": is_chair(by, found),
        "proposed": found.problems.filter(state="proposed").count() if runs else 0,
        "follow_ups": [(one, one.entry) for one in _follow_ups(found, own, runs)],
    }
    return render(request, "academy/sprints/detail.html", context)


def _follow_ups(sprint: Sprint, own: Entry | None, runs: bool) -> list[FollowUp]:
    entries = sprint.entries.all() if runs else sprint.entries.filter(pk__in=[own.pk] if own else [])
    return list(FollowUp.objects.filter(entry__in=entries).select_related("entry__team", "answered_by"))


# Problems ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def problems(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """Those that are open, to choose from; and a form to propose one."""
    by, found = actor(request), sprint_or_404(request, sprint_id)
    runs = can_run(by, found)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            language = (request.LANGUAGE_CODE or "vi")[:2]
            actions.propose(by=by, sprint=found, language=language, person_id=by.person_id, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The coordinator reads it and opens it for the teams."))
            return redirect("academy:sprint-problems", found.pk)
    context = {
        "sprint": found,
        "problems": queries.problems(found, all_states=runs),
        "own": queries.entry_of(by, found),
        "runs": runs,
        "form": form,
        "address": outside(request, reverse("academy:sprint-propose", args=[token(found)])) if runs else "",
    }
    return render(request, "academy/sprints/problems.html", context, status=400 if form.errors else 200)


def token(sprint: Sprint) -> str:
    """For the address that agencies without an account are given: names the sprint and cannot be made up."""
    return signing.Signer(salt=SALT).sign(sprint.pk.hex)


@login_not_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, token: str) -> HttpResponse:
    """For agencies without an account: the address itself is the key; it shows nothing but this form."""
    try:
        sprint_id = UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    found = get_object_or_404(Sprint.objects.select_related("activity", "cohort"), pk=sprint_id, revealed_at=None)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            language = (request.LANGUAGE_CODE or "vi")[:2]
            actions.propose(by=None, sprint=found, language=language, person_id=None, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "academy/sprints/proposed.html", {"sprint": found})
    status = 400 if form.errors else 200
    return render(request, "academy/sprints/propose.html", {"sprint": found, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, sprint_id: UUID, problem_id: UUID) -> HttpResponse:
    found = run_sprint_or_404(request, sprint_id)
    one = get_object_or_404(found.problems, pk=problem_id)
    one.sprint = found
    form = ProblemForm(request.POST or None, problem=one, languages=found.cohort.version.languages)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.edit(
            by=actor(request),
            problem=one,
            names=form.texts("name"),
            texts=form.texts("text"),
            agencies=form.texts("agency"),
            contact=given["contact"],
            most_teams=given["most_teams"],
            state=given["state"],
        )
        messages.success(request, _("The problem is saved."))
        return redirect("academy:sprint-problems", found.pk)
    context = {"sprint": found, "problem": one, "form": form}
    return render(request, "academy/sprints/problem.html", context, status=400 if form.errors else 200)


@require_POST
def choose(request: HttpRequest, sprint_id: UUID, problem_id: UUID) -> HttpResponse:
    by, found = actor(request), sprint_or_404(request, sprint_id)
    get_object_or_404(found.problems, pk=problem_id)
    entry = queries.entry_of(by, found)
    if entry is None:
        raise PermissionDenied
    try:
        actions.choose(by=by, entry_id=entry.pk, problem_id=problem_id)
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("academy:sprint-problems", found.pk)
    messages.success(request, _("The problem is yours. Begin with the first stage."))
    return redirect("academy:sprint", found.pk)


@require_http_methods(["GET", "POST"])
def mentors(request: HttpRequest, sprint_id: UUID, entry_id: UUID) -> HttpResponse:
    """A team's mentors and, beyond what teams may do themselves, its problem."""
    by, found = actor(request), run_sprint_or_404(request, sprint_id)
    entry = get_object_or_404(found.entries.select_related("team", "problem"), pk=entry_id)
    entry.sprint = found
    form = PersonForm(request.POST if "person" in request.POST else None)
    if request.method == "POST":
        there = set(entry.mentors.values_list("pk", flat=True))
        if problem_id := request.POST.get("problem"):
            actions.change_problem(by=by, entry_id=entry.pk, problem_id=id_or_404(problem_id))
            return redirect(request.path)
        if gone := request.POST.get("remove"):
            actions.assign_mentors(by=by, entry=entry, person_ids=there - {id_or_404(gone)})
            return redirect(request.path)
        if form.is_valid():
            person_id = person_called(form.cleaned_data["person"])
            if person_id is not None:
                actions.assign_mentors(by=by, entry=entry, person_ids=there | {person_id})
                return redirect(request.path)
            form.add_error("person", _("Nobody here has this name or address. Make the account in Govern › People."))
    context = {
        "sprint": found,
        "entry": entry,
        "members": queries.members_of(entry),
        "mentors": entry.mentors.all(),
        "problems": found.problems.all(),
        "form": form,
    }
    return render(request, "academy/sprints/mentors.html", context, status=400 if form.errors else 200)
