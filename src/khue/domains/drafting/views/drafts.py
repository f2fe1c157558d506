"""Drafts: the list, the form with its sheet, files, versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.drafting.actions import drafts as actions
from khue.domains.drafting.actions import writing
from khue.domains.drafting.forms.document import DocumentForm
from khue.domains.drafting.forms.drafts import BriefForm, CommentForm, HandForm, NewForm, TemplateForm, TermsForm
from khue.domains.drafting.models import Draft
from khue.domains.drafting.nd30 import compiling
from khue.domains.drafting.permissions import can_change, can_delete, can_keep_books
from khue.domains.drafting.queries import checking, preview, rewrites
from khue.domains.drafting.queries import drafts as queries
from khue.domains.drafting.rules import after, before
from khue.domains.drafting.views.loading import changeable, visible
from khue.domains.people.api import actor
from khue.gateway.classes import DataClass
from khue.kernel.errors import UserError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("drafting:draft", _made(request, form.cleaned_data).pk)
        except UserError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "waiting": queries.waiting_for(by)[:50],
        "drafts": queries.own(by)[:100],
        "keeps_books": can_keep_books(by),
    }
    return render(request, "drafting/index.html", context, status=400 if form.errors else 200)


def _made(request: HttpRequest, given: dict[str, Any]) -> Draft:
    by = actor(request)
    content = {"type": given["type"], "language": "en" if given["type"] in {"letter", "memo"} else "vi"}
    made = actions.begin(by=by, content=content, data_class=DataClass(given["data_class"]), brief=given["brief"])
    if given["brief"].strip():
        writing.ask(by=by, draft=made, brief=given["brief"])
    return made


@require_GET
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    return render(request, "drafting/draft.html", _page(request, visible(request, draft_id)))


def _page(request: HttpRequest, found: Draft) -> dict[str, Any]:
    by = actor(request)
    forward, back = after(found.state), before(found.state)
    return {
        "draft": found,
        "form": DocumentForm(document=found.document),
        "may_change": can_change(by, found),
        "may_delete": can_delete(by, found),
        "may_number": can_keep_books(by) and not hasattr(found, "entry"),
        "brief_form": BriefForm(initial={"brief": found.brief, "answered": found.incoming}, by=by),
        "comment_form": CommentForm(document=found.document),
        "terms_form": TermsForm(initial={"terms": found.terms}),
        "template_form": TemplateForm(),
        "hand_form": HandForm(),
        "forward": forward,
        "back": back,
        "route": queries.route(found),
        "rewrites": rewrites.proposals(found),
        **_sheet(found),
    }


def _sheet(found: Draft) -> dict[str, Any]:
    document = found.document
    findings = checking.check(compiling.docx(document), data_class=found.data_class)
    notes = queries.notes(found)
    return {
        "sheet": preview.of(document, found.marks, queries.by_place(notes)),
        "notes": notes,
        "unbacked": preview.unbacked(document, found.marks),
        "findings": findings,
        "lacking": document.lacking,
        "revision": found.revision,
    }


@require_POST
def save(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """As it is typed; the answer is the sheet as it is now."""
    found = changeable(request, draft_id)
    form = DocumentForm(request.POST, document=found.document)
    context: dict[str, Any] = {"draft": found, "saved": True, "may_change": True}
    # what was refused keeps its place in time: a second try must not overwrite either
    revision = _number(request.POST.get("revision", ""))
    try:
        if form.is_valid():
            found = actions.keep(by=actor(request), draft=found, content=form.content(), revision=revision)
            context["draft"] = found
        else:
            context |= {"saved": False, "problem": " ".join(str(e) for each in form.errors.values() for e in each)}
    except UserError as refusal:
        context |= {"saved": False, "problem": str(refusal)}
    shown = _sheet(found) | ({} if context["saved"] else {"revision": revision})
    return render(request, "drafting/parts/_sheet.html", context | shown)


def _number(given: str) -> int:
    return int(given) if given.isdigit() else -1


def _name(found: Draft) -> str:
    return slugify(found.title.replace("đ", "d").replace("Đ", "D"))[:80] or "van-ban"


@require_GET
def docx(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    headers = {"Content-Disposition": f'attachment; filename="{_name(found)}.docx"'}
    return HttpResponse(compiling.docx(found.document), content_type=WORD, headers=headers)


@require_GET
def pdf(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    headers = {"Content-Disposition": f'inline; filename="{_name(found)}.pdf"'}
    return HttpResponse(compiling.pdf(found.document), content_type="application/pdf", headers=headers)


@require_POST
def copy(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    made = actions.copy(by=actor(request), draft=visible(request, draft_id))
    messages.success(request, _("A copy of your own, without number and date."))
    return redirect("drafting:draft", made.pk)


@require_POST
def delete(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    try:
        actions.delete(by=actor(request), draft=changeable(request, draft_id))
    except UserError as refusal:
        messages.error(request, str(refusal))
        return redirect("drafting:draft", draft_id)
    messages.success(request, _("Deleted, with its versions and comments."))
    return redirect("drafting:index")


@require_GET
def versions(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = visible(request, draft_id)
    kept = list(found.versions.select_related("made_by"))
    pair = [next((one for one in kept if str(one.number) == request.GET.get(name)), None) for name in ("old", "new")]
    shown = queries.differences(pair[0], pair[1]) if pair[0] and pair[1] else None
    context = {"draft": found, "versions": kept, "pair": pair, "differences": shown}
    return render(request, "drafting/versions.html", context | {"may_change": can_change(actor(request), found)})


@require_POST
def keep(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    made = actions.keep_version(by=actor(request), draft=changeable(request, draft_id))
    messages.success(request, _("Kept as version %(number)s.") % {"number": made.number})
    return redirect("drafting:versions", draft_id)


@require_POST
def restore(request: HttpRequest, draft_id: UUID, number: int) -> HttpResponse:
    found = changeable(request, draft_id)
    actions.restore(by=actor(request), draft=found, version=get_object_or_404(found.versions, number=number))
    messages.success(request, _("The draft is again as version %(number)s.") % {"number": number})
    return redirect("drafting:draft", draft_id)
