"""How a person wants to see pages: theme and mode. Kept in a cookie, and on the account where there is one."""

from typing import Any

from django.http import HttpRequest, HttpResponse

THEMES = ("system", "light", "dark")
MODES = ("desk", "projector")
_YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """The account's choice before the device's, which may be another person's."""
    chosen = getattr(getattr(request, "user", None), "theme", "") or request.COOKIES.get("khue_theme", "")
    return chosen if chosen in THEMES else "system"


def mode_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("khue_mode", "")
    return chosen if chosen in MODES else "desk"


def remember_cookie(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)


def remember_on_account(person: Any, field: str, value: str) -> None:
    """The account model lives above this layer: only a field that it has is written."""
    if person.is_authenticated and hasattr(person, field):
        setattr(person, field, value)
        person.save(update_fields=[field])
