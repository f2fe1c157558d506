"""The sandbox's own name: whoever comes under it gets the frame and nothing else, and no cookie passes."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]
FRAME = "/sandbox/"


class OwnOrigin:
    sync_capable = async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        place = urlsplit(settings.KHUE_SANDBOX_ADDRESS).netloc
        if not place or request.META.get("HTTP_HOST", "") != place or request.path == FRAME:
            return self.get_response(request)
        refused = HttpResponse(status=404)
        return self._later(refused) if self.is_async else refused

    async def _later(self, refused: HttpResponseBase) -> HttpResponseBase:
        return refused
