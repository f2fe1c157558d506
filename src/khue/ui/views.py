"""Pages of the shell: home, guides, components, and how a person wants to see them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.ui import display as display_choice
from khue.ui import guides as guide_texts
from khue.ui.gallery import specimens
from khue.ui.navigation import roles_of
from khue.ui.next_steps import steps_for


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    steps = list(steps_for(roles_of(request)))
    return render(request, "ui/home.html", {"steps": steps, "guides": guide_texts.in_language(get_language() or "vi")})


@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/guides/list.html", {"guides": guide_texts.in_language(get_language() or "vi")})


@require_GET
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language() or "vi"
    found = guide_texts.find(slug, language)
    if found is None:
        raise Http404
    others = [other for other in guide_texts.in_language(language) if other.slug != slug]
    crumbs = [(_("Guides"), reverse("ui:guides"))]
    return render(request, "ui/guides/detail.html", {"guide": found, "others": others, "crumbs": crumbs})


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", specimens())


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the choice was made on, if it is ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(address if ours else "/")


@login_not_required
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    theme, mode = request.POST.get("theme"), request.POST.get("mode")
    if not (theme in display_choice.THEMES or mode in display_choice.MODES):
        return HttpResponseBadRequest()
    response = _back(request)
    if theme in display_choice.THEMES:
        display_choice.remember_cookie(response, request, "khue_theme", theme)
        display_choice.remember_on_account(request.user, "theme", theme)
    if mode in display_choice.MODES:
        display_choice.remember_cookie(response, request, "khue_mode", mode)
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response = _back(request)
    display_choice.remember_cookie(response, request, settings.LANGUAGE_COOKIE_NAME, code)
    display_choice.remember_on_account(request.user, "language", code)
    return response
