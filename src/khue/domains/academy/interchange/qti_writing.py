"""An item and a test as QTI 2.1 XML (IMS Question & Test Interoperability 2.1, Assessment Test, Section and Item).

The marking is written as response processing that any delivery engine can run; SCORE is in points.
"""

from collections.abc import Iterable

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.paper import Paper, title_of
from khue.domains.academy.interchange.qti_elements import LANG, E, Node, base_value, decimal, named, put, spoken
from khue.domains.academy.interchange.qti_interactions import PARTS
from khue.domains.academy.interchange.qti_names import V21
from khue.domains.academy.quizzing.items import Essay, Item


def item(written: Item, language: str) -> Node:
    parts = PARTS[type(written.body)](written, language)
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
                E("gte", score, decimal(written.points * 0.9999)),
                put("RESULT", base_value("identifier", "right")),
            ),
            E(
                "responseElseIf",
                E("gt", E("variable", identifier="SCORE"), decimal(0)),
                put("RESULT", base_value("identifier", "partly")),
            ),
            E("responseElse", put("RESULT", base_value("identifier", "wrong"))),
        )
    ]


def _general_feedback(written: Item, language: str) -> list[Node]:
    found = [
        E(
            "modalFeedback",
            spoken(words, language, inline=False),
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
        found.append(E("modalFeedback", spoken(written.feedback, language, inline=False), **always))
    return found
