"""Quizzes to and from files of other systems, with what is lost or left out in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.academy.actions import banks, quizzes
from khue.domains.academy.actions.banks import BroughtIn
from khue.domains.academy.interchange import monolingual
from khue.domains.academy.interchange.formats import FORMATS, read, write
from khue.domains.academy.interchange.paper import Loss, Paper, Problem, Refused, key_of
from khue.domains.academy.models import ActivityKind, Programme, Quiz
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.quizzing.items import Item
from khue.domains.academy.rules.texts import in_language
from khue.kernel.errors import UserError

REFUSALS = {
    "too_large": gettext_lazy("The file is larger than 20 MB."),
    "doctype": gettext_lazy("The file brings a document type with it, which may hide a trap. Quizzes need none."),
    "broken": gettext_lazy("The file is damaged, or is not of this format: %(detail)s"),
    "climbs_out": gettext_lazy("The package holds a path that leads out of it: %(detail)s"),
    "bomb": gettext_lazy("The package would grow out of all proportion when unpacked. It was not opened."),
    "not_qti": gettext_lazy("The file is not QTI 2 or 3; it begins with “%(detail)s”."),
    "no_manifest": gettext_lazy("The package has no imsmanifest.xml."),
}
PROBLEMS = {
    "unknown_type": gettext_lazy("Questions of this type are not known here: %(detail)s"),
    "several_questions": gettext_lazy("It asks several things at once: %(detail)s"),
    "braces": gettext_lazy("The braces around the answers are not complete."),
    "pictures": gettext_lazy("Its pictures are left out."),
    "pattern": gettext_lazy("Its pattern says more than a star can: %(detail)s"),
    "missing_file": gettext_lazy("The package names this file but does not hold it."),
    "no_right_answer": gettext_lazy("No answer is right."),
    "text": gettext_lazy("It has no text."),
    "key": gettext_lazy("Its key may have small letters, digits and hyphens only: %(detail)s"),
    "type": gettext_lazy("The type is not known: %(detail)s"),
    "choices": gettext_lazy("It needs at least two choices, each with a text."),
    "sequence": gettext_lazy("It needs at least two things to bring into order, each with a text."),
    "pairs": gettext_lazy("It needs at least two pairs, each with both sides."),
    "answer": gettext_lazy("The answer is not a number: %(detail)s"),
    "answers": gettext_lazy("It needs at least one answer that is right."),
    "units": gettext_lazy("Each unit needs a name and how many of the first unit it is."),
    "points": gettext_lazy("The points are not a number from 0 to 1000: %(detail)s"),
    "share": gettext_lazy("What a choice counts is not a number from -1 to 1: %(detail)s"),
    "same_key": gettext_lazy("Two choices have the same key: %(detail)s"),
    "marking": gettext_lazy("This way of marking is not known: %(detail)s"),
    "tolerance": gettext_lazy("The tolerance is not a number: %(detail)s"),
    "too_long": gettext_lazy("A text is longer than 20,000 letters."),
}
LOSSES = {
    "languages": gettext_lazy("texts in other languages: each language is a file of its own"),
    "sections": gettext_lazy("random draws and the order of sections"),
    "time_limit_s": gettext_lazy("the time limit"),
    "item": gettext_lazy("the whole question"),
    "points": gettext_lazy("the points"),
    "feedback": gettext_lazy("the comment for everyone"),
    "when_right": gettext_lazy("the comment when right"),
    "when_partly": gettext_lazy("the comment when partly right"),
    "when_wrong": gettext_lazy("the comment when wrong"),
    "title": gettext_lazy("the title"),
    "tags": gettext_lazy("the tags"),
    "units": gettext_lazy("further units"),
    "unit_needed": gettext_lazy("that a unit is needed"),
    "marking": gettext_lazy("how a partly right answer counts"),
    "shuffle": gettext_lazy("that the order of choices is fixed"),
    "guidance": gettext_lazy("the guidance for who marks it"),
    "words": gettext_lazy("the number of words"),
    "cased": gettext_lazy("that upper and lower case differ"),
    "marked": gettext_lazy("that diacritics may be left out"),
    "answers": gettext_lazy("a part of the accepted answers"),
    "choices": gettext_lazy("a part of the choices"),
    "sequence": gettext_lazy("a part of the sequence"),
    "pairs": gettext_lazy("a part of the pairs"),
    "text": gettext_lazy("marks in the text"),
}


class FileRefused(UserError):
    """A file that is not read at all."""


class NothingThere(UserError):
    """No such programme or quiz, or none of its questions is in this language."""


@dataclass(frozen=True)
class Exported:
    octets: bytes
    file_name: str
    items: int
    losses: Sequence[Loss]


def loss_words(loss: Loss) -> str:
    return str(LOSSES.get(loss.field, loss.field))


def problem_words(problem: Problem) -> str:
    return str(PROBLEMS.get(problem.code, problem.code)) % {"detail": problem.detail}


def quizzes_of(programme: Programme, key: str = "") -> list[Quiz]:
    """Those of the newest version, or the one with this key; made when they were never opened. Raises NothingThere."""
    version = programme.versions.order_by("-position").first()
    found = version.activities.filter(kind=ActivityKind.QUIZ) if version else []
    wanted = [activity for activity in found if not key or activity.key == key]
    if not wanted:
        raise NothingThere(_("“%(programme)s” has no quiz “%(key)s”.") % {"programme": programme.slug, "key": key})
    return [quizzes.from_activity(activity) for activity in wanted]


def export(chosen: Sequence[Quiz], *, form: str, language: str) -> Exported:
    """Several quizzes become one list of questions. Raises NothingThere."""
    items: list[Item] = []
    for quiz in chosen:
        for row in quiz.bank.items.filter(is_current=True):
            item, taken = row.item, {there.key for there in items}
            key = item.key if item.key not in taken else f"{key_of(quiz.name)}-{item.key}"[:80].strip("-")
            if monolingual.has(item, language):
                items.append(replace(item, key=key))
    if not items:
        raise NothingThere(_("None of the questions is in this language."))
    alone = chosen[0] if len(chosen) == 1 else None
    title = in_language(chosen[0].names if alone else _programme_names(chosen[0]), language)
    sections = tuple(alone.draws) if alone and alone.sections else ()
    paper = Paper(title, tuple(items), language, sections, alone.time_limit_s if alone else 0)
    written = write(paper, form)
    name = f"{key_of(title)}.{FORMATS[form].suffix}"
    return Exported(written.octets, name, len(items), written.losses)


def _programme_names(quiz: Quiz) -> dict[str, str]:
    return dict(quiz.activity.version.names) if quiz.activity else dict(quiz.names)


@transaction.atomic
def bring(
    octets: bytes,
    *,
    by: By,
    form: str,
    language: str,
    organisation_id: UUID,
    programme: Programme | None = None,
    quiz: Quiz | None = None,
) -> tuple[Quiz, BroughtIn]:
    """Into a quiz's bank, or into a new quiz named as in the file. Raises FileRefused, NotAllowed."""
    try:
        found = read(octets, form, language)
    except Refused as refused:
        words = re.sub(r"\s+", " ", refused.detail)
        raise FileRefused(str(REFUSALS[refused.code]) % {"detail": words}, code=refused.code) from None
    if quiz is None:
        title = found.paper.title or _("Questions from a file")
        sections = [
            {"keys": list(s.keys), "tags": list(s.tags), "draw": s.draw, "shuffled": s.shuffled}
            for s in found.paper.sections
        ]
        quiz = quizzes.create(
            by=by,
            organisation_id=organisation_id,
            names={language: title},
            sections=sections,
            time_limit_s=found.paper.time_limit_s,
        )
        quiz.bank.programme = programme
        quiz.bank.save(update_fields=["programme"])
    return quiz, banks.bring_in(by=by, bank=quiz.bank, read=found)
