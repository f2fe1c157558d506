"""The catalogue of programmes and their pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khue.domains.academy.queries import programmes
from khue.domains.people.api import actor


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "academy/programmes/catalogue.html", {"versions": programmes.newest_for(actor(request))})
