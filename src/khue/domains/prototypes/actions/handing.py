"""From one hand to others: review, gallery, link, feedback, the end."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.people.api import Actor
from khue.domains.prototypes.models import Feedback, Review, State, Tool, Use, Verdict, Version
from khue.domains.prototypes.permissions import check_can_change, check_can_retire, check_can_review
from khue.domains.prototypes.rules import site_of, worst
from khue.gateway import api as gateway
from khue.kernel.errors import UserError

LONGEST = 2000


class NotReviewed(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "A lecturer or steward has to accept this version first. Ask for a review; nothing was published."
            )
        )


class NotFit(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("The checks found something that must be changed first; see the findings below the tool.")
        )


class NoSite(UserError):
    def __init__(self, given: str) -> None:
        text = gettext_lazy("“%(value)s” is no address of a web site; write it as https://xa.gov.vn")
        super().__init__(text % {"value": given})


class NoReason(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("Say in a sentence why."))


def ask_for_review(*, by: Actor, tool: Tool) -> Review:
    """Of the version as it is now; a second time changes nothing. Raises NotAllowed."""
    check_can_change(by, tool)
    assert tool.head
    there = tool.head.reviews.filter(verdict=Verdict.ASKED).first()
    return there or Review.objects.create(
        version=tool.head, asked_by_id=by.person_id, findings=[plain(one) for one in tool.head.findings]
    )


def plain(finding: dict[str, Any]) -> dict[str, str]:
    return {name: str(finding.get(name, "")) for name in ("level", "message", "remedy")}


def decide(*, by: Actor, review: Review, accept: bool, note: str, findings: Sequence[dict[str, str]] = ()) -> None:
    """`findings` of the reviewer come to those of the checks. Raises NotAllowed, NotFit, NoReason."""
    check_can_review(by, review.version.tool)
    if accept and worst(review.version.findings) == "stop":
        raise NotFit
    if not accept and not note.strip() and not findings:
        raise NoReason
    review.by_id, review.note, review.decided_at = by.person_id, note.strip()[:LONGEST], timezone.now()
    review.verdict = Verdict.ACCEPTED if accept else Verdict.RETURNED
    review.findings = [*review.findings, *findings]
    review.save()


def publish(*, by: Actor, tool: Tool) -> None:
    """In the gallery of the organisation: the version that was accepted. Raises NotAllowed, NotReviewed."""
    check_can_change(by, tool)
    accepted = Review.objects.filter(version__tool=tool, verdict=Verdict.ACCEPTED).select_related("version").first()
    if accepted is None or accepted.version_id != tool.head_id:
        raise NotReviewed
    tool.published, tool.state, tool.retired_because = accepted.version, State.PUBLISHED, ""
    tool.save(update_fields=["published", "state", "retired_because", "updated_at"])


def retire(*, by: Actor, tool: Tool, reason: str) -> None:
    """Out of the gallery; its link leads nowhere any more. Raises NotAllowed, NoReason."""
    check_can_retire(by, tool)
    if not reason.strip():
        raise NoReason
    tool.state, tool.retired_because, tool.link = State.RETIRED, reason.strip()[:LONGEST], ""
    tool.save(update_fields=["state", "retired_because", "link", "updated_at"])


def share(*, by: Actor, tool: Tool, is_on: bool, sites: str = "") -> None:
    """An address for whoever has it; a new one each time it is switched on. `sites` may hold it in their pages, one a
    line. Raises NotAllowed, NotFit, NoSite."""
    check_can_change(by, tool)
    if is_on and tool.head and worst(tool.head.findings) == "stop":
        raise NotFit
    named = [(given, site_of(given)) for given in sites.split() if given.strip()]
    for given, site in named:
        if site is None:
            raise NoSite(given)
    tool.link = (tool.link or secrets.token_urlsafe(18).replace("_", "-").strip("-")) if is_on else ""
    tool.sites = [site for _given, site in named]
    tool.save(update_fields=["link", "sites", "updated_at"])


def channel(*, by: Actor, tool: Tool, dataset: Any, assistant: str) -> None:
    """What the tool may read and whom it may ask. Raises NotAllowed."""
    check_can_change(by, tool)
    tool.dataset, tool.assistant = dataset, assistant[:60]
    tool.save(update_fields=["dataset", "assistant", "updated_at"])


@transaction.atomic
def count_use(*, tool: Tool, way: str, day: date) -> None:
    made, is_new = Use.objects.get_or_create(tool=tool, day=day, way=way, defaults={"count": 1})
    if not is_new:
        Use.objects.filter(pk=made.pk).update(count=F("count") + 1)


def say_back(*, tool: Tool, version: Version | None, rating: int, words: str) -> Feedback:
    """What a user says; identifiers in it are hidden. Raises DetectorFailed."""
    told = gateway.hidden(words.strip()[:LONGEST]) if words.strip() else ""
    return Feedback.objects.create(tool=tool, version=version, rating=1 if rating > 0 else -1, words=told)


def settle(*, by: Actor, feedback: Feedback) -> None:
    check_can_change(by, feedback.tool)
    feedback.settled_at = timezone.now()
    feedback.save(update_fields=["settled_at", "updated_at"])


def title_of(review: Review) -> str:
    return _("Version %(number)s of “%(title)s”") % {
        "number": review.version.number,
        "title": review.version.tool.title,
    }
