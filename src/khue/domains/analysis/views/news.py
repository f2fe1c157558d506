"""What waits for a steward, for the navigation."""

from django.http import HttpRequest

from khue.domains.analysis.queries import releases
from khue.domains.people.api import Role, actor


def at_places(request: HttpRequest) -> dict[str, int]:
    if not request.user.is_authenticated:
        return {}
    by = actor(request)
    return {"stewardship:classes": releases.waiting(by)} if by.is_a(Role.STEWARD) else {}
