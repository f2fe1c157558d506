"""A tool by its link: its own page, and the same for the page of another site. No sign-in, no cookie, nobody known."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from khue.domains.prototypes.actions import handing
from khue.domains.prototypes.models import Tool
from khue.domains.prototypes.views.framing import frame_url, framed
from khue.domains.prototypes.views.loading import linked
from khue.kernel.crowding import Window
from khue.kernel.errors import UserError

View = Callable[..., HttpResponse]
OWN = {"same-origin", "none", ""}
# of one visitor in a minute
OPENED, SAID = Window(120), Window(20)


def open_to_all(view: View) -> View:
    @csrf_exempt
    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, link: str) -> HttpResponse:
        window = SAID if request.method == "POST" else OPENED
        if not window.admits(request):
            return HttpResponse(status=429, headers={"Retry-After": str(window.seconds_left)})
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "") not in OWN:
            return HttpResponse(status=403)
        tool = linked(link)
        with translation.override(request.GET.get("lang") or translation.get_language() or tool.language):
            return view(request, tool)

    return opened


@require_GET
@open_to_all
def page(request: HttpRequest, tool: Tool) -> HttpResponse:
    handing.count_use(tool=tool, way="link", day=timezone.localdate())
    return framed(request, render(request, "prototypes/shared.html", _context(request, tool)))


@require_GET
@xframe_options_exempt
@open_to_all
def embed(request: HttpRequest, tool: Tool) -> HttpResponse:
    """Only the tool, inside a page of a site on the list; browsers refuse to show it elsewhere."""
    handing.count_use(tool=tool, way="embed", day=timezone.localdate())
    context = _context(request, tool) | {"is_framed": True}
    response = render(request, "prototypes/embedded.html", context)
    return framed(request, response, " ".join(["'self'", *tool.sites]))


def _context(request: HttpRequest, tool: Tool) -> dict[str, object]:
    return {"tool": tool, "version": tool.published or tool.head, "frame": frame_url(request, tool.link)}


@require_GET
@open_to_all
def text(request: HttpRequest, tool: Tool) -> HttpResponse:
    """The tool as data for the page's script."""
    held = tool.published or tool.head
    assert held
    return JsonResponse({"number": held.number, "html": held.html, "title": tool.title})


@require_POST
@open_to_all
def feedback(request: HttpRequest, tool: Tool) -> HttpResponse:
    rating = 1 if request.POST.get("rating") == "1" else -1
    said = _("Thank you. Who made it can read this, without your name.")
    status = 200
    try:
        handing.say_back(
            tool=tool, version=tool.published or tool.head, rating=rating, words=request.POST.get("words", "")
        )
    except UserError as refusal:
        said, status = str(refusal), 400
    return render(request, "prototypes/shared.html", _context(request, tool) | {"said": said}, status=status)
