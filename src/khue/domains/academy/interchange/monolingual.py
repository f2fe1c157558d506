"""An item in one language, as most formats hold it."""

from dataclasses import replace

from khue.domains.academy.quizzing.items import (
    Body,
    Choice,
    Essay,
    Item,
    Matching,
    Number,
    Ordering,
    Short,
)
from khue.domains.academy.quizzing.words import Words


def has(item: Item, language: str) -> bool:
    return bool(item.prompt.get(language))


def in_language(item: Item, language: str) -> Item:
    """With the texts of this language only."""

    def only(words: Words) -> dict[str, str]:
        return {language: words[language]} if words.get(language) else {}

    def body(given: Body) -> Body:
        if isinstance(given, Choice):
            return replace(
                given,
                options=tuple(replace(o, text=only(o.text), feedback=only(o.feedback)) for o in given.options),
            )
        if isinstance(given, Ordering):
            return replace(given, entries=tuple(replace(e, text=only(e.text)) for e in given.entries))
        if isinstance(given, Matching):
            return replace(
                given,
                lefts=tuple(replace(e, text=only(e.text)) for e in given.lefts),
                rights=tuple(replace(e, text=only(e.text)) for e in given.rights),
            )
        if isinstance(given, Number):
            return replace(
                given,
                keys=tuple(replace(key, feedback=only(key.feedback)) for key in given.keys),
                units=tuple(replace(u, names=only(u.names) or _any(u.names, language)) for u in given.units),
            )
        if isinstance(given, Short):
            keys = [key for key in given.keys if key.language in {"", language}] or list(given.keys)
            return replace(
                given, keys=tuple(replace(key, language=language, feedback=only(key.feedback)) for key in keys)
            )
        return replace(given, guidance=only(given.guidance)) if isinstance(given, Essay) else given

    return replace(
        item,
        prompt=only(item.prompt),
        feedback=only(item.feedback),
        when_right=only(item.when_right),
        when_partly=only(item.when_partly),
        when_wrong=only(item.when_wrong),
        body=body(item.body),
    )


def _any(names: Words, language: str) -> dict[str, str]:
    """A unit is mostly written alike in every language."""
    return {language: next(iter(names.values()), "")}
