"""An item and a test as QTI 2.1 XML (IMS Question & Test Interoperability 2.1, Assessment Test, Section and Item).

The marking is written as response processing that any delivery engine can run; SCORE is in points.
"""

from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.paper import Paper, title_of
from khue.domains.academy.interchange.qti_names import V21
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

Node = Any  # an element of lxml, which has no types
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RESPONSE = "RESPONSE"


def E(name: str, *inside: "Node | str | Iterable[Node | str]", **attributes: object) -> Node:  # noqa: N802 - as in lxml.builder
    """An element of QTI. `inside`: texts and elements in order."""
    node = etree.Element(f"{{{V21}}}{name}", nsmap={None: V21})
    for key, value in attributes.items():
        node.set(key.rstrip("_"), _attribute(value))
    for part in inside:
        for piece in [part] if isinstance(part, str) or etree.iselement(part) else part:
            _append(node, piece)
    return node


def _attribute(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _append(node: Node, piece: "Node | str") -> None:
    if not isinstance(piece, str):
        node.append(piece)
    elif len(node):
        node[-1].tail = (node[-1].tail or "") + piece
    else:
        node.text = (node.text or "") + piece


def named(key: str) -> str:
    """An identifier begins with a letter or an underscore."""
    return key if key[:1].isalpha() else f"_{key}"


def item(written: Item, language: str) -> Node:
    parts = _PARTS[type(written.body)](written, language)
    root = E(
        "assessmentItem",
        identifier=named(written.key),
        title=title_of(written, language),
        adaptive=False,
        timeDependent=False,
    )
    root.set(LANG, language)
    root.extend([parts.declaration, *_outcomes(written)])
    prompt = markup.elements(written.prompt.get(language, ""), namespace=V21)
    root.append(E("itemBody", prompt, *parts.body))
    root.append(E("responseProcessing", *parts.processing, *_results(written)))
    root.extend([*parts.feedback, *_general_feedback(written, language)])
    return root


def test(paper: Paper) -> Node:
    root = E("assessmentTest", identifier="quiz", title=paper.title)
    part = E("testPart", identifier="part", navigationMode="nonlinear", submissionMode="simultaneous")
    if paper.time_limit_s:
        root.append(E("timeLimits", maxTime=paper.time_limit_s))
    tags = {written.key: set(written.tags) for written in paper.items}
    if not paper.sections:
        part.append(_section("section-1", [written.key for written in paper.items], 0, shuffled=False))
    for number, section in enumerate(paper.sections, 1):
        keys = section.keys or [key for key, own in tags.items() if not section.tags or own.intersection(section.tags)]
        part.append(_section(f"section-{number}", keys, section.draw, shuffled=section.shuffled))
    root.append(part)
    return root


def _section(identifier: str, keys: Iterable[str], draw: int, *, shuffled: bool) -> Node:
    node = E("assessmentSection", identifier=identifier, title=identifier, visible=True)
    if draw:
        node.append(E("selection", select=draw))
    if shuffled:
        node.append(E("ordering", shuffle=True))
    node.extend(E("assessmentItemRef", identifier=named(key), href=f"items/{key}.xml") for key in keys)
    return node


# The parts of an item --------------------------------------------------------------------------


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
        *[E("simpleChoice", _said(option.text, language), identifier=named(option.key)) for option in body.options],
        responseIdentifier=RESPONSE,
        shuffle=body.shuffled,
        maxChoices=0 if body.several else 1,
    )
    processing = [_all(written)] if body.marking is Marking.ALL else [_mapped(written)]
    said = [(named(option.key), option.feedback) for option in body.options if option.feedback]
    if said:
        processing.append(_set("FEEDBACK", E("multiple", E("variable", identifier=RESPONSE))))
    return Parts(declaration, [interaction], processing, _feedback(said, language))


def _ordering(written: Item, language: str) -> Parts:
    body: Ordering = written.body  # type: ignore[assignment]
    keys = [entry.key for entry in body.entries]
    interaction = E(
        "orderInteraction",
        *[E("simpleChoice", _said(entry.text, language), identifier=entry.key) for entry in body.entries],
        responseIdentifier=RESPONSE,
        shuffle=True,
    )
    if body.marking is Marking.ALL:
        processing = [_all(written)]
    elif body.marking is Marking.PARTS:
        processing = [_if(_at(number, key), _add(written.points / len(keys))) for number, key in enumerate(keys, 1)]
    else:
        share = written.points / max(1, len(keys) - 1)
        processing = [_if(_follows(a, b, len(keys)), _add(share)) for a, b in zip(keys, keys[1:], strict=False)]
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
                E("simpleAssociableChoice", _said(entry.text, language), identifier=entry.key, matchMax=most)
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
            _set("SCORE", _float(key.share * written.points)),
        )
        if key.feedback:
            branch.append(_set("FEEDBACK", E("multiple", _base("identifier", f"k{number}"))))
        condition.append(branch)
    said = [(f"k{number}", key.feedback) for number, key in enumerate(keys) if key.feedback]
    line = E("p", entry, f" {own}" if own else "")
    return Parts(
        _declaration("single", "float", [f"{keys[0].value:.15g}"]), [line], [condition], _feedback(said, language)
    )


def _near(key: NumberKey) -> Node:
    given = (E("variable", identifier=RESPONSE), _base("float", f"{key.value:.15g}"))
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
            less = E("lt", E("variable", identifier="SCORE"), _float(key.share * written.points))
            processing.append(_if(E("and", test, less), _set("SCORE", _float(key.share * written.points))))
            test = _fits(key, cased=body.cased)
        if key.feedback:
            said.append((f"k{number}", key.feedback))
            processing.append(_if(test, _set("FEEDBACK", E("multiple", _base("identifier", f"k{number}")))))
    entry = E("p", E("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=30))
    return Parts(declaration, [entry], processing, _feedback(said, language))


def _literal(key: TextKey) -> str:
    return key.text.replace("\\*", "*")


def _fits(key: TextKey, *, cased: bool) -> Node:
    given = E("variable", identifier=RESPONSE)
    if not STAR.search(key.text):
        return E("stringMatch", given, _base("string", _literal(key)), caseSensitive=cased)
    pieces = [_regular(piece.replace("\\*", "*")) for piece in STAR.split(key.text)]
    return E("patternMatch", given, pattern=".*".join(pieces))


def _regular(text: str) -> str:
    """As XML Schema's regular expressions quote it."""
    return "".join(f"\\{letter}" if letter in r"\|.?*+(){}[]^-$" else letter for letter in text)


def _essay(written: Item, language: str) -> Parts:
    body: Essay = written.body  # type: ignore[assignment]
    parts = [E("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=12)]
    if body.guidance:
        parts.append(E("rubricBlock", _said(body.guidance, language, inline=False), view="scorer"))
    return Parts(_declaration("single", "string", []), parts, [], [])


_PARTS: dict[type[Body], Callable[[Item, str], Parts]] = {
    Choice: _choice,
    Ordering: _ordering,
    Matching: _matching,
    Number: _number,
    Short: _short,
    Essay: _essay,
}


# Pieces ----------------------------------------------------------------------------------------


def _said(words: Any, language: str, *, inline: bool = True) -> "list[Node | str]":
    return markup.elements(words.get(language, ""), inline=inline, namespace=V21)


def _declaration(cardinality: str, base: str, right: Iterable[str], mapping: Node | None = None) -> Node:
    node = E("responseDeclaration", identifier=RESPONSE, cardinality=cardinality, baseType=base)
    if right := list(right):
        node.append(E("correctResponse", *[E("value", value) for value in right]))
    if mapping is not None:
        node.append(mapping)
    return node


def _outcomes(written: Item) -> list[Node]:
    score = E(
        "outcomeDeclaration",
        E("defaultValue", E("value", "0")),
        identifier="SCORE",
        cardinality="single",
        baseType="float",
        normalMaximum=float(written.points),
        normalMinimum=0.0,
    )
    result = E("outcomeDeclaration", identifier="RESULT", cardinality="single", baseType="identifier")
    said = E("outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
    return [score, result, said]


def _set(identifier: str, value: Node) -> Node:
    return E("setOutcomeValue", value, identifier=identifier)


def _base(base: str, value: str) -> Node:
    return E("baseValue", value, baseType=base)


def _float(value: float) -> Node:
    return _base("float", f"{value:.10g}")


def _if(test: Node, *then: Node) -> Node:
    return E("responseCondition", E("responseIf", test, *then))


def _add(points: float) -> Node:
    return _set("SCORE", E("sum", E("variable", identifier="SCORE"), _float(points)))


def _at(place: int, key: str) -> Node:
    return E("match", E("index", E("variable", identifier=RESPONSE), n=place), _base("identifier", key))


def _mapped(written: Item) -> Node:
    return _set("SCORE", E("product", E("mapResponse", identifier=RESPONSE), _float(written.points)))


def _all(written: Item) -> Node:
    return _if(
        E("match", E("variable", identifier=RESPONSE), E("correct", identifier=RESPONSE)),
        _set("SCORE", _float(written.points)),
    )


def _results(written: Item) -> list[Node]:
    """Which of the general comments is due."""
    if isinstance(written.body, Essay) or not (written.when_right or written.when_partly or written.when_wrong):
        return []
    score = E("variable", identifier="SCORE")
    return [
        E(
            "responseCondition",
            E(
                "responseIf",
                E("gte", score, _float(written.points * 0.9999)),
                _set("RESULT", _base("identifier", "right")),
            ),
            E(
                "responseElseIf",
                E("gt", E("variable", identifier="SCORE"), _float(0)),
                _set("RESULT", _base("identifier", "partly")),
            ),
            E("responseElse", _set("RESULT", _base("identifier", "wrong"))),
        )
    ]


def _feedback(said: Iterable[tuple[str, Any]], language: str) -> list[Node]:
    return [
        E(
            "modalFeedback",
            _said(words, language, inline=False),
            outcomeIdentifier="FEEDBACK",
            identifier=key,
            showHide="show",
        )
        for key, words in said
    ]


def _general_feedback(written: Item, language: str) -> list[Node]:
    found = [
        E(
            "modalFeedback",
            _said(words, language, inline=False),
            outcomeIdentifier="RESULT",
            identifier=name,
            showHide="show",
        )
        for name, words in (
            ("right", written.when_right),
            ("partly", written.when_partly),
            ("wrong", written.when_wrong),
        )
        if words
    ]
    if written.feedback:
        # hidden only for a result that there never is: shown to everyone
        always = {"outcomeIdentifier": "RESULT", "identifier": "never", "showHide": "hide"}
        found.append(E("modalFeedback", _said(written.feedback, language, inline=False), **always))
    return found
