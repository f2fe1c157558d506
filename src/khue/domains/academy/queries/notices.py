"""What is new for somebody, in words, and where it leads."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.academy.models import Cohort, Notice, NoticeKind, Session, Submission
from khue.domains.academy.models.texts import shown


def unseen(person_id: UUID) -> "QuerySet[Notice]":
    """The newest first."""
    found = Notice.objects.filter(person=person_id, seen_at=None)
    known = found.select_related("cohort__version", "person").defer("cohort__version__definition")
    return known.order_by("-told_at")


def counts(person_id: UUID) -> dict[str, int]:
    """Kind → how many have not been seen; one query, by an index of these alone."""
    found = Notice.objects.filter(person=person_id, seen_at=None).order_by()
    return dict(found.values_list("kind").annotate(Count("pk")))


def said(notice: Notice) -> str:
    """One sentence, in the active language."""
    name, word = shown(notice.facts.get("names", {})), notice.facts.get("word", "")
    match notice.kind:
        case NoticeKind.RESULT if word == "returned":
            text = _("“%(name)s” came back to you: please do it once more.")
        case NoticeKind.RESULT if word == "passed":
            text = _("“%(name)s” is graded: passed.")
        case NoticeKind.RESULT:
            text = _("“%(name)s” is graded: not passed yet.")
        case NoticeKind.REVIEW:
            text = _("A fellow participant wrote to you about “%(name)s”.")
        case NoticeKind.DISPUTE:
            text = _("You and another grader differ on a work for “%(name)s”.")
        case NoticeKind.GATE_ASKED:
            text = _("%(team)s waits for your word at the gate “%(name)s”.")
        case NoticeKind.GATE if word == "passed":
            text = _("Your team is through the gate “%(name)s”.")
        case NoticeKind.GATE:
            text = _("A mentor sent “%(name)s” back to your team, with a note.")
        case NoticeKind.FOLLOW_UP:
            text = _("What became of “%(name)s”, %(months)s months on? Please tell us; it takes a minute.")
        case NoticeKind.MARKED:
            text = _("What you wrote in “%(name)s” is read: your result is complete.")
        case NoticeKind.CERTIFICATE if word == "withdrawn":
            text = _("Your certificate of “%(name)s” was withdrawn; its page says why.")
        case NoticeKind.CERTIFICATE:
            text = _("Your certificate of “%(name)s” is here.")
        case _to_grade:
            return _waiting(name, int(notice.facts.get("count") or 0))
    return text % {"name": name, "team": notice.facts.get("team", ""), "months": notice.facts.get("months", "")}


def _waiting(name: str, count: int) -> str:
    if not count:
        return _("Work waits to be graded in %(name)s.") % {"name": name}
    text = ngettext(
        "%(count)s work waits to be graded in %(name)s.", "%(count)s works wait to be graded in %(name)s.", count
    )
    return text % {"count": count, "name": name}


def address(notice: Notice) -> str:
    """The path of the page where it is seen."""
    match notice.kind:
        case NoticeKind.RESULT | NoticeKind.REVIEW:
            return reverse("academy:submission", args=[notice.thing_id])
        case NoticeKind.DISPUTE:
            return reverse("academy:grade", args=[notice.thing_id])
        case NoticeKind.GATE | NoticeKind.GATE_ASKED:
            return reverse("academy:sprint-stage", args=[notice.thing_id, notice.facts["stage"]])
        case NoticeKind.FOLLOW_UP:
            return reverse("academy:follow-up", args=[notice.thing_id])
        case NoticeKind.MARKED:
            return reverse("academy:attempt-result", args=[notice.thing_id])
        case NoticeKind.CERTIFICATE:
            return reverse("academy:certificate", args=[notice.thing_id])
        case _to_grade:
            return f"{reverse('academy:grading')}?cohort={notice.thing_id}"


def graders(cohort: Cohort) -> set[UUID]:
    """Who is told that work waits: the trainers of its sessions, else who opened the cohort. Others may grade, too."""
    trainers = Session.trainers.through.objects.filter(session__cohort=cohort).values_list("person", flat=True)
    found = set(trainers)
    return found or ({cohort.created_by_id} if cohort.created_by_id else set())


def long_waiting(since: datetime) -> Iterable[tuple[Cohort, int]]:
    """Cohorts with work handed in before then, and how much of it; two queries."""
    waiting = Submission.objects.waiting().order_by().values("cohort")
    long = waiting.annotate(count=Count("pk"), oldest=Min("submitted_at")).filter(oldest__lt=since)
    found = {row["cohort"]: row["count"] for row in long}
    return [(cohort, found[cohort.pk]) for cohort in Cohort.objects.filter(pk__in=found).select_related("version")]
