"""What the model is asked for a new tool, and what its answers become. Events as they come; nothing is stored here."""

import time
from collections.abc import Callable, Generator, Mapping
from typing import Any

from khue.domains.prototypes.actions import finding
from khue.domains.prototypes.actions.calls import Ask, Event, Made, Piece, Shown, Writing, go_on
from khue.domains.prototypes.actions.finding import NONE
from khue.domains.prototypes.actions.kinds import candidates, choose
from khue.domains.prototypes.fitting import names
from khue.domains.prototypes.patterns import Pattern, pattern
from khue.domains.prototypes.writing import html, partial, prompting
from khue.domains.prototypes.writing.files import file_of
from khue.domains.prototypes.writing.filling import settled
from khue.gateway.api import Options, Turn

FILL_TOKENS, FREE_TOKENS = 700, 1400
Chosen = Callable[[str], None]


def describe(idea: str, examples: str, language: str, ask: Ask, *, key: str = "", chosen: Chosen) -> Writing:
    """A new tool: of the pattern `key`, or of the one that fits; where a formula does what the examples say, of that;
    else written by the model. `chosen` is told the pattern."""
    one = key or (yield from choose(idea, examples, language, ask))
    made = finding.found(one, idea, examples, language) if _may_find(key) else None
    chosen(made.source["pattern"] if made else one)
    if made:
        yield Shown(*file_of(made.source, language))
        return made
    told = f"{idea}\n{examples}".strip()
    if one == NONE:
        return (yield from free(told, language, ask))
    made = yield from fill(pattern(one), told, language, ask)
    if made and one == finding.FORMULA and not key and names.strangers(made.source["parameters"]):
        other = next(each.key for each in candidates(idea, ask) if each.key != one)
        chosen(other)
        made = yield from fill(pattern(other), told, language, ask)
    return made


def _may_find(key: str) -> bool:
    """A formula does not take the place of a kind that a person chose."""
    return key in {"", NONE, finding.GUIDE, finding.ELIGIBILITY}


# A tool of a pattern -----------------------------------------------------------------------------


def fill(one: Pattern, idea: str, language: str, ask: Ask) -> Writing:
    """The pattern's own example at once, then field after field as they come."""
    example = dict(one.example.get(language) or next(iter(one.example.values())))
    shown, title = file_of({"pattern": one.key, "parameters": example}, language)
    yield Shown(shown, title, one.title.get(language, one.key))
    system, asked = prompting.fill(one, idea, language)
    options = Options(max_tokens=FILL_TOKENS, schema=one.schema)
    last, told = 0.0, 0
    for event in ask.stream([Turn("system", system), Turn("user", asked)], options):
        if not isinstance(event, str):
            yield event
            continue
        if event.rstrip().endswith((",", "}", "]")) and time.monotonic() - last > 1:
            now = partial.read(ask.text)
            if isinstance(now, dict) and len(str(now)) > told:
                last, told = time.monotonic(), len(str(now))
                yield from _preview(one, example, now, language)
    go_on(ask)
    given = partial.read(ask.text)
    parameters, notes = settled(one, given if isinstance(given, dict) else {}, idea, language)
    parameters = names.mended(parameters) if one.key == finding.FORMULA else parameters
    return Made({"pattern": one.key, "parameters": parameters}, ask.ledger, notes, not partial.is_whole(ask.text))


def _preview(
    one: Pattern, example: Mapping[str, Any], now: Mapping[str, Any], language: str
) -> Generator[Event, None, None]:
    """What has come so far in the place of the example's; what cannot be built yet is not shown."""
    missing = {name: example[name] for name in one.schema.get("required", ()) if name in example}
    try:
        shown, title = file_of({"pattern": one.key, "parameters": {**missing, **now}}, language)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return
    yield Shown(shown, title, str(list(now)[-1]) if now else "")


# A tool of its own -------------------------------------------------------------------------------


def free(idea: str, language: str, ask: Ask) -> Writing:
    system = prompting.FREE.format(language=prompting.LANGUAGES[language], parts=prompting.PARTS)
    turns = [Turn("system", system), Turn("user", idea)]
    last = 0.0
    for event in ask.stream(turns, Options(max_tokens=FREE_TOKENS)):
        if not isinstance(event, str):
            yield event
            continue
        yield Piece(event)
        if ">" in event and time.monotonic() - last > 1.5 and (body := html.so_far(ask.text)):
            last = time.monotonic()
            yield Shown(*file_of({"body": body, "title": ""}, language))
    go_on(ask)
    source = source_of(ask.text)
    return Made(source, ask.ledger, [], ask.finish == "length") if source["body"] else None


def source_of(answer: str) -> dict[str, Any]:
    made = html.pieces(answer)
    return {"body": made.body, "script": made.script, "style": made.style, "title": made.title}
