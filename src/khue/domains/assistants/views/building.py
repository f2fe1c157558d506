"""The steps of building an assistant, each with a preview beside it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.assistants.actions import answering
from khue.domains.assistants.actions import assistants as actions
from khue.domains.assistants.definition import file
from khue.domains.assistants.forms.building import (
    CheckForm,
    HandOverForm,
    KnowledgeForm,
    PublishForm,
    PurposeForm,
    StepForm,
    VoiceForm,
)  # fmt: skip
from khue.domains.assistants.forms.questions import FileForm, NameForm, OverrideForm, QuestionForm, SheetForm
from khue.domains.assistants.models import Assistant, Run
from khue.domains.assistants.permissions import can_change, can_override
from khue.domains.assistants.queries import gate as gates
from khue.domains.assistants.queries import handovers, insights, knowledge
from khue.domains.assistants.views.loading import changeable, visible
from khue.domains.assistants.views.telling import refusals_told
from khue.domains.knowledge import api as library
from khue.domains.people.api import actor
from khue.domains.stewardship import api as stewardship

MOST = 200
STEPS: dict[str, Promise] = {
    "purpose": gettext_lazy("Purpose"),
    "knowledge": gettext_lazy("Knowledge"),
    "voice": gettext_lazy("Voice and limits"),
    "handover": gettext_lazy("Hand-over to people"),
    "questions": gettext_lazy("Test questions"),
    "check": gettext_lazy("Test"),
    "publish": gettext_lazy("Publish"),
}
FORMS: dict[str, type[StepForm]] = {
    "purpose": PurposeForm,
    "knowledge": KnowledgeForm,
    "voice": VoiceForm,
    "handover": HandOverForm,
    "check": CheckForm,
    "publish": PublishForm,
}


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = getattr(request, "LANGUAGE_CODE", "vi")
        made = actions.create(by=by, name=form.cleaned_data["name"], language=language)
        return redirect("assistants:step", made.pk, "purpose")
    found = list(Assistant.objects.visible_to(by).select_related("organisation", "owner")[:MOST])
    context = {
        "assistants": found,
        "worse": insights.worse(found),
        "others": Assistant.objects.open_beside(by).select_related("organisation")[:MOST],
        "form": form,
        "file_form": FileForm(),
        "waiting": handovers.waiting(by).count(),
    }
    return render(request, "assistants/index.html", context, status=400 if form.errors else 200)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect("assistants:index")
    try:
        made = actions.bring(by=actor(request), shared=file.read(form.cleaned_data["file"].read()))
    except file.UnreadableFile as error:
        messages.error(request, _("The file cannot be used: %(faults)s") % {"faults": str(error)[:600]})
        return redirect("assistants:index")
    return redirect("assistants:step", made.pk, "purpose")


@require_GET
def build(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    """Where it stands: its steps, its gate, what can be done with it."""
    found = visible(request, assistant_id)
    context = _frame(request, found, "") | {
        "latest": gates.latest_run(found, found.definition.digest),
        "entry": stewardship.use_case(gates.KIND, found.pk),
        "publication": found.publications.filter(ended_at=None).select_related("version", "by").first(),
    }
    return render(request, "assistants/build.html", context)


def _frame(request: HttpRequest, assistant: Assistant, step: str) -> dict[str, Any]:
    """What every page of an assistant shows."""
    by = actor(request)
    try:
        state = gates.gate(assistant, answering.reader(assistant.owner_id))
    except answering.Closed:
        state = gates.Gate(())
    shut = {check.step for check in state.checks if not check.passed}
    keys = list(STEPS)
    after = keys[keys.index(step) + 1] if step in keys[:-1] else ""
    return {
        "assistant": assistant,
        "address": settings.KHUE_ADDRESS,
        "shape": assistant.definition,
        "opening": assistant.definition.opening.said(get_language() or "vi"),
        "steps": [
            {"key": key, "label": label, "current": key == step, "done": key not in shut}
            for key, label in STEPS.items()
        ],
        "step": step,
        "title": STEPS.get(step, ""),
        "after": after,
        "after_label": STEPS.get(after, ""),
        "gate": state,
        "may_change": can_change(by, assistant),
        "may_override": can_override(by, assistant),
    }


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, assistant_id: UUID, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    found = changeable(request, assistant_id)
    form = _form(request, found, step)
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.change(by=actor(request), assistant=found, changes=form.changes())
        except actions.NotValid as refusal:
            _tell(form, refusal)
        else:
            return _go_on(request, found, step)
    context = _frame(request, found, step) | {"form": form} | _of_step(request, found, step)
    return render(request, f"assistants/steps/{step}.html", context, status=400 if form and form.errors else 200)


def _go_on(request: HttpRequest, assistant: Assistant, step: str) -> HttpResponse:
    """To the next step, or to the same one where the person wants to see what came of it."""
    keys = list(STEPS)
    stays = "stay" in request.POST or step == keys[-1]
    messages.success(request, _("Kept."))
    return redirect("assistants:step", assistant.pk, step if stays else keys[keys.index(step) + 1])


def _form(request: HttpRequest, assistant: Assistant, step: str) -> StepForm | None:
    kind = FORMS.get(step)
    if kind is None:
        return None
    more: dict[str, Any] = {}
    if kind is KnowledgeForm:
        words = request.GET.get("find", "").strip()
        more = {"by": actor(request), "found": library.find_documents(actor(request), words=words) if words else ()}
    return kind(request.POST or None, definition=assistant.definition, **more)


def _tell(form: StepForm, refusal: actions.NotValid) -> None:
    """The shape names places ("handover.hours.mon"), the form has fields."""
    for place, fault in refusal.faults.items():
        parts = place.replace("-", "_").split(".")
        names = ["_".join(parts[1:]), "_".join(parts[-2:]), parts[-1], parts[0]]
        form.add_error(next((name for name in names if name in form.fields), None), fault)


def _of_step(request: HttpRequest, assistant: Assistant, step: str) -> dict[str, Any]:
    if step == "knowledge":
        return {"find": request.GET.get("find", ""), **_held(assistant)}
    if step == "questions":
        questions = list(assistant.questions.all())
        return {
            "questions": [one for one in questions if one.accepted],
            "proposed": [one for one in questions if one.accepted is None],
            "question_form": QuestionForm(initial={"language": assistant.definition.languages[0]}),
            "sheet_form": SheetForm(),
        }
    if step == "check":
        return {"runs": _runs(assistant)}
    if step == "publish":
        return {
            "entry": stewardship.use_case(gates.KIND, assistant.pk),
            "override_form": OverrideForm(),
            "publication": assistant.publications.filter(ended_at=None).select_related("version", "by").first(),
        }
    return {}


def _runs(assistant: Assistant) -> Any:
    return Run.objects.filter(version__assistant=assistant).select_related("version")[:12]


def _held(assistant: Assistant) -> dict[str, Any]:
    try:
        reader = answering.reader(assistant.owner_id)
    except answering.Closed:
        return {}
    shape = assistant.definition
    return {
        "held": knowledge.held(shape, reader),
        "sample": knowledge.sample(shape, reader)[:6],
        "lacking": knowledge.lacking(shape, reader),
    }


@require_POST
def clone(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    made = actions.clone(by=actor(request), assistant=visible(request, assistant_id))
    messages.success(request, _("A copy of your own. What you may not read yourself is marked under Knowledge."))
    return redirect("assistants:build", made.pk)


@require_POST
def delete(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = changeable(request, assistant_id)
    with refusals_told(request):
        actions.delete(by=actor(request), assistant=found)
        messages.success(request, _("Deleted, with its versions, test questions and conversations."))
        return redirect("assistants:index")
    return redirect("assistants:build", found.pk)


@require_GET
def export(request: HttpRequest, assistant_id: UUID) -> HttpResponse:
    found = visible(request, assistant_id)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.yaml"'}
    return HttpResponse(actions.as_file(found), content_type="application/yaml; charset=utf-8", headers=headers)
