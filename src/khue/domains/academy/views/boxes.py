"""Programmes come in from a ZIP, and are copied for another run: how a lecturer who was a participant runs it again."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.domains.academy.actions import cohorts, programmes
from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.course.faults import Fault, FaultyCourse
from khue.domains.academy.forms.programmes import BoxForm, CloneForm
from khue.domains.academy.models import Cohort, ProgrammeVersion
from khue.domains.academy.permissions.programmes import check_can_teach
from khue.domains.academy.views.loading import version_or_404
from khue.domains.people.api import Actor, actor
from khue.kernel.errors import UserError


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    check_can_teach(by)
    form = BoxForm(request.POST or None, request.FILES or None, actor=by)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            course = parse(archive.read(form.cleaned_data["file"]))
            done = programmes.load(course, by=by, organisation_id=form.organisation_id)
        except FaultyCourse as error:
            faults = error.faults
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The programme is there.") if done.is_new else _("It was there already."))
            return redirect("academy:programme", done.version.pk)
    context = {"form": form, "faults": faults, "crumbs": [(_("Programmes"), reverse("academy:programmes"))]}
    return render(request, "academy/programmes/bring.html", context, status=400 if form.errors or faults else 200)


@require_http_methods(["GET", "POST"])
def clone(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version, by = version_or_404(request, version_id), actor(request)
    check_can_teach(by)
    form = CloneForm(request.POST or None, actor=by)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = _run_again(version, form, by, request.LANGUAGE_CODE[:2])
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The copy is there, and its cohort with its sessions. Next: the participants."))
            return redirect("academy:cohort", cohort.pk)
    crumbs = [
        (_("Programmes"), reverse("academy:programmes")),
        (version.name, reverse("academy:programme", args=[version.pk])),
    ]
    context = {"form": form, "version": version, "crumbs": crumbs}
    return render(request, "academy/programmes/clone.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _run_again(version: ProgrammeVersion, form: CloneForm, by: Actor, language: str) -> Cohort:
    """In the organisation that has the programme no copy is needed: it opens a cohort of the same version."""
    given, organisation_id = form.cleaned_data, form.organisation_id
    if organisation_id != version.programme.organisation_id:
        version = programmes.clone(
            version, by=by, organisation_id=organisation_id, starts_on=given["starts_on"]
        ).version
    return cohorts.create(
        by=by,
        version=version,
        organisation_id=organisation_id,
        slug=cohorts.free_slug(organisation_id, slugify(given["name"])),
        names={language: given["name"]},
        starts_on=given["starts_on"],
    )
