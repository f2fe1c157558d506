"""What a person is told when an action refuses and the page did not say it in its own place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khue.kernel.errors import NotAllowed, UserError


class RefusalMiddleware:
    """NotAllowed becomes 403, any other UserError 400, with its own words."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UserError):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 400
        return render(request, f"{status}.html", {"refusal": str(exception)}, status=status)
