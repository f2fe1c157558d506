"""The public gallery, a team's consent to it, and what became of the work."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import gallery as actions
from khue.domains.academy.actions import notices
from khue.domains.academy.forms.sprints import FollowUpForm, PublicationForm
from khue.domains.academy.models import Content, Entry, FollowUp, Publication
from khue.domains.academy.permissions.sprints import is_member
from khue.domains.academy.queries import gallery as queries
from khue.domains.academy.queries import sprints
from khue.domains.academy.rules.texts import in_language
from khue.domains.academy.views.stages import download, entry_or_404
from khue.domains.people.api import actor
from khue.kernel.errors import NotAllowed, UserError


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "academy/gallery/index.html", {"shown": list(queries.public()[:200])})


@login_not_required
@require_GET
def shown(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.public(), pk=publication_id)
    follow_ups = FollowUp.objects.filter(entry=found.entry).exclude(outcome="")
    context = {"shown": found, "names": queries.shown_names(found), "follow_ups": follow_ups}
    return render(request, "academy/gallery/shown.html", context)


@login_not_required
@require_GET
def file(request: HttpRequest, publication_id: UUID, artefact_id: UUID) -> HttpResponse:
    """A file as it was when everybody agreed to show it."""
    found = get_object_or_404(queries.public(), pk=publication_id)
    part = next((part for part in found.parts if part["key"] == f"artefact:{artefact_id}" and part.get("sha256")), None)
    if part is None:
        raise Http404
    content = get_object_or_404(Content, sha256=part["sha256"])
    return download(bytes(content.octets), part["link"])


@require_http_methods(["GET", "POST"])
def publication(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What the team would show; everybody's consent to it."""
    by, entry = actor(request), entry_or_404(request, entry_id)
    there = Publication.objects.filter(entry=entry).first()
    member = is_member(by, entry)
    initial = (
        {"title": there.title, "summary": there.summary, "parts": [p["key"] for p in there.parts]} if there else {}
    )
    form = PublicationForm(request.POST or None, parts=_parts(entry), initial=initial)
    if request.method == "POST" and not member:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        actions.write(by=by, entry_id=entry.pk, **form.cleaned_data)
        messages.success(request, _("Saved. It is shown when everybody in the team agrees."))
        return redirect(request.path)
    agreements = queries.agreements(there) if there else []
    context = {
        "entry": entry,
        "sprint": entry.sprint,
        "publication": there,
        "agreements": agreements,
        "mine": next((one.consent for one in agreements if one.enrolment.person_id == by.person_id), None),
        "is_public": bool(there) and queries.is_public(there) if there else False,
        "member": member,
        "form": form,
    }
    return render(request, "academy/gallery/publication.html", context, status=400 if form.errors else 200)


def _parts(entry: Entry) -> list[tuple[str, str]]:
    written = {stage for stage, _field in sprints.all_texts(entry)}
    language = get_language() or "vi"
    names: list[tuple[str, dict[str, str]]] = [
        (one.key, {str(code): name for code, name in one.names.items()}) for one in entry.sprint.plan.stages
    ]
    stages = [
        (f"stage:{key}", _("Canvas: %(stage)s") % {"stage": in_language(said, language)})
        for key, said in names
        if key in written
    ]
    return stages + [(f"artefact:{made.pk}", made.name) for made in entry.artefacts.exclude(kind="tool")]


@require_POST
def consent(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    by, entry = actor(request), entry_or_404(request, entry_id)
    get_object_or_404(Publication, entry=entry)
    version = request.POST.get("version", "")
    try:
        if request.POST.get("word") == "withdraw":
            actions.withdraw(by=by, entry_id=entry.pk)
        else:
            actions.agree(
                by=by, entry_id=entry.pk, shows_name="shows_name" in request.POST,
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
            )  # fmt: skip
    except NotAllowed:
        raise
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("academy:publication", entry.pk)


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    by = actor(request)
    found = get_object_or_404(
        FollowUp.objects.select_related("entry__team", "entry__problem", "entry__sprint__cohort").filter(
            entry__sprint__in=sprints.seen_by(by)
        ),
        pk=follow_up_id,
    )
    if not actions.can_answer(by, found.entry):
        raise PermissionDenied
    notices.seen(by=by, things=[found.pk])
    initial = {"outcome": found.outcome, "happened_on": found.happened_on, "reason": found.reason}
    form = FollowUpForm(request.POST or None, initial={key: value for key, value in initial.items() if value})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(by=by, follow_up_id=found.pk, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. It stands in the record of the sprint."))
            return redirect("academy:sprint", found.entry.sprint_id)
    context = {"follow_up": found, "form": form}
    return render(request, "academy/gallery/follow_up.html", context, status=400 if form.errors else 200)
