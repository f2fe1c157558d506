"""The books of outgoing and incoming documents."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.domains.drafting.actions import register as actions
from khue.domains.drafting.forms.drafts import FindForm, IncomingForm
from khue.domains.drafting.nd30 import books as printing
from khue.domains.drafting.permissions import can_keep_books, check_can_keep_books
from khue.domains.drafting.queries import register as queries
from khue.domains.drafting.views.loading import visible
from khue.domains.people.api import actor
from khue.kernel import clock
from khue.kernel.errors import UserError

ROWS = 50


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = FindForm(request.GET or None, initial={"year": clock.today().year})
    asked = form.cleaned(clock.today().year)
    rows = queries.entries(by, **asked)
    context = {
        "form": form,
        "asked": asked,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "years": queries.years(by),
        "incoming_form": IncomingForm() if can_keep_books(by) else None,
    }
    return render(request, "drafting/register.html", context)


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _printed(request, printing.xlsx, kind, "xlsx")


@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    return _printed(request, printing.pdf, "application/pdf", "pdf")


def _printed(request: HttpRequest, make: Callable[[printing.Book], bytes], kind: str, ending: str) -> HttpResponse:
    """What is found on the page, as the form of annex IV has it."""
    asked = FindForm(request.GET or None).cleaned(clock.today().year)
    book = queries.book(actor(request), kind=asked["book"], year=asked["year"], words=asked["words"])
    name = f"so-van-ban-{'di' if book.kind == 'out' else 'den'}-{book.year}.{ending}"
    return HttpResponse(
        make(book), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    check_can_keep_books(actor(request))
    form = IncomingForm(request.POST)
    if not form.is_valid():
        context = {"incoming_form": form, "form": FindForm(), "asked": {"book": "in"}, "page": None}
        return render(request, "drafting/register.html", context, status=400)
    try:
        entry = actions.receive(by=actor(request), **form.cleaned_data)
        messages.success(request, _("Entered with the number of arrival %(number)s.") % {"number": entry.number})
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{request.path.removesuffix('arrived/')}?book=in")


@require_POST
def number(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    try:
        entry = actions.issue(by=actor(request), draft=visible(request, draft_id))
        messages.success(request, _("Its number is %(code)s; it stands in the outgoing book.") % {"code": entry.code})
    except UserError as refusal:
        messages.error(request, str(refusal))
    return redirect("drafting:draft", draft_id)
