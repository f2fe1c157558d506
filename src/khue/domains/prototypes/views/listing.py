"""Work › Prototypes: where a tool begins, one's own, the gallery."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from khue.domains.people.api import actor
from khue.domains.prototypes.actions import turns
from khue.domains.prototypes.forms.studio import DescribeForm
from khue.domains.prototypes.models import Review, Tool, Verdict
from khue.domains.prototypes.permissions import can_create
from khue.domains.prototypes.queries import patterns
from khue.kernel.errors import UserError


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return _page(request, DescribeForm(initial={"pattern": request.GET.get("pattern", "")}))


def _page(request: HttpRequest, form: DescribeForm, status: int = 200) -> HttpResponse:
    by = actor(request)
    language = get_language() or "vi"
    seen = Tool.objects.visible_to(by).select_related("head", "owner")
    context = {
        "form": form,
        "may_create": can_create(by),
        "groups": patterns.groups(language),
        "own": [one for one in seen if one.owner_id == by.person_id],
        "others": [one for one in seen if one.owner_id != by.person_id],
        "gallery": Tool.objects.gallery(by).select_related("published", "owner"),
        "waiting": Review.objects.filter(verdict=Verdict.ASKED, version__tool__in=seen)
        .exclude(version__tool__owner_id=by.person_id)
        .select_related("version__tool"),
    }
    return render(request, "prototypes/list.html", context, status=status)


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    form = DescribeForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            turn = turns.begin(
                by=actor(request),
                idea=told["idea"],
                examples=told["examples"],
                key=told["pattern"],
                language=told["language"],
            )
        except UserError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("prototypes:studio", turn.tool_id)
    return _page(request, form, status=400)
