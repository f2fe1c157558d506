"""The conversation of the studio: something is said, the tool changes, a version is kept."""

import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.domains.prototypes.actions import changing, generating, tools
from khue.domains.prototypes.actions.calls import TOOL, Ask, Made, Piece, Shown, Stopped, Writing
from khue.domains.prototypes.actions.finding import NONE
from khue.domains.prototypes.models import Tool, Turn, TurnKind, TurnState
from khue.domains.prototypes.patterns import UnknownPattern, pattern
from khue.domains.prototypes.permissions import check_can_change
from khue.domains.prototypes.queries import wording
from khue.domains.prototypes.rules import LANGUAGES, LONGEST_WISH, MOST_REPAIRS, grave, red
from khue.domains.prototypes.writing import declining, partial
from khue.domains.prototypes.writing.filling import settled
from khue.gateway.api import Caller, DataClass, NoModel
from khue.kernel.errors import UserError

# after it a turn that nobody works on any more is no hindrance
ABANDONED = timedelta(minutes=5)


@dataclass(frozen=True)
class Settled:
    turn: Turn


Event = knowledge.Waiting | Shown | Piece | Settled


class NoWish(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("Say what is to change."))


class Busy(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("The last wish is still being worked on. Stop it first, or wait a moment."))


class NothingThere(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("There is no tool yet. Describe one first."))


class EnoughRepairs(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "Two repairs did not help. Say in other words what is wrong, or go back to an earlier version."
            )
        )


def language_of(text: str, fallback: str) -> str:
    """In which language a tool is made: that of its description, where it is one of the three."""
    found = knowledge.detect_language(text) if len(text.split()) > 3 else ""
    return found if found in LANGUAGES else fallback if fallback in LANGUAGES else "vi"


def begin(*, by: Actor, idea: str, examples: str = "", key: str = "", language: str = "") -> Turn:
    """A new tool, described; `key` names a pattern. What is against people is declined: said, and nothing is made.
    Raises tools.NoIdea, TooLong, Marked, NotAllowed."""
    spoken = language or language_of(idea, translation.get_language() or "vi")
    if key and key != NONE and not idea.strip():
        return _from_pattern(by, key, spoken)
    tool = tools.create(by=by, idea=idea, language=spoken, examples=examples)
    turn = Turn.objects.create(tool=tool, by_id=by.person_id, kind=TurnKind.DESCRIBE, asked=tool.idea, pattern=key)
    return _declined(turn)


def _from_pattern(by: Actor, key: str, language: str) -> Turn:
    """The pattern as it is in its own example, to be changed."""
    try:
        one = pattern(key)
    except UnknownPattern:
        raise tools.NoIdea from None
    parameters = dict(one.example.get(language) or next(iter(one.example.values())))
    examples = "\n".join(one.examples.get(language, ()))
    summary = one.summary.get(language, "")
    tool = tools.create(
        by=by, idea=summary, language=language, examples=examples, title=str(parameters.get("title", key))
    )
    turn = Turn.objects.create(tool=tool, by_id=by.person_id, kind=TurnKind.DESCRIBE, asked=summary, pattern=key)
    made = Made({"pattern": key, "parameters": parameters})
    _keep(turn, made, wording.begun_with(one.title.get(language, key)))
    return turn


def say(*, by: Actor, tool: Tool, text: str) -> Turn:
    """A wish. Raises NotAllowed, NoWish, TooLong, Busy, Marked."""
    _ready(by, tool)
    if not text.strip():
        raise NoWish
    if len(text) > LONGEST_WISH:
        raise tools.TooLong(LONGEST_WISH)
    demanded = tools.inspected(text)
    if demanded > tool.data_class:
        tool.data_class = demanded
        tool.save(update_fields=["data_class"])
    kind = TurnKind.CHANGE if tool.head_id else TurnKind.DESCRIBE
    if kind == TurnKind.DESCRIBE:
        tool.idea = f"{tool.idea}\n{text}".strip()
        tool.save(update_fields=["idea"])
    turn = Turn.objects.create(tool=tool, by_id=by.person_id, kind=kind, asked=text.strip(), before=tool.head)
    return _declined(turn)


def repair(*, by: Actor, tool: Tool, faults: Sequence[str] = (), itself: bool = False) -> Turn:
    """Errors of the running tool and examples that failed go back to the model. `itself`: nobody pressed a button; then
    at most two in a row. Raises NotAllowed, Busy, NothingThere, EnoughRepairs."""
    _ready(by, tool)
    if tool.head is None:
        raise NothingThere
    failures = [*red(tool.head.outcomes), *grave(tool.head.findings), *(str(fault)[:300] for fault in faults[:5])]
    count = _repairs_in_a_row(tool)
    if itself and count >= MOST_REPAIRS:
        raise EnoughRepairs
    return Turn.objects.create(
        tool=tool, by_id=by.person_id, kind=TurnKind.REPAIR, asked="\n".join(failures), before=tool.head,
        repairs=count + 1 if itself else 0,
    )  # fmt: skip


def _repairs_in_a_row(tool: Tool) -> int:
    last = tool.turns.order_by("-created_at").first()
    return last.repairs if last and last.kind == TurnKind.REPAIR else 0


def _ready(by: Actor, tool: Tool) -> None:
    check_can_change(by, tool)
    if tool.turns.filter(
        state__in=[TurnState.WAITING, TurnState.WRITING], updated_at__gte=timezone.now() - ABANDONED
    ).exists():
        raise Busy


def _declined(turn: Turn) -> Turn:
    wish = declining.look(turn.asked)
    if wish.harm:
        turn.state, turn.said = TurnState.DECLINED, wording.declined(wish.harm)
        turn.save()
    return turn


# The work ----------------------------------------------------------------------------------------


def stream(*, turn: Turn, by: Actor, brake: knowledge.Brake | None = None) -> Generator[Event, None, None]:
    """Events as they come, the last one Settled. Closing it, or pulling the brake, stops the model; what was there by
    then is kept where it can be used."""
    if not turn.is_open:
        yield Settled(turn)
        return
    began = time.monotonic()
    turn.state = TurnState.WRITING
    turn.save(update_fields=["state", "updated_at"])
    caller = Caller(by.person_id, by.organisation_id, TOOL, purpose=turn.kind, conversation_id=turn.tool_id)
    ask = Ask(caller, DataClass(turn.tool.data_class), brake)
    try:
        work = _work(turn, ask)
        made = yield from _timed(work, turn, began)
        _settle(turn, made, began)
    except (GeneratorExit, Stopped) as gone:
        _stop(turn, ask, began)
        if isinstance(gone, GeneratorExit):
            raise
    except NoModel as refusal:
        _without_model(turn, refusal, began)
    except UserError as refusal:
        _end(turn, TurnState.FAILED, str(refusal), began)
    finally:
        if turn.is_open:
            _end(turn, TurnState.FAILED, wording.broke_off(), began)
    yield Settled(turn)


def _timed(work: Writing, turn: Turn, began: float) -> Generator[Event, None, Made | None]:
    while True:
        try:
            event = next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        if turn.first_s is None and isinstance(event, Shown):
            turn.first_s = round(time.monotonic() - began, 2)
        yield event


def _work(turn: Turn, ask: Ask) -> Writing:
    tool, language = turn.tool, turn.tool.language
    if turn.kind == TurnKind.DESCRIBE:
        return (
            yield from generating.describe(
                tool.idea,
                tool.examples,
                language,
                ask,
                key=turn.pattern,
                chosen=lambda key: setattr(turn, "pattern", key),
            )
        )
    assert turn.before
    if turn.kind == TurnKind.REPAIR:
        told = f"{tool.idea}\n{tool.examples}".strip()
        is_last = turn.repairs == MOST_REPAIRS and not turn.before.passed
        failures = turn.asked.splitlines()
        return (yield from changing.repair(turn.before.source, failures, told, language, ask, last=is_last))
    return (yield from changing.change(turn.before.source, turn.asked, tool.idea, language, ask))


def _settle(turn: Turn, made: Made | None, began: float) -> None:
    if made is None:
        _end(turn, TurnState.FAILED, wording.not_understood(), began)
        return
    said = wording.made(turn, made)
    _keep(turn, made, said, began=began)


def _keep(turn: Turn, made: Made, said: str, *, began: float | None = None) -> None:
    reason = wording.reason(turn)
    turn.version = tools.keep(tool=turn.tool, source=made.source, reason=reason, by_id=turn.by_id, ledger=made.ledger)
    turn.steps = wording.steps(turn, made)
    if declining.look(turn.asked).calls_home:
        turn.steps = [*turn.steps, wording.no_way_out()]
    _end(turn, TurnState.DONE, said, began)


def _end(turn: Turn, state: str, said: str, began: float | None) -> None:
    turn.state, turn.said = state, said
    turn.total_s = round(time.monotonic() - began, 2) if began is not None else 0.0
    turn.save()


def _stop(turn: Turn, ask: Ask, began: float) -> None:
    """Of a tool from a pattern the fields that had come are of use."""
    given = partial.read(ask.text) if turn.kind == TurnKind.DESCRIBE and turn.pattern not in {"", NONE} else None
    if isinstance(given, Mapping) and given:
        parameters, _notes = settled(pattern(turn.pattern), given, turn.tool.idea, turn.tool.language)
        turn.version = tools.keep(
            tool=turn.tool, source={"pattern": turn.pattern, "parameters": parameters}, reason=wording.reason(turn),
            by_id=turn.by_id, ledger=ask.ledger,
        )  # fmt: skip
        _end(turn, TurnState.STOPPED, wording.stopped_half_way(), began)
    else:
        _end(turn, TurnState.STOPPED, wording.stopped(), began)


def _without_model(turn: Turn, refusal: NoModel, began: float) -> None:
    """The pattern that fits stands with its example: it can be filled by hand, and rules still change it."""
    if turn.kind != TurnKind.DESCRIBE or turn.pattern in {"", NONE}:
        _end(turn, TurnState.FAILED, str(refusal), began)
        return
    one, language = pattern(turn.pattern), turn.tool.language
    parameters = dict(one.example.get(language) or next(iter(one.example.values())))
    _keep(
        turn,
        Made({"pattern": turn.pattern, "parameters": parameters}),
        wording.without_model(str(refusal)),
        began=began,
    )
