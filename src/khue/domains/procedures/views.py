"""Pages: the list of procedures and one of them."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from khue.domains.people import api as people
from khue.domains.procedures.forms import Filter
from khue.domains.procedures.queries import procedures as queries

PAGE = 25


@login_required
def index(request: HttpRequest) -> HttpResponse:
    actor = people.actor(request)
    form = Filter(request.GET, sectors=queries.sectors(actor))
    found = queries.found(form.wanted(), actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    narrowed = any(request.GET.get(name) for name in form.fields)
    return render(request, "procedures/procedures/list.html", {"form": form, "page": page, "narrowed": narrowed})


@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = queries.visible_to(people.actor(request)).prefetch_related("channels")
    procedure = get_object_or_404(visible, pk=pk)
    return render(
        request, "procedures/procedures/detail.html", {"procedure": procedure, "structure": procedure.structure}
    )


@login_required
def of_document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """For links from the library, which knows documents only."""
    procedure = get_object_or_404(queries.visible_to(people.actor(request)), document_id=document_id)
    return redirect("procedures:detail", pk=procedure.pk)
