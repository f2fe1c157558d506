"""The gallery, and drafts saved as templates of the organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.drafting.actions import templates as actions
from khue.domains.drafting.forms.drafts import TemplateForm
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.permissions import can_keep_books
from khue.domains.drafting.queries import preview
from khue.domains.drafting.queries import templates as queries
from khue.domains.drafting.views.loading import visible
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    context = {"gallery": queries.gallery(), "own": queries.own(by), "keeps_books": can_keep_books(by)}
    return render(request, "drafting/templates.html", context)


@require_GET
def template(request: HttpRequest, key: str) -> HttpResponse:
    found = _found(request, key)
    context = {"template": found, "sheet": preview.of(Document.model_validate(found.content))}
    return render(request, "drafting/template.html", context)


def _found(request: HttpRequest, key: str) -> queries.Shown:
    found = queries.one(key, actor(request))
    if found is None:
        raise Http404
    return found


@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    found = _found(request, key)
    try:
        return redirect("drafting:draft", actions.begin(by=actor(request), template=found).pk)
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("drafting:templates")


@require_POST
def save(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the template a name."))
        return redirect("drafting:draft", draft_id)
    try:
        actions.save(by=actor(request), draft=found, name=form.cleaned_data["name"])
        messages.success(request, _("Saved. Everybody of your organisation finds it under Templates."))
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)


@require_POST
def delete(request: HttpRequest, template_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible(actor(request)), pk=template_id)
    try:
        actions.delete(by=actor(request), template=found)
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:templates")
