"""What every answer tells the browser: only our own files run, nobody frames us, no device is asked for."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]
POLICY = {
    "default-src": "'self'",
    "style-src-attr": "'unsafe-inline'",  # a bar's length, a row's indentation; no selector can be smuggled in so
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy() -> str:
    """A sign-in form may lead on to the institution's own sign-in service."""
    service = urlsplit(settings.KHUE_OIDC_ISSUER)
    outside = f" {service.scheme}://{service.netloc}" if service.netloc else ""
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "form-action": f"'self'{outside}"}.items())


class SecurityHeaders:
    sync_capable = async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": policy(),
            # a browser looks up the names of links before anybody follows them
            "X-DNS-Prefetch-Control": "off",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        answer = self.get_response(request)
        return self._add(answer) if isinstance(answer, HttpResponseBase) else self._later(answer)

    async def _later(self, answer: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return self._add(await answer)

    def _add(self, response: HttpResponseBase) -> HttpResponseBase:
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response
