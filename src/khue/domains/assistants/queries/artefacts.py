"""Assistants as labs take them: with the result of their latest test."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.assistants.handing import settings
from khue.domains.assistants.models import Assistant, Run, RunState
from khue.kernel.artefacts import Check, Frozen, Made
from khue.ui.formats import percent

HERE = "khue.domains.assistants.handing.checks:"
Facts = Mapping[str, Any]


class Assistants:
    """kernel.artefacts.Kind."""

    name = "assistant"
    tool = "assistants"
    label = gettext_lazy("Assistant for a public service")
    template = "assistants/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Assistant.objects.filter(owner_id=person_id).order_by("-updated_at")
        return [_made(assistant) for assistant in own[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        return {one.pk: _frozen(one) for one in Assistant.objects.filter(pk__in=ids, owner_id=person_id)}


def _made(assistant: Assistant) -> Made:
    count = assistant.questions.filter(accepted=True).count()
    about = ngettext("%(count)s test question", "%(count)s test questions", count) % {"count": count}
    return Made(
        assistant.pk, assistant.name, about, assistant.updated_at, reverse("assistants:build", args=[assistant.pk])
    )


def _frozen(assistant: Assistant) -> Frozen:
    run = Run.objects.filter(version__assistant=assistant, state=RunState.DONE).select_related("version").first()
    questions = assistant.questions.filter(accepted=True)
    return Frozen(
        title=assistant.name,
        made_at=assistant.created_at,
        changed_at=assistant.updated_at,
        body={
            "slug": assistant.slug,
            "state": assistant.state,
            "definition": assistant.draft,
            "questions": [
                {name: getattr(one, name) for name in ("question", "kind", "language", "source", "answer", "origin")}
                for one in questions
            ],
            "run": _run(run, assistant) if run else None,
        },
        data_class=0,
    )


def _run(run: Run, assistant: Assistant) -> dict[str, Any]:
    return {
        "version": run.version.number,
        "is_current": run.version.digest == assistant.definition.digest,
        "at": run.created_at.isoformat(),
        "model": run.model,
        "totals": run.totals,
        "rows": [
            {
                "question": row.question,
                "kind": row.kind,
                "passed": row.passed,
                "judged": row.judged,
                "answer": row.answer["answer"],
                "abstained": row.answer["abstained"],
            }
            for row in run.rows.all()
        ],
    }


# What checks saw, in words -----------------------------------------------------------------------


def _of_definition(facts: Facts) -> str:
    names = {
        "purpose": _("purpose"),
        "audience": _("audience"),
        "knowledge": _("sources"),
        "limits": _("what it does not do"),
        "notice": _("notice that an AI answers"),
        "contact": _("contact"),
        "opening": _("opening words"),
    }
    if facts["passed"]:
        return _("Nothing is missing.")
    return _("Missing: %(what)s.") % {"what": ", ".join(names[name] for name in facts["lacking"])}


def _of_questions(facts: Facts) -> str:
    said = _("%(answerable)s to be answered, %(outside)s outside, %(hostile)s hostile, %(foreign)s in another language")
    words = said % {name: facts[name] for name in ("answerable", "outside", "hostile", "foreign")}
    return f"{words}." if facts["passed"] else _("%(words)s; more are wanted.") % {"words": words}


def _of_test(facts: Facts) -> str:
    if not facts["tested"]:
        return _("It has not been tested.")
    if not facts["current"]:
        return _("It was changed after its test.")
    said = _("answered rightly: %(right)s, declined rightly: %(abstained)s")
    return said % {name: percent(facts[name]) if facts[name] is not None else "–" for name in ("right", "abstained")}


def _of_words(facts: Facts) -> str:
    if facts["passed"]:
        return _("Every sentence that it showed is backed.")
    if not facts["shown"]:
        return _("No answer shows a sentence or a card.")
    return ngettext("%(count)s sentence is not backed.", "%(count)s sentences are not backed.", facts["lacking"]) % {
        "count": facts["lacking"]
    }


CHECKS: Mapping[str, Check] = {
    "assistant-complete": Check(HERE + "complete", gettext_lazy("the assistant is described"), _of_definition),
    "assistant-questions": Check(
        HERE + "questions", gettext_lazy("enough test questions of every kind"), _of_questions, settings.Questions
    ),
    "assistant-tested": Check(HERE + "tested", gettext_lazy("tested, and good enough"), _of_test, settings.Tested),
    "assistant-backed": Check(HERE + "backed", gettext_lazy("what it says is backed"), _of_words),
}
