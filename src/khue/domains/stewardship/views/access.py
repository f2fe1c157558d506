"""Who may open which page of Govern. The pages themselves are no secret: whoever may not is told so (403)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from khue.domains.people.api import Actor, actor
from khue.domains.stewardship.permissions import can_read_ledger, can_see_keys, can_see_models, can_set_budgets

View = Callable[..., HttpResponse]


def for_those_who(may: Callable[[Actor], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(actor(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_in_again(view: View) -> View:
    """Asks for the password once more, unless that was done within the last minutes; what was sent is kept."""
    return cast(View, reauthentication_required(view))


read_ledger = for_those_who(can_read_ledger)
see_models = for_those_who(can_see_models)
see_keys = for_those_who(can_see_keys)
set_budgets = for_those_who(can_set_budgets)
