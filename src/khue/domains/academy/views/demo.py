"""The demo day: its order and judges, a judge's phone, the screen in the hall, the result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import judging as actions
from khue.domains.academy.actions.judging import BadScore, Conflicted, ScoringClosed
from khue.domains.academy.forms.sprints import JudgeForm, PersonForm
from khue.domains.academy.models import Entry, Judge, Sprint
from khue.domains.academy.permissions.sprints import can_run, is_chair
from khue.domains.academy.queries import judging as queries
from khue.domains.academy.views.loading import id_or_404
from khue.domains.academy.views.sprints import sprint_or_404
from khue.domains.people.api import actor, person_called
from khue.kernel import clock
from khue.kernel.errors import NotAllowed, UserError


def _arranged_or_404(request: HttpRequest, sprint_id: UUID) -> Sprint:
    found = sprint_or_404(request, sprint_id)
    if not (can_run(actor(request), found) or is_chair(actor(request), found)):
        raise PermissionDenied
    return found


# Arranging and leading --------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """Order, judges, chair; who has sent how much, and nothing of what they gave."""
    found = _arranged_or_404(request, sprint_id)
    if request.method == "POST":
        return _act(request, found)
    return render(request, "academy/demo/demo.html", _board(request, found))


def _board(request: HttpRequest, sprint: Sprint, **forms: Any) -> dict[str, Any]:
    by = actor(request)
    entries = list(sprint.entries.select_related("team", "problem").order_by("position", "team__position"))
    return {
        "sprint": sprint,
        "entries": entries,
        "progress": queries.progress(sprint),
        "is_chair": is_chair(by, sprint),
        "runs": can_run(by, sprint),
        "judge_form": JudgeForm(sprint=sprint),
        "chair_form": PersonForm(auto_id="chair_%s"),
    } | forms


def _act(request: HttpRequest, sprint: Sprint) -> HttpResponse:
    """Each button of the page says in `do` what it does."""
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    try:
        if answer := deed(request, sprint):
            return answer
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("academy:sprint-demo", sprint.pk)


def _order(request: HttpRequest, sprint: Sprint) -> None:
    places = {entry.pk: request.POST.get(f"place-{entry.pk}", "") for entry in sprint.entries.all()}
    wanted = sorted((int(place), str(key), key) for key, place in places.items() if _is_small(place))
    actions.set_order(by=actor(request), sprint=sprint, entry_ids=[key for _place, _name, key in wanted])


def _is_small(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < 4


def _judge(request: HttpRequest, sprint: Sprint) -> HttpResponse | None:
    form = JudgeForm(request.POST, sprint=sprint)
    person_id = person_called(form.cleaned_data["person"]) if form.is_valid() else None
    if form.is_valid() and person_id is None:
        form.add_error("person", _("Nobody here has this name or address. Make the account in Govern › People."))
    if person_id is None:
        return render(request, "academy/demo/demo.html", _board(request, sprint, judge_form=form), status=400)
    place = form.cleaned_data["place"]
    actions.appoint(
        by=actor(request),
        sprint=sprint,
        person_id=person_id,
        agency=form.cleaned_data["agency"],
        place_id=place.pk if place else None,
    )
    return None


def _chair(request: HttpRequest, sprint: Sprint) -> HttpResponse | None:
    form = PersonForm(request.POST, auto_id="chair_%s")
    person_id = person_called(form.cleaned_data["person"]) if form.is_valid() else None
    if person_id is None:
        form.add_error("person", _("Nobody here has this name or address. Make the account in Govern › People."))
        return render(request, "academy/demo/demo.html", _board(request, sprint, chair_form=form), status=400)
    actions.set_chair(by=actor(request), sprint=sprint, person_id=person_id)
    return None


def _dismiss(request: HttpRequest, sprint: Sprint) -> None:
    actions.dismiss(by=actor(request), sprint=sprint, judge_id=id_or_404(request.POST.get("judge", "")))


def _present(request: HttpRequest, sprint: Sprint) -> None:
    given = request.POST.get("entry", "")
    actions.present(by=actor(request), sprint=sprint, entry_id=_entry(sprint, given).pk if given else None)


def _open(request: HttpRequest, sprint: Sprint) -> None:
    actions.open_scoring(by=actor(request), sprint=sprint)


def _close(request: HttpRequest, sprint: Sprint) -> None:
    actions.close_scoring(by=actor(request), sprint=sprint)


def _reveal(request: HttpRequest, sprint: Sprint) -> HttpResponse:
    actions.reveal(by=actor(request), sprint=sprint)
    return redirect("academy:sprint-result", sprint.pk)


DEEDS = {
    "order": _order,
    "judge": _judge,
    "chair": _chair,
    "dismiss": _dismiss,
    "present": _present,
    "open": _open,
    "close": _close,
    "reveal": _reveal,
}


# A judge's phone --------------------------------------------------------------------------------


def _judge_or_404(request: HttpRequest, sprint_id: UUID) -> Judge:
    found = sprint_or_404(request, sprint_id)
    judge = queries.judge_of(actor(request), found)
    if judge is None:
        raise Http404
    judge.sprint = found
    return judge


@never_cache
@require_GET
def desk(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """All teams on one page: nothing more is loaded while the line is away."""
    judge = _judge_or_404(request, sprint_id)
    context = {
        "sprint": judge.sprint,
        "desk": queries.desk(judge, judge.sprint),
        "rubric": queries.rubric(judge.sprint),
        "serial": int(clock.now().timestamp() * 1000),
    }
    return render(request, "academy/demo/desk.html", context)


@require_POST
def sheet(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """One team's sheet, or one comparison (`first`, `second`, `better`). JSON for a script, which tries again after
    423 and after no answer at all; 4xx otherwise is for good."""
    judge = _judge_or_404(request, sprint_id)
    if request.POST.get("judge", str(judge.pk)) != str(judge.pk):
        # somebody else has signed in on this device since the page was opened
        raise PermissionDenied
    try:
        _given(request, judge)
    except ScoringClosed as closed:
        return _refused(request, sprint_id, closed, status=423)
    except Conflicted as conflict:
        return _refused(request, sprint_id, conflict, status=403)
    except BadScore as bad:
        return _refused(request, sprint_id, bad, status=400)
    if _wants_json(request):
        return JsonResponse({"kept": True})
    messages.success(request, _("Saved."))
    return redirect("academy:judging", sprint_id)


def _given(request: HttpRequest, judge: Judge) -> None:
    by, sprint = actor(request), judge.sprint
    serial = _serial(request)
    if "first" in request.POST:
        pair = [_entry(sprint, request.POST.get(name, "")).pk for name in ("first", "second")]
        better = request.POST.get("better", "")
        actions.compare(
            by=by, sprint_id=sprint.pk, first_id=pair[0], second_id=pair[1], serial=serial,
            better_id=id_or_404(better) if better else None,
        )  # fmt: skip
        return
    entry = _entry(sprint, request.POST.get("entry", ""))
    names = [criterion["key"] for criterion in queries.rubric(sprint)["criteria"]]
    points = {name: request.POST.get(f"points-{name}", "") for name in names}
    actions.score(
        by=by,
        sprint_id=sprint.pk,
        entry_id=entry.pk,
        points={name: int(value) for name, value in points.items() if _is_small(value)},
        note=request.POST.get("note", ""),
        serial=serial,
    )


def _serial(request: HttpRequest) -> int:
    """As the phone counts on from the server's clock of its page; never ahead of now, or a wrong clock would lock the
    sheet."""
    now = int(clock.now().timestamp() * 1000)
    given = request.POST.get("serial", "")
    return min(int(given), now) if given.isascii() and given.isdigit() and len(given) < 16 else now


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _refused(request: HttpRequest, sprint_id: UUID, refusal: UserError, *, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"refused": str(refusal)}, status=status)
    messages.error(request, str(refusal))
    return redirect("academy:judging", sprint_id)


@require_POST
def recuse(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """A judge leaves a team out; or who runs the day says so for them."""
    sprint = sprint_or_404(request, sprint_id)
    entry = _entry(sprint, request.POST.get("entry", ""))
    given = request.POST.get("judge", "")
    judge = get_object_or_404(sprint.judges, pk=id_or_404(given)) if given else _judge_or_404(request, sprint_id)
    try:
        actions.recuse(
            by=actor(request), sprint=sprint, judge_id=judge.pk, entry_id=entry.pk,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The team is left out."))
    return redirect("academy:judging" if not given else "academy:sprint-demo", sprint_id)


def _entry(sprint: Sprint, given: str) -> Entry:
    return get_object_or_404(sprint.entries.select_related("team"), pk=id_or_404(given))


# The hall ---------------------------------------------------------------------------------------


@never_cache
@require_GET
def hall(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """For the projector at every place: who is on, how many sheets are in; the result when it is revealed."""
    sprint = sprint_or_404(request, sprint_id)
    by = actor(request)
    context: dict[str, Any] = {"sprint": sprint, "order": queries.running_order(sprint)}
    if sprint.revealed_at:
        context["result"] = queries.result_for(by, sprint)
    else:
        context["progress"] = queries.progress(sprint)
    name = "academy/demo/_hall.html" if request.headers.get("HX-Target") == "hall" else "academy/demo/hall.html"
    return render(request, name, context)


@never_cache
@require_GET
def result(request: HttpRequest, sprint_id: UUID) -> HttpResponse:
    """What was revealed; before that the chair alone sees it grow. Raises NotAllowed for everybody else."""
    sprint, by = sprint_or_404(request, sprint_id), actor(request)
    context = {
        "sprint": sprint,
        "result": queries.result_for(by, sprint),
        "is_chair": is_chair(by, sprint),
        "runs": can_run(by, sprint),
        "progress": None if sprint.revealed_at else queries.progress(sprint),
    }
    return render(request, "academy/demo/result.html", context)
