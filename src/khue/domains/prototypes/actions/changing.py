"""Changes and repairs: by rules where they understand it, by trying, else by the model."""

from collections.abc import Mapping, Sequence
from typing import Any

from khue.domains.prototypes.actions import finding, searching
from khue.domains.prototypes.actions.calls import Ask, Made, Piece, Writing, go_on
from khue.domains.prototypes.actions.generating import free, source_of
from khue.domains.prototypes.editing import blocks, changes
from khue.domains.prototypes.fitting import names
from khue.domains.prototypes.patterns import faults, pattern
from khue.domains.prototypes.rules import split
from khue.domains.prototypes.writing import partial, prompting
from khue.gateway.api import Options, Turn

CHANGE_TOKENS, BLOCK_TOKENS = 160, 350


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
    go_on(ask)
    given = partial.read(ask.text)
    after, done = changes.applied(source["parameters"], given if isinstance(given, dict) else {}, one)
    after = names.mended(after) if one.key == finding.FORMULA else after
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
    go_on(ask)
    applied = blocks.apply(code, blocks.read(ask.text))
    if not applied.done:
        return None
    made = {"html": applied.text} if "html" in source else source_of(applied.text)
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
    fit = finding.fit_of(idea, examples)
    made = finding.found(source["pattern"], idea, examples, language)
    if made is None and fit and (fit.sure or source["pattern"] in finding.SUMS):
        made = finding.summed(idea, examples, language)
    if made and made.source["parameters"] != source["parameters"]:
        return made
    parameters = searching.searched(source, idea, examples, language)
    return Made({**source, "parameters": parameters}, [], ["searched"]) if parameters else None
