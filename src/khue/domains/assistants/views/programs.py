"""The same for programs: JSON in, JSON out, as `khue ask --json` gives it."""

import json
from typing import Annotated
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from khue.domains.assistants.actions import answering, guard, visits
from khue.domains.assistants.models import Assistant, Channel, Visit


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    question: Annotated[str, Field(max_length=1_000_000)]
    conversation: UUID | None = None


@csrf_exempt
@login_not_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Errors are {"error": {"code", "message"}}. Pages of other sites may ask if they are on the list."""
    try:
        assistant = visits.published(slug)
    except Assistant.DoesNotExist:
        return _error(404, "not_found", _("There is no such assistant here, or it is not published."))
    response = _answer(request, assistant)
    origin = request.headers.get("Origin", "")
    assert assistant.published
    if origin in assistant.published.shape.origins:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Vary"] = "Origin"
    return response


def _answer(request: HttpRequest, assistant: Assistant) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": "POST, OPTIONS"})
    if request.method != "POST":
        return _error(405, "method_not_allowed", _("Use POST here."))
    if wait := guard.too_many(request, assistant):
        response = _error(429, "too_many", guard.words(wait))
        response["Retry-After"] = str(wait)
        return response
    try:
        body = Body.model_validate_json(request.body)
    except RequestDataTooBig:
        return _error(413, "too_long", _("The request is too large."))
    except ValidationError as error:
        first = error.errors()[0]
        return _error(400, "invalid", f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}")
    try:
        answer = visits.answered(assistant, body.question, conversation=body.conversation, channel=Channel.API)
    except Visit.DoesNotExist:
        return _error(404, "no_conversation", _("There is no such conversation with this assistant."))
    except answering.Refusal as refusal:
        return _error(400, refusal.code, str(refusal))
    except answering.Closed as refusal:
        return _error(503, "closed", str(refusal))
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _error(status: int, code: str, message: str) -> HttpResponse:
    return JsonResponse(
        {"error": {"code": code, "message": message}}, status=status, json_dumps_params={"ensure_ascii": False}
    )
