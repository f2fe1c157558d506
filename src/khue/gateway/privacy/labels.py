"""Words that say what the number beside them is; None: some other number."""

from functools import cache

from khue.gateway.privacy.findings import Kind
from khue.gateway.privacy.lists import content, phrases
from khue.gateway.privacy.words import Lexicon, letters


@cache
def labels() -> Lexicon[Kind | None]:
    return Lexicon(
        {
            phrase: None if kind == "other" else Kind(kind)
            for kind, listed in content("labels")["numbers"].items()
            for phrase in phrases(listed)
        }
    )


@cache
def other_numbers() -> frozenset[str]:
    return frozenset(letters(phrase) for phrase in phrases(content("labels")["numbers"]["other"]))
