"""Quizzes of those who teach: the list, the questions, their editor, files of other systems."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.domains.academy.actions import banks, interchange
from khue.domains.academy.actions import quizzes as actions
from khue.domains.academy.forms.items import LANGUAGES, ItemForm, QuizFileForm, QuizForm
from khue.domains.academy.interchange.formats import FORMATS
from khue.domains.academy.interchange.paper import key_of
from khue.domains.academy.models import BankItem, Quiz
from khue.domains.academy.models.quiz import KIND_LABELS
from khue.domains.academy.permissions.programmes import check_can_teach
from khue.domains.academy.permissions.quizzes import check_can_keep_quizzes
from khue.domains.academy.queries import quizzes as queries
from khue.domains.academy.quizzing.items import Item, Kind
from khue.domains.people.api import actor
from khue.kernel.errors import UserError


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    check_can_teach(by)
    context = {"quizzes": queries.kept_by(by), "file_form": _file_form()}
    return render(request, "academy/quizzes/index.html", context)


def _file_form() -> QuizFileForm:
    return QuizFileForm(initial={"language": get_language()})


def quiz_or_404(request: HttpRequest, quiz_id: UUID) -> Quiz:
    """Raises NotAllowed for those of the organisation who do not teach."""
    by = actor(request)
    seen = Quiz.objects.filter(organisation_id__in=by.organisations | by.above)
    found = get_object_or_404(seen.select_related("bank", "activity__version", "activity__topic"), pk=quiz_id)
    check_can_keep_quizzes(by, found.organisation_id)
    return found


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, quiz_id: UUID) -> HttpResponse:
    """Its questions, its settings (POST changes them), its sittings."""
    found = quiz_or_404(request, quiz_id)
    form = QuizForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change(by=actor(request), quiz=found, **form.settings())
        messages.success(request, _("The settings are saved."))
        return redirect("academy:quiz", found.pk)
    context = {
        "quiz": found,
        "items": found.bank.items.filter(is_current=True),
        "sittings": queries.sittings_of(found),
        "form": form,
        "kinds": list(KIND_LABELS.items()),
    }
    return render(request, "academy/quizzes/detail.html", context, status=400 if form.errors else 200)


# Questions -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest, quiz_id: UUID) -> HttpResponse:
    found = quiz_or_404(request, quiz_id)
    kind = _kind(request.GET.get("type", Kind.SINGLE))
    form = ItemForm(request.POST or None, kind=kind, given=None, language=_language(request))
    if request.method == "POST" and form.is_valid():
        item = _named(form.item, found)
        banks.add(by=actor(request), bank=found.bank, item=item)
        messages.success(request, _("The question is added."))
        return redirect("academy:quiz", found.pk)
    return _editor(request, found, form, None)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, quiz_id: UUID, key: str) -> HttpResponse:
    found = quiz_or_404(request, quiz_id)
    row = get_object_or_404(BankItem, bank=found.bank, key=key, is_current=True)
    form = ItemForm(request.POST or None, kind=row.item.kind, given=row.content, language=_language(request))
    if request.method == "POST" and form.is_valid():
        saved = banks.revise(by=actor(request), bank_item=row, item=form.item)
        said = _("Saved. Whoever has answered the question before keeps it as it was.")
        messages.success(request, said if saved.revision > row.revision else _("The question is saved."))
        return redirect("academy:quiz", found.pk)
    return _editor(request, found, form, row)


def _editor(request: HttpRequest, found: Quiz, form: ItemForm, row: BankItem | None) -> HttpResponse:
    context = {
        "quiz": found,
        "form": form,
        "row": row,
        "kind_label": KIND_LABELS[form.kind],
        "languages": LANGUAGES,
        "language": form.language,
    }
    return render(request, "academy/quizzes/item.html", context, status=400 if form.errors else 200)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise Http404 from None


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "") or get_language() or "vi"
    return wanted if wanted in dict(LANGUAGES) else "vi"


def _named(item: Item, found: Quiz) -> Item:
    """With a free key made of its text."""
    base = key_of(next(iter(item.prompt.values())))[:60].strip("-") or "item"
    taken = set(BankItem.objects.filter(bank=found.bank, key__startswith=base).values_list("key", flat=True))
    return replace(item, key=next(k for k in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if k not in taken))


@require_POST
def item_remove(request: HttpRequest, quiz_id: UUID, key: str) -> HttpResponse:
    found = quiz_or_404(request, quiz_id)
    row = get_object_or_404(BankItem.objects.select_related("bank"), bank=found.bank, key=key, is_current=True)
    banks.take_out(by=actor(request), bank_item=row)
    messages.success(request, _("The question is taken out; answers that were given stay."))
    return redirect("academy:quiz", found.pk)


# Files of other systems ------------------------------------------------------------------------


@require_GET
def files(request: HttpRequest, quiz_id: UUID) -> HttpResponse:
    """What each format would hold and what not, in one language."""
    found, language = quiz_or_404(request, quiz_id), _language(request)
    offers = []
    for name, known in FORMATS.items():
        try:
            done = interchange.export([found], form=name, language=language)
        except interchange.NothingThere:
            break
        losses = [(loss.key, interchange.loss_words(loss)) for loss in done.losses]
        offers.append({"name": name, "label": known.label, "items": done.items, "losses": losses})
    context = {"quiz": found, "offers": offers, "languages": LANGUAGES, "language": language, "form": _file_form()}
    return render(request, "academy/quizzes/files.html", context)


@require_GET
def export(request: HttpRequest, quiz_id: UUID, form: str) -> HttpResponse:
    found = quiz_or_404(request, quiz_id)
    if form not in FORMATS:
        raise Http404
    done = interchange.export([found], form=form, language=_language(request))
    response = HttpResponse(done.octets, content_type=FORMATS[form].media_type)
    response["Content-Disposition"] = content_disposition_header(True, done.file_name) or "attachment"
    return response


@require_POST
def bring_new(request: HttpRequest) -> HttpResponse:
    """A file becomes a quiz of the organisation in which the person works."""
    check_can_teach(actor(request))
    return _bring(request, None)


@require_POST
def bring(request: HttpRequest, quiz_id: UUID) -> HttpResponse:
    return _bring(request, quiz_or_404(request, quiz_id))


def _bring(request: HttpRequest, into: Quiz | None) -> HttpResponse:
    by = actor(request)
    back = redirect("academy:quiz-files", into.pk) if into else redirect("academy:quizzes")
    form = QuizFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file and its format."))
        return back
    given = form.cleaned_data
    try:
        made, done = interchange.bring(
            given["file"].read(),
            by=by,
            form=given["form"],
            language=given["language"],
            organisation_id=into.organisation_id if into else by.organisation_id,
            quiz=into,
        )
    except UserError as refusal:
        messages.error(request, str(refusal))
        return back
    _tell(request, done)
    return redirect("academy:quiz", made.pk)


def _tell(request: HttpRequest, done: banks.BroughtIn) -> None:
    counts = {"added": len(done.added), "updated": len(done.updated), "unchanged": len(done.unchanged)}
    messages.success(request, _("%(added)s questions added, %(updated)s updated, %(unchanged)s as they were.") % counts)
    for problem in done.problems[:10]:
        messages.error(request, f"{problem.where}: {interchange.problem_words(problem)}")
