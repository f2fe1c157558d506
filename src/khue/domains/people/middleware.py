"""Each request in the person's language, and only from an account that is ready to work."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from khue.domains.people.queries import actors

Answer = Callable[[HttpRequest], HttpResponseBase]
# where somebody with a temporary password may go
BEFORE_OWN_PASSWORD = {"account_change_password", "account_set_password", "account_logout", "ui:language", "ui:display"}


class PersonMiddleware:
    """Puts on the request what every page asks of the person: `roles` and `workplaces`, looked up when first used;
    and activates the language that is stored with the account."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.roles = SimpleLazyObject(lambda: actors.roles(request))  # type: ignore[attr-defined]
        request.workplaces = SimpleLazyObject(lambda: actors.workplaces(request))  # type: ignore[attr-defined]
        if request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class ReadyAccountMiddleware:
    """First a password of one's own; and a page that helps when the account holds no role anywhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_call: object) -> HttpResponse | None:
        place = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated or request.user.password_expires_at is None:
            return None
        if place in BEFORE_OWN_PASSWORD:
            return None
        messages.info(request, _("Your password is a temporary one. Choose your own first; then you can go on."))
        return redirect("account_change_password")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, actors.NoMembership):
            return render(request, "people/account/no_membership.html", {"error": exception}, status=403)
        return None
