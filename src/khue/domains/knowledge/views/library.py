"""The library: collections, what is in them, bringing files in."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.knowledge.actions import collections as collection_actions
from khue.domains.knowledge.actions import documents as document_actions
from khue.domains.knowledge.forms import CollectionForm, UploadForm
from khue.domains.knowledge.permissions import can_change_collection, can_create_collection, check_can_change_collection
from khue.domains.knowledge.queries import indexing, library
from khue.domains.knowledge.queries import search as search_queries
from khue.domains.knowledge.views.loading import readable_collection
from khue.domains.people.api import actor
from khue.gateway.classes import DataClass
from khue.kernel.errors import UserError

PAGE = 50


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = collection_actions.create(by=by, **form.cleaned_data)
        except UserError as problem:
            form.add_error("name", str(problem))
        else:
            return redirect("knowledge:collection", made.pk)
    context = {
        "collections": library.collections(by),
        "form": form,
        "may_create": can_create_collection(by),
    }
    return render(request, "knowledge/library/index.html", context, status=400 if form.errors else 200)


@require_GET
def collection(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    found = readable_collection(request, collection_id)
    words = request.GET.get("q", "").strip()
    page = Paginator(library.documents(found, words=words), PAGE).get_page(request.GET.get("page"))
    context = {
        "collection": found,
        "page": page,
        "words": words,
        "progress": indexing.progress([found.pk]),
        "upload": UploadForm(),
        "may_change": can_change_collection(actor(request), found),
    }
    name = "_documents" if request.htmx else "collection"  # type: ignore[attr-defined]
    return render(request, f"knowledge/library/{name}.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    by = actor(request)
    found = readable_collection(request, collection_id)
    check_can_change_collection(by, found)
    form = CollectionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            collection_actions.change(by=by, collection=found, **form.cleaned_data)
        except UserError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("knowledge:collection", found.pk)
    context = {"collection": found, "form": form}
    return render(request, "knowledge/library/edit.html", context, status=400 if form.errors else 200)


@require_POST
def delete(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    found = readable_collection(request, collection_id)
    collection_actions.delete(by=actor(request), collection=found)
    messages.success(request, _("“%(name)s” and all its documents are deleted.") % {"name": found.name})
    return redirect("knowledge:library")


@require_POST
def upload(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """Every file is judged for itself: one that is refused does not stop the others."""
    found = readable_collection(request, collection_id)
    check_can_change_collection(actor(request), found)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose at least one file."))
        return redirect("knowledge:collection", found.pk)
    taken = 0
    for file in form.cleaned_data["uploads"]:
        try:
            document_actions.upload(by=actor(request), collection=found, file=file)
            taken += 1
        except UserError as problem:
            messages.error(request, f"{file.name}: {problem}")
    if taken:
        said = ngettext("%(n)s file is being read.", "%(n)s files are being read.", taken) % {"n": taken}
        messages.success(request, said)
    return redirect("knowledge:collection", found.pk)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    results = (
        search_queries.search(words, actor=actor(request), highest_class=DataClass.CONFIDENTIAL, k=20)
        if words
        else None
    )
    return render(request, "knowledge/library/search.html", {"words": words, "results": results})
