"""The models: whose they are, where they stand, and how they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.domains.stewardship.queries import providers as queries
from khue.domains.stewardship.views.access import see_models
from khue.domains.stewardship.words import ZONE_NAMES
from khue.gateway.api import Zone


@require_GET
@see_models
def models(request: HttpRequest) -> HttpResponse:
    found = queries.connected()
    names = [(zone, ZONE_NAMES[zone]) for zone in Zone]
    context = {"connected": found, "zones": queries.zones(found), "all_zones": names}
    return render(request, "stewardship/providers/models.html", context)
