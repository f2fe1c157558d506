"""What the model is asked for a tool, and what its answers become. Events as they come; nothing is stored here."""

import json
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge import api as knowledge
from khue.domains.prototypes import fitting
from khue.domains.prototypes.actions import searching
from khue.domains.prototypes.editing import blocks, changes
from khue.domains.prototypes.patterns import Pattern, catalogue, faults, pattern, words
from khue.domains.prototypes.rules import MOST_ANSWER, split, title_of
from khue.domains.prototypes.writing import choosing, html, partial, prompting
from khue.domains.prototypes.writing.choosing import Candidate
from khue.domains.prototypes.writing.files import file_of
from khue.domains.prototypes.writing.filling import settled
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, Options, Turn

TOOL = "prototype"
FILL_TOKENS, CHANGE_TOKENS, FREE_TOKENS, BLOCK_TOKENS = 700, 160, 1400, 350
NONE, FORMULA = "-", "formula-calculator"
# kinds that are a sum of figures and fields, or nothing that is known
SUMS = {NONE, FORMULA, "fee-calculator", "unit-converter"}
Chosen = Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """The tool as far as it has come; `said` names what came last."""

    html: str
    title: str
    said: str = ""


@dataclass(frozen=True)
class Piece:
    """Code as the model writes it."""

    text: str


@dataclass
class Made:
    """What came of it: a source for a version. `broken`: the answer ended too early, and this is what was there."""

    source: dict[str, Any]
    ledger: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: bool = False


Event = knowledge.Waiting | Shown | Piece
Writing = Generator[Event, None, "Made | None"]


@dataclass
class Ask:
    """One call after another of one piece of work."""

    caller: Caller
    data_class: DataClass
    brake: knowledge.Brake | None = None
    ledger: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    finish: str = ""

    def stream(self, turns: Sequence[Turn], options: Options) -> Generator[Event | str, None, None]:
        """Places in the queue, then pieces of text; `text` and `finish` hold the whole afterwards."""
        self.text, self.finish = "", "cancelled"
        with gateway.chat(turns, caller=self.caller, data_class=self.data_class, options=options) as reply:
            if self.brake:
                self.brake.hold(reply)
            for place in reply.wait():
                yield knowledge.Waiting(place.position, place.of, place.expected_s)
            for piece in reply:
                self.text += piece
                yield piece
                if len(self.text) > MOST_ANSWER:
                    break
        if len(self.text) > MOST_ANSWER:
            self.text, self.finish = self.text[:MOST_ANSWER], "length"
        elif reply.reply:
            self.finish = reply.reply.finish_reason
        if reply.reply:
            self.ledger.append({"id": str(reply.reply.ledger_id), "model": reply.reply.model})


class Stopped(Exception):
    """Whoever asked has gone."""


# Which kind of tool ------------------------------------------------------------------------------


@cache
def _words() -> choosing.Words:
    return choosing.Words(catalogue())


@cache
def _vectors(caller: Caller) -> NDArray[np.float32]:
    texts = [choosing.told_of(one) for one in catalogue()]
    return gateway.embed(texts, kind="passage", caller=caller, data_class=DataClass.PUBLIC)


def candidates(idea: str, ask: Ask) -> list[Candidate]:
    """The best first; by words alone where no embeddings are running."""
    words = _words().scores(idea)
    try:
        everybody = Caller(None, None, TOOL, purpose="patterns")
        asked = gateway.embed([idea[:1000]], kind="query", caller=ask.caller, data_class=ask.data_class)
        cosines = (_vectors(everybody) @ asked[0]).tolist()
    except gateway.GatewayError:
        return choosing.ranked(words, None)
    return choosing.ranked(words, dict(zip((one.key for one in catalogue()), cosines, strict=True)))


def choose(idea: str, examples: str, language: str, ask: Ask) -> Generator[Event, None, str]:
    """The key of a pattern, or NONE. The model is asked only where words and meaning do not say it."""
    found = choosing.fitting(candidates(idea, ask), catalogue(), examples, language)
    if not found or choosing.is_clear(found):
        return found[0].key if found else NONE
    fit = _fit(idea, examples)
    if fit and fit.sure:
        return NONE
    best = [pattern(one.key) for one in found[:4]]
    system, asked = prompting.choose(best, idea, language)
    letters = tuple(chr(65 + at) for at in range(len(best) + 1))
    options = Options(max_tokens=1, choices=letters)
    for event in ask.stream([Turn("system", system), Turn("user", asked)], options):
        if isinstance(event, knowledge.Waiting):
            yield event
    _go_on(ask)
    at = letters.index(ask.text.strip()) if ask.text.strip() in letters else 0
    if at < len(best):
        return best[at].key
    return found[0].key if choosing.is_likely(found) else NONE


def _go_on(ask: Ask) -> None:
    if ask.finish == "cancelled":
        raise Stopped


def describe(idea: str, examples: str, language: str, ask: Ask, *, key: str = "", chosen: Chosen) -> Writing:
    """A new tool: of the pattern `key`, or of the one that fits; where a formula does what the examples say, of that;
    else written by the model. `chosen` is told the pattern."""
    one = key or (yield from choose(idea, examples, language, ask))
    made = None if key and key != NONE else _of_sum(one, idea, examples, language)
    chosen(FORMULA if made else one)
    if made:
        yield Shown(*file_of(made.source, language))
        return made
    told = f"{idea}\n{examples}".strip()
    if one == NONE:
        return (yield from free(told, language, ask))
    return (yield from fill(pattern(one), told, language, ask))


def _of_sum(key: str, idea: str, examples: str, language: str) -> Made | None:
    """Where the description has figures that no example shows, a model that reads it knows more."""
    if key not in SUMS:
        return None
    fit = _fit(idea, examples)
    return summed(idea, examples, language) if fit and (key == NONE or not fit.unused) else None


@lru_cache(maxsize=64)
def _fit(idea: str, examples: str) -> fitting.Fit | None:
    return fitting.fit(idea, examples) if examples.strip() else None


def summed(idea: str, examples: str, language: str) -> Made | None:
    """Fields and formulas found from the examples by trying; figures that they do not use are named."""
    found = _fit(idea, examples)
    if found is None:
        return None
    results = [{**one, "label": one["label"] or words.RESULT[language]} for one in found.results]
    parameters = {"title": title_of(idea)[:80], **found.parameters, "results": results}
    if faults(pattern(FORMULA), parameters):
        return None
    notes = [f"formula:{one['label']} = {one['formula']}" for one in results]
    return Made(
        {"pattern": FORMULA, "parameters": parameters}, [], notes + [f"left:{one:g}" for one in found.unused[:3]]
    )


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
    _go_on(ask)
    given = partial.read(ask.text)
    parameters, notes = settled(one, given if isinstance(given, dict) else {}, idea, language)
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
    _go_on(ask)
    source = _source_of(ask.text)
    return Made(source, ask.ledger, [], ask.finish == "length") if source["body"] else None


def _source_of(answer: str) -> dict[str, Any]:
    made = html.pieces(answer)
    return {"body": made.body, "script": made.script, "style": made.style, "title": made.title}


# Changes -----------------------------------------------------------------------------------------


def change(source: Mapping[str, Any], wish: str, idea: str, language: str, ask: Ask) -> Writing:
    """By rules where they understand it, else by the model: parameters of a pattern, pieces of code."""
    if done := changes.by_rules(source, wish, language):
        return Made(done.source, [], list(done.said))
    if "pattern" in source:
        return (yield from _change_parameters(source, wish, language, ask))
    return (yield from _change_code(source, wish, idea, language, ask))


def _change_parameters(source: Mapping[str, Any], wish: str, language: str, ask: Ask) -> Writing:
    one = pattern(source["pattern"])
    system, asked = prompting.change(one, source["parameters"], wish, language)
    options = Options(max_tokens=CHANGE_TOKENS, schema=changes.schema(one, source["parameters"]))
    for event in ask.stream([Turn("system", system), Turn("user", asked)], options):
        if not isinstance(event, str):
            yield event
    _go_on(ask)
    given = partial.read(ask.text)
    after, done = changes.applied(source["parameters"], given if isinstance(given, dict) else {}, one)
    if not done or faults(one, after):
        return None
    return Made(
        {**source, "parameters": after}, ask.ledger, [f"{changes.called(after, path)}: {value}" for path, value in done]
    )


def _change_code(source: Mapping[str, Any], wish: str, idea: str, language: str, ask: Ask) -> Writing:
    """The conversation begins as it did when the code was written, so that the model need not read it again."""
    code = changes.code_of(source)
    turns = [
        Turn("system", prompting.FREE.format(language=prompting.LANGUAGES[language], parts=prompting.PARTS)),
        Turn("user", idea),
        Turn("assistant", code),
        Turn("user", f"{prompting.BLOCKS}\n\n{wish}"),
    ]
    for event in ask.stream(turns, Options(max_tokens=BLOCK_TOKENS)):
        if isinstance(event, str):
            yield Piece(event)
        else:
            yield event
    _go_on(ask)
    applied = blocks.apply(code, blocks.read(ask.text))
    if not applied.done:
        return None
    made = {"html": applied.text} if "html" in source else _source_of(applied.text)
    notes = [] if not applied.missed else [f"{len(applied.missed)}"]
    return Made({**made, **({"extra": source["extra"]} if source.get("extra") else {})}, ask.ledger, notes)


def repair(
    source: Mapping[str, Any], failures: Sequence[str], told: str, language: str, ask: Ask, *, last: bool = False
) -> Writing:
    """What can be found by trying is tried first: a formula, another value of one parameter. Then what failed goes back
    to the model, as a wish; at the `last` time a tool of a pattern that does not do it is written anew."""
    idea, examples = split(told)
    if "pattern" in source and (found := _found(source, idea, examples, language)):
        return found
    if last and "pattern" in source:
        return (yield from free(told, language, ask))
    wish = "Make this true:\n" + "\n".join(f"- {one}" for one in failures[:6])
    return (yield from change(source, wish, told, language, ask))


def _found(source: Mapping[str, Any], idea: str, examples: str, language: str) -> Made | None:
    fit = _fit(idea, examples)
    if fit and (fit.sure or source["pattern"] in SUMS):
        made = summed(idea, examples, language)
        if made and made.source != source:
            return made
    parameters = searching.searched(source, idea, examples, language)
    return Made({**source, "parameters": parameters}, [], ["searched"]) if parameters else None


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
