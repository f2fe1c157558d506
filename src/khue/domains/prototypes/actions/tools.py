"""Tools and their versions: begun, kept, gone back to, copied, changed by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.people.api import Actor
from khue.domains.prototypes.editing import changes
from khue.domains.prototypes.models import State, Tool, Turn, TurnKind, TurnState, Version
from khue.domains.prototypes.permissions import can_create, check_can_change, check_can_retire
from khue.domains.prototypes.picturing import drawn
from khue.domains.prototypes.queries import checks
from khue.domains.prototypes.rules import LONGEST_IDEA, MOST_HTML, MOST_TOOLS, title_of
from khue.domains.prototypes.writing import html
from khue.domains.prototypes.writing.files import built, file_of
from khue.gateway import api as gateway
from khue.kernel import jobs
from khue.kernel.errors import NotAllowed, UserError

PICTURE = "prototypes.picture"


class TooLong(UserError):
    def __init__(self, most: int) -> None:
        text = gettext_lazy("That is longer than %(most)s characters. Shorten it, please; nothing was changed.")
        super().__init__(text % {"most": most})


class NoIdea(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("Describe in a sentence or two what the tool is to do."))


class Marked(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("The text bears a marking of secrecy. It does not belong here: nothing was stored.")
        )


class TooMany(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("You have very many tools already. Delete some that you no longer need."))


class TooLarge(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("This tool has grown larger than a tool may be (1.5 MB). The version before is kept.")
        )


class InUse(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("It stands in the gallery. Retire it first; then it can be deleted."))


def inspected(text: str) -> gateway.DataClass:
    """The class that a text demands. Raises Marked, DetectorFailed."""
    found = gateway.inspect(text)
    if found.marking:
        raise Marked
    return found.data_class


def create(*, by: Actor, idea: str, language: str, examples: str = "", title: str = "") -> Tool:
    """Raises NotAllowed, NoIdea, TooLong, TooMany, Marked."""
    if not can_create(by):
        raise NotAllowed(_("Your account has no role here, so it can build nothing."))
    if not idea.strip() and not title:
        raise NoIdea
    if len(idea) + len(examples) > LONGEST_IDEA:
        raise TooLong(LONGEST_IDEA)
    if Tool.objects.filter(owner_id=by.person_id).count() >= MOST_TOOLS:
        raise TooMany
    demanded = inspected(f"{idea}\n{examples}")
    return Tool.objects.create(
        organisation_id=by.organisation_id,
        owner_id=by.person_id,
        title=title or title_of(idea),
        language=language,
        idea=idea.strip(),
        examples=examples.strip(),
        data_class=max(demanded, gateway.DataClass.INTERNAL),
    )


# Versions ----------------------------------------------------------------------------------------


@transaction.atomic
def keep(
    *,
    tool: Tool,
    source: Mapping[str, Any],
    reason: str,
    by_id: Any,
    ledger: Sequence[Mapping[str, Any]] = (),
) -> Version:
    """A new version, which the tool then is. Raises TooLarge."""
    text, title = file_of(source, tool.language)
    if len(text) > MOST_HTML:
        raise TooLarge
    held = Tool.objects.select_for_update().get(pk=tool.pk)
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    made = Version.objects.create(
        tool=held,
        number=last + 1,
        source=dict(source),
        html=text,
        reason=reason[:300],
        made_by_id=by_id,
        findings=checks.static(text, tool.language),
        picture=drawn(text),
        picture_by="drawn",
        ledger=list(ledger),
    )
    tool.head, tool.title = made, title or tool.title
    tool.save(update_fields=["head", "title", "updated_at"])
    jobs.later(PICTURE, version=str(made.pk))
    return made


def go_back(*, by: Actor, tool: Tool, version: Version) -> Version:
    """What the tool was then, as its newest version; nothing in between is lost. Raises NotAllowed."""
    check_can_change(by, tool)
    reason = _("Back to version %(number)s") % {"number": version.number}
    made = keep(tool=tool, source=version.source, reason=reason, by_id=by.person_id)
    _said(tool, by, TurnKind.HAND, reason, made)
    return made


def by_hand(*, by: Actor, tool: Tool, code: str) -> Version:
    """Code as a person wrote it: a whole document, or what stands in one beside the parts. Raises NotAllowed, TooLarge,
    Marked, NoIdea."""
    check_can_change(by, tool)
    if len(code) > MOST_HTML:
        raise TooLarge
    if not code.strip():
        raise NoIdea
    demanded = inspected(code[:200_000])
    made = keep(tool=tool, source=source_of(code), reason=_("Code changed by hand"), by_id=by.person_id)
    _raise_class(tool, demanded)
    _said(tool, by, TurnKind.HAND, _("Code changed by hand"), made)
    return made


def source_of(code: str) -> dict[str, Any]:
    if "<html" in code[:2000].casefold():
        return {"html": code}
    made = html.pieces(code)
    return {"body": made.body, "script": made.script, "style": made.style, "title": made.title}


def code_of(version: Version) -> str:
    """What is the tool's own, without the parts that every tool carries."""
    if "html" in version.source:
        return version.html
    made = built(version.source, version.tool.language)
    style = "\n".join(filter(None, (made.style, version.source.get("extra", ""))))
    return changes.code_of({"body": made.body, "script": made.script, "style": style})


def _said(tool: Tool, by: Actor, kind: str, words: str, version: Version) -> None:
    Turn.objects.create(
        tool=tool, by_id=by.person_id, kind=kind, state=TurnState.DONE, asked=words, version=version, total_s=0.0
    )


def _raise_class(tool: Tool, demanded: int) -> None:
    if demanded > tool.data_class:
        tool.data_class = demanded
        tool.save(update_fields=["data_class", "updated_at"])


def set_examples(*, by: Actor, tool: Tool, text: str) -> None:
    """What it must do, a line each. Raises NotAllowed, TooLong, Marked."""
    check_can_change(by, tool)
    if len(text) > LONGEST_IDEA:
        raise TooLong(LONGEST_IDEA)
    _raise_class(tool, inspected(text))
    tool.examples = text.strip()
    tool.save(update_fields=["examples", "updated_at"])


def note_outcomes(*, version: Version, outcomes: Sequence[Mapping[str, Any]]) -> None:
    """What the examples gave when they ran: [{"text", "passed", "problem", "seen", "faults"}]."""
    version.outcomes = [
        {"text": str(one.get("text", ""))[:500], "passed": bool(one.get("passed")), "detail": checks.detail(one)[:500]}
        for one in outcomes[:60]
    ]
    version.save(update_fields=["outcomes", "updated_at"])


@transaction.atomic
def fork(*, by: Actor, tool: Tool, version: Version) -> Tool:
    """A copy of one's own. Raises NotAllowed, TooMany."""
    made = create(by=by, idea=tool.idea, language=tool.language, examples=tool.examples, title=tool.title)
    made.forked_from, made.data_class = tool, tool.data_class
    made.save(update_fields=["forked_from", "data_class"])
    keep(tool=made, source=version.source, reason=_("Copy of “%(title)s”") % {"title": tool.title}, by_id=by.person_id)
    return made


def rename(*, by: Actor, tool: Tool, title: str) -> None:
    check_can_change(by, tool)
    tool.title = title.strip()[:200] or tool.title
    tool.save(update_fields=["title", "updated_at"])


def delete(*, by: Actor, tool: Tool) -> None:
    """With versions, conversation, reviews and feedback. Raises NotAllowed, InUse."""
    check_can_retire(by, tool)
    if tool.state == State.PUBLISHED:
        raise InUse
    tool.delete()
