"""Comments, and from hand to hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.domains.drafting.actions import drafts as actions
from khue.domains.drafting.forms.drafts import CommentForm, HandForm
from khue.domains.drafting.views.loading import changeable, visible
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_POST
def comment(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    form = CommentForm(request.POST, document=found.document)
    if form.is_valid():
        given = form.cleaned_data
        actions.comment(by=actor(request), draft=found, text=given["text"], field=given["place"], quote=given["quote"])
    else:
        messages.error(request, _("Write the comment first."))
    return redirect(f"{reverse('drafting:draft', args=[draft_id])}#said")


@require_POST
def settle(request: HttpRequest, draft_id: UUID, comment_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    one = get_object_or_404(found.comments, pk=comment_id)
    actions.settle(by=actor(request), comment=one, again="again" in request.POST)
    return redirect(f"{reverse('drafting:draft', args=[draft_id])}#said")


@require_POST
def hand(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """On, or back to whom it came from."""
    found = changeable(request, draft_id)
    form = HandForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"to": "", "note": ""}
    try:
        if "back" in request.POST:
            actions.give_back(by=actor(request), draft=found, note=given["note"])
            messages.success(request, _("Given back, with your note."))
        else:
            actions.hand_on(by=actor(request), draft=found, to=given["to"], note=given["note"])
            messages.success(request, _("Handed on."))
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)
