"""Minutes of a meeting: rules find decisions and tasks, the model words what was said, checked line by line."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.domains.synthesis.actions.embedding import caller
from khue.domains.synthesis.merging import asking
from khue.domains.synthesis.minuting.minutes import minutes, sentences
from khue.domains.synthesis.models import Meeting
from khue.domains.synthesis.permissions import check_can_begin, check_can_change
from khue.domains.synthesis.rules import OVER, Stage
from khue.gateway import api as gateway
from khue.gateway.api import ClassNotAllowed, DataClass, NoModel, Options, Turn
from khue.kernel import jobs
from khue.kernel.errors import UserError

WRITE = "synthesis.minute"
MOST = 400_000
# a point of so many words is said as it is; of longer ones the model makes a sentence
SHORT, WORDED = 40, 20


class NoNotes(UserError):
    def __init__(self) -> None:
        super().__init__(_("There are no notes. Paste them, or bring a file with text."))


class TooLong(UserError):
    def __init__(self) -> None:
        super().__init__(_("The notes are longer than minutes can be made of at once. Divide them."))


def begin(
    *, by: Actor, title: str, notes: str, held_on: datetime.date | None, data_class: int = DataClass.INTERNAL,
    is_shared: bool = False, language: str = "vi",
) -> Meeting:  # fmt: skip
    """With what rules find, at once. Raises NotAllowed, NoNotes, TooLong."""
    check_can_begin(by)
    text = notes.replace("\r\n", "\n").replace("\x00", "")
    if not text.strip():
        raise NoNotes
    if len(text) > MOST:
        raise TooLong
    return Meeting.objects.create(
        organisation_id=by.organisation_id, owner_id=by.person_id, title=title.strip()[:300], notes=text,
        held_on=held_on, data_class=data_class, is_shared=is_shared, language=language,
        minutes=_found(text, held_on),
    )  # fmt: skip


def _found(text: str, held_on: datetime.date | None) -> dict[str, Any]:
    found = minutes(text, held_on).as_json()
    for point in found["points"]:
        point |= {"text": point["quote"], "state": "quoted"}
    return found


def write_later(meeting: Meeting) -> None:
    jobs.later(WRITE, one_at_a_time=f"{WRITE} {meeting.pk}", meeting=str(meeting.pk))


def write(meeting_id: UUID) -> Meeting:
    """Longer contributions in one sentence each; the speaker's own words stay where the sentence is not borne out."""
    found = Meeting.objects.get(pk=meeting_id)
    if found.stage in OVER:
        return found
    long = [point for point in found.minutes["points"] if len(point["quote"].split()) > SHORT][:WORDED]
    for at, point in enumerate(long):
        if not _stage(found, Stage.MERGING, at, len(long)):
            return Meeting.objects.get(pk=meeting_id)
        if point["state"] == "quoted" and not _word(found, point):
            break
        Meeting.objects.filter(pk=found.pk).update(minutes=found.minutes)
    _stage(found, Stage.DONE, 1, 1)
    return Meeting.objects.get(pk=meeting_id)


def _stage(meeting: Meeting, stage: Stage, done: int, of: int) -> bool:
    wanted = Meeting.objects.filter(pk=meeting.pk).exclude(stage__in=OVER)
    return bool(wanted.update(stage=stage, progress={"done": done, "of": of}))


def _word(meeting: Meeting, point: dict[str, Any]) -> bool:
    said = sentences(point["quote"])
    turns = [Turn(role, text) for role, text in asking.turns(said[:8], meeting.language)]  # type: ignore[arg-type]
    try:
        with gateway.chat(
            turns, caller=caller(meeting, "minutes"), data_class=DataClass(meeting.data_class),
            options=Options(max_tokens=asking.TOKENS, schema=asking.SCHEMA),
        ) as stream:  # fmt: skip
            reply = stream.text()
    except (NoModel, ClassNotAllowed) as refusal:
        Meeting.objects.filter(pk=meeting.pk).update(error=str(refusal))
        return False
    text = asking.read(reply.text)
    checked = knowledge.check_sentence(text, said, language=meeting.language) if text else None
    point["state"] = "merged" if checked and checked.supported else "kept"
    if point["state"] == "merged":
        point["text"] = text
    Meeting.objects.filter(pk=meeting.pk).update(
        model=reply.model[:100], ledger=[*meeting.ledger, str(reply.ledger_id)]
    )
    meeting.ledger = [*meeting.ledger, str(reply.ledger_id)]
    return True


def change(*, by: Actor, meeting: Meeting, told: Mapping[str, str], tasks: Sequence[Mapping[str, str]]) -> None:
    """A person puts right who does what by when; the lines stay. Raises NotAllowed."""
    check_can_change(by, meeting)
    held = [
        dict(task) | {name: str(new.get(name, task[name])).strip()[:500] for name in ("owner", "what", "due")}
        for task, new in zip(meeting.minutes["tasks"], tasks, strict=False)
    ]
    kept = [task for task in held if task["what"]]
    particulars = {name: text.strip()[:1000] for name, text in told.items() if text.strip()}
    meeting.minutes = meeting.minutes | {"told": particulars, "tasks": kept}
    meeting.save(update_fields=["minutes", "updated_at"])


def delete(*, by: Actor, meeting: Meeting) -> None:
    check_can_change(by, meeting)
    meeting.delete()
