"""Which kind of tool a description asks for."""

from collections.abc import Generator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge import api as knowledge
from khue.domains.prototypes.actions import finding
from khue.domains.prototypes.actions.calls import TOOL, Ask, Event, go_on
from khue.domains.prototypes.actions.finding import NONE
from khue.domains.prototypes.patterns import catalogue, pattern
from khue.domains.prototypes.writing import choosing, prompting
from khue.domains.prototypes.writing.choosing import Candidate
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, Options, Turn


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
    if known := finding.of_its_words([one.key for one in found[:4]], idea, examples, language):
        return known
    fit = finding.fit_of(idea, examples)
    if fit and fit.sure:
        return NONE
    best = [pattern(one.key) for one in found[:4]]
    system, asked = prompting.choose(best, idea, language)
    letters = tuple(chr(65 + at) for at in range(len(best) + 1))
    options = Options(max_tokens=1, choices=letters)
    for event in ask.stream([Turn("system", system), Turn("user", asked)], options):
        if isinstance(event, knowledge.Waiting):
            yield event
    go_on(ask)
    at = letters.index(ask.text.strip()) if ask.text.strip() in letters else 0
    if at < len(best):
        return best[at].key
    return found[0].key if choosing.is_likely(found) else NONE
