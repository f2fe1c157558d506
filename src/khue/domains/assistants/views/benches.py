"""Test questions and what came of asking them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.domains.assistants.actions import benches
from khue.domains.assistants.actions import questions as actions
from khue.domains.assistants.definition.file import Question
from khue.domains.assistants.forms.questions import QuestionForm, SheetForm
from khue.domains.assistants.interchange import sheet
from khue.domains.assistants.models import Run, RunState
from khue.domains.assistants.queries.gate import compared
from khue.domains.assistants.views.loading import changeable, question_of, run_of, visible
from khue.domains.assistants.views.telling import refusals_told
from khue.domains.people.api import actor
from khue.kernel.identifiers import identifier


@require_POST
def add(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found, form = changeable(request, assistant_id), QuestionForm(request.POST)
    if form.is_valid():
        with refusals_told(request):
            actions.add(by=actor(request), assistant=found, question=Question(**form.cleaned_data))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("assistants:step", found.pk, "questions")


@require_POST
def upload(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found, form = changeable(request, assistant_id), SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect("assistants:step", found.pk, "questions")
    given = form.cleaned_data["sheet"]
    try:
        read = sheet.read(given.read(), given.name)
    except sheet.UnreadableSheet as error:
        messages.error(request, _unreadable(error.code))
        return redirect("assistants:step", found.pk, "questions")
    count = actions.take(by=actor(request), assistant=found, questions=read.questions)
    messages.success(
        request, ngettext("%(count)s question is new.", "%(count)s questions are new.", count) % {"count": count}
    )
    for fault in read.faults[:20]:
        messages.warning(request, _("Row %(row)s was left out: %(why)s") % {"row": fault.row, "why": _why(fault)})
    return redirect("assistants:step", found.pk, "questions")


def _unreadable(code: str) -> str:
    return {
        "too large": _("The file is too large; at most 5 MB. Nothing was taken."),
        "no sheet": _("This is no spreadsheet that can be read; save it as CSV (UTF-8) or XLSX. Nothing was taken."),
        "no heading": _("No column is headed “question” (“câu hỏi”). Nothing was taken."),
    }[code]


def _why(fault: sheet.Fault) -> str:
    return {
        "kind": _("“%(value)s” is no kind; write answerable, outside or hostile."),
        "language": _("“%(value)s” is no language; write vi, en or fr."),
        "question": _("it has no question."),
        "long": _("a text is too long."),
        "double": _("“%(value)s” stands there twice."),
        "many": _("more than 2000 questions; the rest was not read."),
    }[fault.code] % {"value": fault.value}


@require_POST
def propose(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    with refusals_told(request):
        count = actions.propose(by=actor(request), assistant=found)
        said = ngettext(
            "%(count)s question is proposed. Look at it.", "%(count)s questions are proposed. Look at each.", count
        )
        messages.success(request, said % {"count": count} if count else _("Nothing new could be proposed."))
    return redirect("assistants:step", found.pk, "questions")


@require_POST
def settle(request: HttpRequest, assistant_id: UUID, question_id: UUID) -> HttpResponse:
    """Accept, change or delete one."""
    found = changeable(request, assistant_id)
    question, by = question_of(found, question_id), actor(request)
    if "delete" in request.POST:
        actions.delete(by=by, question=question)
        return redirect("assistants:step", found.pk, "questions")
    form = QuestionForm(request.POST)
    if form.is_valid():
        with refusals_told(request):
            actions.accept(by=by, question=question, says=Question(**form.cleaned_data))
    else:
        messages.error(request, _("Not kept: a question, its kind and its language are needed."))
    return redirect("assistants:step", found.pk, "questions")


@require_POST
def start(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    with refusals_told(request):
        run = benches.start(by=actor(request), assistant=found)
        return redirect("assistants:run", found.pk, run.pk)
    return redirect("assistants:step", found.pk, "check")


@require_POST
def stop(request: HttpRequest, assistant_id: UUID, run_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    benches.stop(by=actor(request), run=run_of(found, run_id))
    return redirect("assistants:run", found.pk, run_id)


@require_GET
def run(request: HttpRequest, assistant_id: UUID, run_id: UUID) -> HttpResponse:
    """With `beside` the result of another run stands next to each question; it renews itself while it is asked."""
    found = visible(request, assistant_id)
    shown = run_of(found, run_id)
    others = Run.objects.filter(version__assistant=found, state=RunState.DONE).exclude(pk=shown.pk)
    key = identifier(request.GET.get("beside", ""))
    beside = others.filter(pk=key).first() if key else None
    before = {row.question: row.passed for row in beside.rows.all()} if beside else {}
    failed_first = sorted(shown.rows.all(), key=lambda row: row.passed)
    context = {
        "assistant": found,
        "run": shown,
        "rows": [{"row": row, "before": before.get(row.question)} for row in failed_first],
        "compared": compared(shown.totals, shown.version.shape) if shown.totals else [],
        "beside": beside,
        "others": others.select_related("version")[:12],
    }
    name = "assistants/runs/_run.html" if request.htmx else "assistants/runs/run.html"  # type: ignore[attr-defined]
    return render(request, name, context)
