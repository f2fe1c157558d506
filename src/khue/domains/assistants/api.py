"""What the command line and other domains may do with assistants.

assistant = api.bring(Path("ho-tich.yaml").read_bytes(), by=operator)
run = api.test(assistant.slug, by=operator)
answer = api.ask("ho-tich", "Làm khai sinh hết bao nhiêu tiền?")
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from khue.domains.assistants.actions import assistants, benches, demo, publications, visits
from khue.domains.assistants.actions.answering import Closed, Refusal
from khue.domains.assistants.actions.publications import GateShut
from khue.domains.assistants.definition import file
from khue.domains.assistants.definition.file import UnreadableFile
from khue.domains.assistants.models import Assistant, Channel, Row, Run, Visit
from khue.domains.people.api import Actor

__all__ = [
    "AssistantRef",
    "Closed",
    "GateShut",
    "NoSuchAssistant",
    "Refusal",
    "Tested",
    "UnreadableFile",
    "ask",
    "bring",
    "load_demo",
    "publish",
    "test",
]


@dataclass(frozen=True)
class AssistantRef:
    id: UUID
    slug: str
    name: str
    state: str
    questions: int


@dataclass(frozen=True)
class Tested:
    """`rows` as the page shows them: question, kind, passed, what was judged, the answer."""

    version: int
    state: str
    error: str
    totals: dict[str, Any]
    rows: list[dict[str, Any]]


class NoSuchAssistant(LookupError):
    pass


def bring(octets: bytes, *, by: Actor) -> AssistantRef:
    """From a file; one of the same short name gets what the file says. Raises UnreadableFile, UserError."""
    return _ref(assistants.bring(by=by, shared=file.read(octets), replace=True))


def load_demo(folder: Path) -> int:
    """What is missing of the files in `folder` → how many were added. Needs the demonstration's people and library."""
    return demo.load(folder)


def test(slug: str, *, by: Actor | None) -> Tested:
    """Asks all test questions of the draft, now. Raises NoSuchAssistant, UserError."""
    run = benches.work(benches.start(by=by, assistant=_owned(slug, by), later=False).pk)
    return _tested(run)


def publish(slug: str, *, by: Actor | None, override: str = "") -> int:
    """→ the number of the version. Raises NoSuchAssistant, GateShut, UserError."""
    return publications.publish(by=by, assistant=_owned(slug, by), override=override).version.number


def ask(slug: str, question: str, *, conversation: UUID | None = None, channel: str = Channel.API) -> dict[str, Any]:
    """As `khue ask --json` answers, with card and choices. Raises NoSuchAssistant, Refusal, Closed."""
    try:
        return visits.answered(visits.published(slug), question, conversation=conversation, channel=channel)
    except (Assistant.DoesNotExist, Visit.DoesNotExist):
        raise NoSuchAssistant(slug) from None


def _owned(slug: str, by: Actor | None) -> Assistant:
    try:
        return assistants.owned(slug, by=by)
    except Assistant.DoesNotExist:
        raise NoSuchAssistant(slug) from None


def _ref(assistant: Assistant) -> AssistantRef:
    count = assistant.questions.filter(accepted=True).count()
    return AssistantRef(assistant.pk, assistant.slug, assistant.name, assistant.state, count)


def _tested(run: Run) -> Tested:
    rows = [_row(row) for row in run.rows.all()]
    return Tested(run.version.number, run.state, run.error, run.totals, rows)


def _row(row: Row) -> dict[str, Any]:
    return {
        "question": row.question,
        "kind": row.kind,
        "passed": row.passed,
        **row.judged,
        "answer": row.answer["answer"],
        "abstained": row.answer["abstained"],
        "card": (row.answer.get("card") or {}).get("code"),
    }
