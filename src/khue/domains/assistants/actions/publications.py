"""Publishing a version, through the gate; withdrawing it."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import answering, assistants
from khue.domains.assistants.models import Assistant, Publication, State
from khue.domains.assistants.permissions import can_override, check_can_change
from khue.domains.assistants.queries import gate as gates
from khue.domains.people.api import Actor
from khue.domains.stewardship import api as stewardship
from khue.gateway import api as gateway
from khue.kernel.errors import NotAllowed, UserError

SHORTEST_REASON = 20


class GateShut(UserError):
    """`checks`: what is missing."""

    def __init__(self, checks: list[gates.Check]) -> None:
        self.checks = checks
        said = " ".join(f"{check.label}: {check.detail}" for check in checks)
        super().__init__(_("It cannot be published yet. %(what)s") % {"what": said})


class NoReason(UserError):
    def __init__(self) -> None:
        super().__init__(_("Say in a sentence why it may be published all the same. Nothing was changed."))


def publish(*, by: Actor | None, assistant: Assistant, override: str = "") -> Publication:
    """The draft as it stands becomes what the public asks. `override`: the reason why a steward passes over what is
    shut; it is signed and shown. Raises NotAllowed, GateShut, NoReason."""
    check_can_change(by, assistant)
    state = gates.gate(assistant, answering.reader(assistant.owner_id))
    if not state.is_open:
        _check_override(by, assistant, state, override)
    with transaction.atomic():
        version = assistants.freeze(by=by, assistant=assistant)
        assistant.publications.filter(ended_at=None).update(ended_at=timezone.now())
        made = Publication.objects.create(
            assistant=assistant,
            version=version,
            by_id=by.person_id if by else None,
            gate=[check.as_json() for check in state.checks],
            overridden=[check.key for check in state.shut],
            reason=override.strip() if state.shut else "",
        )
        made.note, made.entry = gateway.signed(_statement(made) + "\n"), _on_record(made, by)
        made.save(update_fields=["note", "entry"])
        assistant.state, assistant.published = State.PUBLISHED, version
        assistant.save(update_fields=["state", "published", "updated_at"])
    return made


def _check_override(by: Actor | None, assistant: Assistant, state: gates.Gate, reason: str) -> None:
    if not reason.strip():
        raise GateShut(state.shut)
    if not can_override(by, assistant):
        raise NotAllowed(_("Only a data steward, and not the builder, may publish in spite of the gate."))
    if not state.could_be_overridden:
        raise GateShut([check for check in state.shut if not check.may_be_overridden])
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason


def _statement(made: Publication) -> str:
    facts = {
        "about": "publication",
        "publication": str(made.pk),
        "assistant": str(made.assistant_id),
        "version": made.version.digest,
        "by": str(made.by_id or ""),
        "passed_over": made.overridden,
        "reason": made.reason,
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _on_record(made: Publication, by: Actor | None) -> int:
    return gateway.record(
        "assistant",
        act="published",
        assistant=made.assistant_id,
        version=made.version.number,
        version_digest=made.version.digest,
        organisation=made.assistant.organisation_id,
        person=by.person_id if by else None,
        passed_over=" ".join(made.overridden),
        data_class=gateway.DataClass.PUBLIC,
    )


def withdraw(*, by: Actor | None, assistant: Assistant) -> None:
    """The public no longer reaches it; drafts, versions and results stay."""
    check_can_change(by, assistant)
    with transaction.atomic():
        assistant.publications.filter(ended_at=None).update(ended_at=timezone.now())
        assistant.state, assistant.published = State.WITHDRAWN, None
        assistant.save(update_fields=["state", "published", "updated_at"])
        gateway.record(
            "assistant",
            act="withdrawn",
            assistant=assistant.pk,
            organisation=assistant.organisation_id,
            person=by.person_id if by else None,
            data_class=gateway.DataClass.PUBLIC,
        )


def ask_for_entry(*, by: Actor | None, assistant: Assistant) -> stewardship.UseCaseRef:
    """In the register of use cases."""
    check_can_change(by, assistant)
    facts = gates.facts(assistant, answering.reader(assistant.owner_id))
    return stewardship.ask_for_use_case(by=by, organisation_id=assistant.organisation_id, facts=facts)
