"""The models: where they run, and how they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.domains.stewardship.views.access import see_models
from khue.gateway import api as gateway


@require_GET
@see_models
def models(request: HttpRequest) -> HttpResponse:
    infos = {info.kind: info for info in gateway.providers()}
    states = [(state, infos.get(state.kind)) for state in gateway.model_states()]
    return render(request, "stewardship/providers/models.html", {"states": states})
