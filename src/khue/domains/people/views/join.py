"""Opening an account with the one-time code of an invitation."""

from typing import cast

from allauth.core import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from khue.domains.people.actions import newcomers
from khue.domains.people.forms.join import JoinForm
from khue.domains.people.models import Person
from khue.kernel.crowding import Window
from khue.kernel.errors import UserError

# a whole room opens its accounts behind one address; one-time codes are too long to guess
OPENED = Window(600)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The code may stand in the address after "#": it then never reaches a log; a script puts it into the form."""
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        if not OPENED.admits(request):
            return cast(HttpResponse, ratelimit.respond_429(request))
        if form.is_valid():
            try:
                person: Person = newcomers.open_account(code=form.cleaned_data["code"])
            except UserError as refusal:
                form.add_error("code", str(refusal))
            else:
                login(request, person, backend="khue.domains.people.adapters.PasswordBackend")
                return redirect(_next(request) or "account_set_password")
    return render(request, "people/account/join.html", {"form": form}, status=400 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
