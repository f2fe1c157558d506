"""What each kind of item brings to QTI 2.1: how an answer is declared, asked for, marked and commented."""

from collections.abc import Callable, Iterable
from typing import Any

from khue.domains.academy.interchange.qti_elements import (
    RESPONSE,
    E,
    Node,
    add,
    base_value,
    decimal,
    named,
    put,
    spoken,
    when,
)
from khue.domains.academy.quizzing.items import (
    Body,
    Choice,
    Essay,
    Item,
    Marking,
    Matching,
    Number,
    NumberKey,
    Ordering,
    Short,
    TextKey,
)
from khue.domains.academy.quizzing.spelling import STAR


class Parts:
    """What the kind of an item brings: how an answer is declared, asked for, marked and commented."""

    def __init__(self, declaration: Node, body: list[Node], processing: list[Node], feedback: list[Node]) -> None:
        self.declaration, self.body, self.processing, self.feedback = declaration, body, processing, feedback


def _choice(written: Item, language: str) -> Parts:
    body: Choice = written.body  # type: ignore[assignment]
    right = [named(option.key) for option in body.options if option.share > 0 and (body.several or option.share >= 1)]
    mapping = E(
        "mapping",
        *[E("mapEntry", mapKey=named(option.key), mappedValue=option.share) for option in body.options],
        lowerBound=0.0,
        upperBound=1.0,
        defaultValue=0.0,
    )
    declaration = _declaration("multiple" if body.several else "single", "identifier", right, mapping)
    interaction = E(
        "choiceInteraction",
        *[E("simpleChoice", spoken(option.text, language), identifier=named(option.key)) for option in body.options],
        responseIdentifier=RESPONSE,
        shuffle=body.shuffled,
        maxChoices=0 if body.several else 1,
    )
    processing = [_all(written)] if body.marking is Marking.ALL else [_mapped(written)]
    said = [(named(option.key), option.feedback) for option in body.options if option.feedback]
    if said:
        processing.append(put("FEEDBACK", E("multiple", E("variable", identifier=RESPONSE))))
    return Parts(declaration, [interaction], processing, _feedback(said, language))


def _ordering(written: Item, language: str) -> Parts:
    body: Ordering = written.body  # type: ignore[assignment]
    keys = [entry.key for entry in body.entries]
    interaction = E(
        "orderInteraction",
        *[E("simpleChoice", spoken(entry.text, language), identifier=entry.key) for entry in body.entries],
        responseIdentifier=RESPONSE,
        shuffle=True,
    )
    if body.marking is Marking.ALL:
        processing = [_all(written)]
    elif body.marking is Marking.PARTS:
        processing = [when(_at(number, key), add(written.points / len(keys))) for number, key in enumerate(keys, 1)]
    else:
        share = written.points / max(1, len(keys) - 1)
        processing = [when(_follows(a, b, len(keys)), add(share)) for a, b in zip(keys, keys[1:], strict=False)]
    return Parts(_declaration("ordered", "identifier", keys), [interaction], processing, [])


def _follows(first: str, second: str, count: int) -> Node:
    """`second` stands somewhere directly after `first`."""
    return E("or", *[E("and", _at(n, first), _at(n + 1, second)) for n in range(1, count)])


def _matching(written: Item, language: str) -> Parts:
    body: Matching = written.body  # type: ignore[assignment]
    pairs = [f"{left} {right}" for left, right in body.pairs]
    mapping = E(
        "mapping",
        *[E("mapEntry", mapKey=pair, mappedValue=1 / len(pairs)) for pair in pairs],
        lowerBound=0.0,
        upperBound=1.0,
        defaultValue=0.0,
    )

    def side(entries: Iterable[Any], most: int) -> Node:
        return E(
            "simpleMatchSet",
            *[
                E("simpleAssociableChoice", spoken(entry.text, language), identifier=entry.key, matchMax=most)
                for entry in entries
            ],
        )

    interaction = E(
        "matchInteraction",
        side(body.lefts, 1),
        # 0: as often as one likes
        side(body.rights, 0),
        responseIdentifier=RESPONSE,
        shuffle=True,
        maxAssociations=len(body.lefts),
    )
    processing = [_all(written)] if body.marking is Marking.ALL else [_mapped(written)]
    return Parts(_declaration("multiple", "directedPair", pairs, mapping), [interaction], processing, [])


def _number(written: Item, language: str) -> Parts:
    body: Number = written.body  # type: ignore[assignment]
    keys = sorted(body.keys, key=lambda key: -key.share)
    own = next((unit.names.get(language, "") for unit in body.units if unit.factor == 1), "")
    entry = E("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=12)
    condition = E("responseCondition")
    for number, key in enumerate(keys):
        branch = E(
            "responseIf" if number == 0 else "responseElseIf",
            _near(key),
            put("SCORE", decimal(key.share * written.points)),
        )
        if key.feedback:
            branch.append(put("FEEDBACK", E("multiple", base_value("identifier", f"k{number}"))))
        condition.append(branch)
    said = [(f"k{number}", key.feedback) for number, key in enumerate(keys) if key.feedback]
    line = E("p", entry, f" {own}" if own else "")
    return Parts(
        _declaration("single", "float", [f"{keys[0].value:.15g}"]), [line], [condition], _feedback(said, language)
    )


def _near(key: NumberKey) -> Node:
    given = (E("variable", identifier=RESPONSE), base_value("float", f"{key.value:.15g}"))
    if not key.tolerance:
        return E("equal", *given, toleranceMode="exact")
    room = f"{key.tolerance * (100 if key.relative else 1):.15g}"
    mode = "relative" if key.relative else "absolute"
    return E("equal", *given, toleranceMode=mode, tolerance=f"{room} {room}")


def _short(written: Item, language: str) -> Parts:
    body: Short = written.body  # type: ignore[assignment]
    plain = [key for key in body.keys if not STAR.search(key.text)]
    mapping = E(
        "mapping",
        *[E("mapEntry", mapKey=_literal(key), mappedValue=key.share, caseSensitive=body.cased) for key in plain],
        lowerBound=0.0,
        upperBound=1.0,
        defaultValue=0.0,
    )
    right = [_literal(key) for key in plain if key.share >= 1][:1]
    declaration = _declaration("single", "string", right, mapping if plain else None)
    processing = [_mapped(written)] if plain else []
    said = []
    for number, key in enumerate(body.keys):
        test = _fits(key, cased=body.cased)
        if STAR.search(key.text):
            less = E("lt", E("variable", identifier="SCORE"), decimal(key.share * written.points))
            processing.append(when(E("and", test, less), put("SCORE", decimal(key.share * written.points))))
            test = _fits(key, cased=body.cased)
        if key.feedback:
            said.append((f"k{number}", key.feedback))
            processing.append(when(test, put("FEEDBACK", E("multiple", base_value("identifier", f"k{number}")))))
    entry = E("p", E("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=30))
    return Parts(declaration, [entry], processing, _feedback(said, language))


def _literal(key: TextKey) -> str:
    return key.text.replace("\\*", "*")


def _fits(key: TextKey, *, cased: bool) -> Node:
    given = E("variable", identifier=RESPONSE)
    if not STAR.search(key.text):
        return E("stringMatch", given, base_value("string", _literal(key)), caseSensitive=cased)
    pieces = [_regular(piece.replace("\\*", "*")) for piece in STAR.split(key.text)]
    return E("patternMatch", given, pattern=".*".join(pieces))


def _regular(text: str) -> str:
    """As XML Schema's regular expressions quote it."""
    return "".join(f"\\{letter}" if letter in r"\|.?*+(){}[]^-$" else letter for letter in text)


def _essay(written: Item, language: str) -> Parts:
    body: Essay = written.body  # type: ignore[assignment]
    parts = [E("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=12)]
    if body.guidance:
        parts.append(E("rubricBlock", spoken(body.guidance, language, inline=False), view="scorer"))
    return Parts(_declaration("single", "string", []), parts, [], [])


PARTS: dict[type[Body], Callable[[Item, str], Parts]] = {
    Choice: _choice,
    Ordering: _ordering,
    Matching: _matching,
    Number: _number,
    Short: _short,
    Essay: _essay,
}


# Pieces ----------------------------------------------------------------------------------------


def _declaration(cardinality: str, base: str, right: Iterable[str], mapping: Node | None = None) -> Node:
    node = E("responseDeclaration", identifier=RESPONSE, cardinality=cardinality, baseType=base)
    if right := list(right):
        node.append(E("correctResponse", *[E("value", value) for value in right]))
    if mapping is not None:
        node.append(mapping)
    return node


def _at(place: int, key: str) -> Node:
    return E("match", E("index", E("variable", identifier=RESPONSE), n=place), base_value("identifier", key))


def _mapped(written: Item) -> Node:
    return put("SCORE", E("product", E("mapResponse", identifier=RESPONSE), decimal(written.points)))


def _all(written: Item) -> Node:
    return when(
        E("match", E("variable", identifier=RESPONSE), E("correct", identifier=RESPONSE)),
        put("SCORE", decimal(written.points)),
    )


def _feedback(said: Iterable[tuple[str, Any]], language: str) -> list[Node]:
    return [
        E(
            "modalFeedback",
            spoken(words, language, inline=False),
            outcomeIdentifier="FEEDBACK",
            identifier=key,
            showHide="show",
        )
        for key, words in said
    ]
