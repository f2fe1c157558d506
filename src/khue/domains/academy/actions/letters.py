"""Letters on their way. A letter is handed to the mail server at most once: where it is not known whether the server
took it, it counts as not sent."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction

from khue.domains.academy.models import Cohort
from khue.domains.academy.models.letter import Letter
from khue.domains.academy.rules.invitations import ON_ITS_WAY, TRIES, LetterState, wait_before
from khue.gateway import mail
from khue.kernel import clock, jobs

L = TypeVar("L", bound=Letter)


class HasLanguage(Protocol):
    language: str


def deliver(letter_id: UUID, *, of: type[L], written: Callable[[L], mail.Letter | None], job: str) -> None:
    """Hands one letter to the mail server, and asks for `job` again later where that is busy. `written` may find that
    there is nothing to say any more."""
    letter = _taken_in_hand(of, letter_id)
    if letter is None:
        return
    text = written(letter)
    if text is None:
        letter.delete()
        return
    try:
        mail.send(text)
    except mail.NotSent as failure:
        _put_back(letter, failure, job)
    else:
        _note(letter, state=LetterState.SENT, sent_at=clock.now(), why="", said="")


@transaction.atomic
def _taken_in_hand(of: type[L], letter_id: UUID) -> L | None:
    """None: sent, gone, or begun by a worker that died since, of which nobody knows how far it came."""
    letter = of._default_manager.select_for_update().filter(pk=letter_id).first()
    if letter is None or letter.state not in ON_ITS_WAY:
        return None
    if letter.state == LetterState.SENDING:
        _note(letter, state=LetterState.FAILED, why=mail.Why.UNKNOWN)
        return None
    _note(letter, state=LetterState.SENDING, tries=letter.tries + 1)
    return letter


def _put_back(letter: Letter, failure: mail.NotSent, job: str) -> None:
    again = failure.why in mail.LATER and letter.tries < TRIES
    state = LetterState.WAITING if again else LetterState.FAILED
    with transaction.atomic():
        _note(letter, state=state, why=failure.why, said=failure.said[:500])
        if again:
            jobs.later(job, in_seconds=int(wait_before(letter.tries).total_seconds()), letter=str(letter.pk))


def _note(letter: Letter, **facts: object) -> None:
    """Also where it is gone meanwhile, with its person."""
    for name, value in facts.items():
        setattr(letter, name, value)
    type(letter)._default_manager.filter(pk=letter.pk).update(updated_at=clock.now(), **facts)


def language_of(person: HasLanguage, cohort: Cohort | None) -> str:
    """The person's, else the programme's."""
    known = dict(settings.LANGUAGES)
    wished = [person.language, *(cohort.version.languages if cohort else [])]
    return next((language for language in wished if language in known), settings.LANGUAGE_CODE)
