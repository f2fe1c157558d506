"""Pages that hold a tool: where its frame is, and that nothing else may be framed in them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from khue.domains.prototypes.models import Tool
from khue.domains.prototypes.sandboxing import headers, shell
from khue.kernel.headers import policy


def frame_url(request: HttpRequest, link: str = "") -> str:
    """With a link: for sites that may hold that tool in a page of theirs."""
    path = reverse("prototypes-open:frame") + (f"?of={link}" if link else "")
    return settings.KHUE_SANDBOX_ADDRESS + path if settings.KHUE_SANDBOX_ADDRESS else request.build_absolute_uri(path)


def framed(request: HttpRequest, response: HttpResponse, ancestors: str = "'none'") -> HttpResponse:
    """A tool cannot lead its frame anywhere else: this page's policy names the one address that may stand in it."""
    own = frame_url(request).partition("?")[0]
    response["Content-Security-Policy"] = (
        policy().replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}") + f"; frame-src {own}"
    )
    return response


@require_GET
@login_not_required
@xframe_options_exempt
@cache_control(max_age=0)
def frame(request: HttpRequest) -> HttpResponse:
    """The same for everybody, without a cookie: what runs in it comes from the page around it."""
    own = (
        "'self'"
        if not settings.KHUE_SANDBOX_ADDRESS
        else " ".join([settings.KHUE_ADDRESS, *settings.CSRF_TRUSTED_ORIGINS])
    )
    link = request.GET.get("of", "")
    sites = Tool.objects.filter(link=link).values_list("sites", flat=True).first() if link else None
    response = HttpResponse(shell())
    for name, value in headers(" ".join([own, *(sites or [])])).items():
        response[name] = value
    return response
