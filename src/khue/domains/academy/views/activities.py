"""An activity's own address: the start page of a quiz, the form of a survey, a lab, the mini sprint."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from khue.domains.academy.models import ActivityKind
from khue.domains.academy.views import attempts, labs, sprints, surveys
from khue.domains.academy.views.entrances import entrance_or_404


@require_http_methods(["GET", "POST"])
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    entrance = entrance_or_404(request, activity_id)
    if entrance.activity.kind == ActivityKind.QUIZ:
        return attempts.begin(request, entrance)
    if entrance.activity.kind == ActivityKind.SURVEY:
        return surveys.reply(request, entrance)
    if entrance.activity.kind == ActivityKind.LAB:
        return labs.lab(request, entrance)
    if entrance.activity.kind == ActivityKind.SPRINT:
        return sprints.begin(request, entrance)
    raise Http404
