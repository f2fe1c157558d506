"""What is new for the person who looks, for the navigation."""

from django.http import HttpRequest

from khue.domains.academy.models import NoticeKind
from khue.domains.academy.queries import notices

# for those who grade; all else is on My days
IN_GRADING = {NoticeKind.TO_GRADE, NoticeKind.DISPUTE}


def at_places(request: HttpRequest) -> dict[str, int]:
    found = notices.counts(request.user.pk) if request.user.pk else {}
    grading = sum(count for kind, count in found.items() if kind in IN_GRADING)
    return {"academy:days": sum(found.values()) - grading, "academy:grading": grading}
