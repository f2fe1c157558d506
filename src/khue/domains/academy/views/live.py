"""Pages that renew themselves: static/academy/live.js asks for their parts again, and is told when nothing changed."""

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

# drawn anew for each answer; says nothing about what is shown
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def asks_for_parts(request: HttpRequest) -> bool:
    return request.headers.get("X-Live") == "1"


def live(request: HttpRequest, page: str, parts: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page; for its script the parts only, or 304 when they are as they were."""
    if not asks_for_parts(request):
        return _fresh(render(request, page, context))
    response = render(request, parts, context)
    shown = hashlib.sha256(TOKEN.sub(b"", response.content)).hexdigest()[:32]
    return unchanged(request, shown) or _fresh(response, shown)


def unchanged(request: HttpRequest, version: str) -> HttpResponse | None:
    """304 when the script has this version already."""
    same = asks_for_parts(request) and request.headers.get("If-None-Match") == _tag(version)
    return _fresh(HttpResponse(status=304), version) if same else None


def stamped(request: HttpRequest, response: HttpResponse, version: str) -> HttpResponse:
    """For what is known to be the same without drawing it."""
    return _fresh(response, version if asks_for_parts(request) else "")


def _fresh(response: HttpResponse, version: str = "") -> HttpResponse:
    add_never_cache_headers(response)
    if version:
        response.headers["ETag"] = _tag(version)
    return response


def _tag(version: str) -> str:
    return f'W/"{version}-{get_language()}"'
