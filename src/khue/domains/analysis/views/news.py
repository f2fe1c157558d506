"""What waits for a steward, for the navigation."""

from django.http import HttpRequest

from khue.domains.analysis.queries import releases
from khue.domains.people.api import Role, actor


def at_places(request: HttpRequest) -> dict[str, int]:
    if Role.STEWARD not in getattr(request, "roles", ()):
        return {}
    return {"stewardship:classes": releases.waiting(actor(request))}
