"""What every page needs from the shell."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from khue.ui.display import mode_of, theme_of
from khue.ui.navigation import rooms_for
from khue.ui.way_back import shown


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "rooms": SimpleLazyObject(lambda: rooms_for(request)),
        "theme": theme_of(request),
        "mode": mode_of(request),
        "way_back": SimpleLazyObject(lambda: shown(request)),
        # each in its own language, so that everyone finds theirs
        "languages": settings.LANGUAGES,
    }
