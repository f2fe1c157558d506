"""The web process's handler of requests."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(ASGIHandler):
    """Django's, with all middleware and the view of a request in one go, in the thread of that request.

    All views and all middleware here are blocking. Django's own handler would go from the event loop to the thread and
    back for each of them, some forty times a request, and under load each such crossing waits for the interpreter.
    Answers that are sent piece by piece (khue.ui.streaming) are not held by this: they are read on the event loop.
    """

    def __init__(self) -> None:
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
