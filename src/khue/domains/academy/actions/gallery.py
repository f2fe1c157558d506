"""What a team shows to the public, with everybody's consent; and the record of what became of it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import notices
from khue.domains.academy.models import Entry, FollowUp, Outcome, Publication
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sprints import can_run, check_is_member, is_member
from khue.domains.academy.queries import sprints as queries
from khue.domains.people.api import Actor
from khue.kernel.clock import now, today
from khue.kernel.errors import NotAllowed, UserError


class ChangedMeanwhile(UserError):
    """What would be agreed to is not what was read."""


class Unreasoned(UserError):
    """A date in the future, or no reason."""


@transaction.atomic
def write(*, by: Actor, entry_id: UUID, title: str, summary: str, parts: Collection[str]) -> Publication:
    """What the team would show: `parts` are "stage:<key>" and "artefact:<id>", kept as they stand now. A change needs
    everybody's consent anew; the same again does not. The writer agrees by writing. Raises NotAllowed."""
    entry = _entry(entry_id)
    check_is_member(by, entry)
    given = {"title": title.strip()[:200], "summary": summary.strip()[:5000], "parts": list(_frozen(entry, parts))}
    found = Publication.objects.select_for_update().filter(entry=entry).first() or Publication(entry=entry, version=0)
    if any(getattr(found, name) != value for name, value in given.items()):
        for name, value in given.items():
            setattr(found, name, value)
        found.version, found.written_by_id = found.version + 1, by.person_id
        found.save()
    return found


def _frozen(entry: Entry, parts: Collection[str]) -> Iterator[dict[str, Any]]:
    texts = queries.all_texts(entry)
    for stage in entry.sprint.plan.stages:
        if f"stage:{stage.key}" in parts:
            fields = [(f.names, texts[stage.key, f.key].text) for f in stage.canvas if (stage.key, f.key) in texts]
            yield {"key": f"stage:{stage.key}", "names": stage.names, "fields": [list(field) for field in fields]}
    for artefact in entry.artefacts.all():
        if f"artefact:{artefact.pk}" in parts:
            shown = {"name": artefact.name, "kind": artefact.kind, "media_type": artefact.media_type}
            held = {"sha256": artefact.content_id or "", "size": artefact.size, "link": artefact.link}
            yield {"key": f"artefact:{artefact.pk}"} | shown | held


@transaction.atomic
def agree(*, by: Actor, entry_id: UUID, version: int, shows_name: bool) -> None:
    """To what was read. Raises ChangedMeanwhile, Publication.DoesNotExist, NotAllowed."""
    entry = _entry(entry_id)
    check_is_member(by, entry)
    publication = Publication.objects.select_for_update().get(entry=entry)
    if publication.version != version:
        raise ChangedMeanwhile(_("Somebody changed it meanwhile. Read it again; nothing was agreed to."))
    given = {"version": version, "shows_name": shows_name}
    publication.consents.update_or_create(person_id=by.person_id, defaults=given)


def withdraw(*, by: Actor, entry_id: UUID) -> None:
    """From this moment it is not public any more. Also for those who agreed and left the team since."""
    Publication.objects.get(entry=entry_id).consents.filter(person_id=by.person_id).delete()


@transaction.atomic
def answer(*, by: Actor, follow_up_id: UUID, outcome: str, happened_on: date, reason: str) -> FollowUp:
    """What became of it: by the team or who runs the cohort; may be corrected. Raises Unreasoned, NotAllowed."""
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("entry__sprint__cohort", "entry__team")
    follow_up = found.get(pk=follow_up_id)
    check_can_answer(by, follow_up.entry)
    if happened_on > today():
        raise Unreasoned(_("Give the day on which it was decided; it cannot lie in the future."))
    if not reason.strip():
        raise Unreasoned(_("Say in a sentence why."))
    follow_up.outcome, follow_up.happened_on, follow_up.reason = Outcome(outcome), happened_on, reason.strip()[:2000]
    follow_up.answered_by_id, follow_up.answered_at = by.person_id, now()
    follow_up.save()
    return follow_up


def can_answer(by: By, entry: Entry) -> bool:
    presented = by is not None and entry.presenters.filter(pk=by.person_id).exists()
    return presented or is_member(by, entry) or can_run(by, entry.sprint)


def check_can_answer(by: By, entry: Entry) -> None:
    if not can_answer(by, entry):
        raise NotAllowed(_("Only the team and those who run the cohort answer this."))


@transaction.atomic
def ask_due() -> int:
    """Asks the people of what has come due, once each: on their pages and by letter. Returns how many."""
    due = FollowUp.objects.select_for_update(of=("self",)).filter(asked_at=None, outcome="", due_on__lte=today())
    found = list(
        due.select_related("entry__team", "entry__problem", "entry__sprint__cohort", "entry__sprint__activity")
    )
    for follow_up in found:
        notices.became_of(follow_up)
    FollowUp.objects.filter(pk__in=[follow_up.pk for follow_up in found]).update(asked_at=now())
    return len(found)


def _entry(entry_id: UUID) -> Entry:
    found = Entry.objects.select_for_update(of=("self",))
    return found.select_related("sprint__activity", "sprint__cohort", "team").get(pk=entry_id)
