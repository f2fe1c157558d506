"""An item of QTI 2.1 or 3.0, ours or another system's, as a mapping that notation.item reads."""

import re
from copy import deepcopy
from typing import Any

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.paper import Collected, title_of
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item
from khue.domains.academy.quizzing.notation import BadItem

Node = Any  # an element of lxml, which has no types
INTERACTIONS = {
    "choiceInteraction",
    "inlineChoiceInteraction",
    "orderInteraction",
    "matchInteraction",
    "textEntryInteraction",
    "extendedTextInteraction",
}
NUMBERS = {"float", "integer"}


def item(root: Node, tags: list[str], found: Collected, language: str) -> Item:
    """`root` in names of 2.1. Raises BadItem."""
    body = root.find("itemBody")
    asked = [node for node in ([] if body is None else body.iter()) if str(node.tag).endswith("Interaction")]
    if body is None or len(asked) != 1 or asked[0].tag not in INTERACTIONS:
        names = sorted({str(node.tag) for node in asked})
        raise BadItem("several_questions" if len(asked) > 1 else "unknown_type", ", ".join(names)[:100])
    interaction = asked[0]
    declared = _declared(root, interaction.get("responseIdentifier", "RESPONSE"))
    points = _points(root)
    given: dict[str, Any] = {
        "key": found.free_key(root.get("identifier") or root.get("title") or "item"),
        "text": _prompt(body, interaction, declared),
        "points": points,
        "tags": tags,
    }
    given |= _kind(root, interaction, declared, points) | _said(root)
    read = notation.item(given, language=language)
    title = " ".join((root.get("title") or "").split())
    if title and title not in {title_of(read, language), root.get("identifier")}:
        read = notation.item(given | {"title": title}, language=language)
    return read


def _kind(root: Node, interaction: Node, declared: Node, points: float) -> dict[str, Any]:
    if interaction.tag in {"choiceInteraction", "inlineChoiceInteraction"}:
        return _choice(root, interaction, declared)
    if interaction.tag == "orderInteraction":
        return _ordering(root, interaction, declared)
    if interaction.tag == "matchInteraction":
        return _matching(root, interaction, declared)
    if interaction.tag == "extendedTextInteraction":
        return {"type": "essay", "guidance": "\n\n".join(markup.from_element(b) for b in root.iter("rubricBlock"))}
    if declared.get("baseType") in NUMBERS:
        return _number(root, interaction, declared, points)
    return _short(root, interaction, declared, points)


# The kinds -------------------------------------------------------------------------------------


def _choice(root: Node, interaction: Node, declared: Node) -> dict[str, Any]:
    shares, right = _shares(declared), _right(declared)
    several = declared.get("cardinality") == "multiple"
    comments = _comments(root)
    choices = []
    for node in interaction.iter("simpleChoice", "inlineChoice"):
        key = node.get("identifier", "")
        choice: dict[str, Any] = {
            "key": _key(key),
            "text": _text(node),
            "feedback": _feedback_inside(node) or comments.get(key, ""),
        }
        choices.append(choice | ({"share": shares.get(key, 0.0)} if shares else {"right": key in right}))
    return {
        "type": "multiple" if several else "single",
        "shuffle": interaction.get("shuffle") == "true",
        "choices": choices,
        "marking": "all" if several and _is_all_or_nothing(root) else "parts",
    }


def _ordering(root: Node, interaction: Node, declared: Node) -> dict[str, Any]:
    texts = {node.get("identifier"): _text(node) for node in interaction.iter("simpleChoice")}
    right = _right(declared)
    if sorted(right) != sorted(str(key) for key in texts):
        raise BadItem("no_right_answer")
    marking = "neighbours" if root.find(".//responseProcessing//or") is not None else "parts"
    if root.find(".//responseProcessing//index") is None:
        marking = "all"
    return {"type": "ordering", "sequence": [texts[key] for key in right], "marking": marking}


def _matching(root: Node, interaction: Node, declared: Node) -> dict[str, Any]:
    sides = [
        {node.get("identifier"): _text(node) for node in side.iter("simpleAssociableChoice")}
        for side in interaction.iter("simpleMatchSet")
    ]
    if len(sides) != 2:
        raise BadItem("pairs")
    right = dict(pair.split(maxsplit=1) for pair in _right(declared) if " " in pair)
    missing = sides[0].keys() - right.keys()
    if missing or not set(right.values()) <= sides[1].keys():
        raise BadItem("no_right_answer")
    return {
        "type": "matching",
        "pairs": [{"left": text, "right": sides[1][right[str(key)]]} for key, text in sides[0].items()],
        "extra": [text for key, text in sides[1].items() if key not in right.values()],
        "marking": "all" if _is_all_or_nothing(root) else "parts",
    }


def _number(root: Node, interaction: Node, declared: Node, points: float) -> dict[str, Any]:
    comments = _comments(root)
    answers = []
    for test in root.iterfind(".//responseProcessing//equal"):
        branch = test.getparent()
        room, relative = _room(test)
        answers.append(
            {
                "answer": test.findtext("baseValue"),
                "tolerance": room,
                "relative": relative,
                "share": _score_set(branch, points),
                "feedback": comments.get(_comment_set(branch), ""),
            }
        )
    answers = answers or [{"answer": value} for value in _right(declared)]
    unit = (interaction.tail or "").strip()
    alone = unit and not (interaction.getparent().text or "").strip() and len(unit) <= 20
    return {"type": "number", "answers": answers, "units": [{"names": unit}] if alone else []}


def _room(test: Node) -> tuple[float, bool]:
    mode = test.get("toleranceMode", "exact")
    rooms = [_real(part) for part in (test.get("tolerance") or "0").split()]
    room = max(rooms, default=0.0)
    return (0.0 if mode == "exact" else room / 100 if mode == "relative" else room), mode == "relative"


def _short(root: Node, interaction: Node, declared: Node, points: float) -> dict[str, Any]:
    comments = _comments(root)
    said: dict[str, str] = {}
    patterns: dict[str, float] = {}
    for branch in root.iterfind(".//responseProcessing//responseIf"):
        for test in branch.iter("stringMatch", "patternMatch"):
            key = (
                _escape_star(test.findtext("baseValue") or "")
                if test.tag == "stringMatch"
                else _star(test.get("pattern", ""))
            )
            said[key] = said.get(key) or comments.get(_comment_set(branch), "")
            if test.tag == "patternMatch":
                patterns[key] = max(patterns.get(key, 0.0), _score_set(branch, points))
    entries = list(declared.iterfind("mapping/mapEntry"))
    shares = _shares(declared)
    keys = [(_escape_star(key), share) for key, share in shares.items()]
    keys = keys or [(_escape_star(value), 1.0) for value in _right(declared)]
    answers = [
        {"text": key, "share": share, "feedback": said.get(key, "")} for key, share in [*keys, *patterns.items()]
    ]
    cased = any(entry.get("caseSensitive") == "true" for entry in entries)
    return {"type": "short", "answers": answers, "cased": cased}


def _escape_star(text: str) -> str:
    return text.replace("*", "\\*")


def _star(pattern: str) -> str:
    """Our own patterns only; another system's may say what a star cannot."""
    pieces = pattern.split(".*")
    if any(re.search(r"(?<!\\)[|.?*+(){}\[\]^$]", piece) for piece in pieces):
        raise BadItem("pattern", pattern[:100])
    return "*".join(_escape_star(re.sub(r"\\(.)", r"\1", piece)) for piece in pieces)


# Pieces ----------------------------------------------------------------------------------------


def _declared(root: Node, identifier: str) -> Node:
    for node in root.iterfind("responseDeclaration"):
        if node.get("identifier") == identifier:
            return node
    raise BadItem("no_right_answer")


def _right(declared: Node) -> list[str]:
    return [(value.text or "").strip() for value in declared.iterfind("correctResponse/value")]


def _shares(declared: Node) -> dict[str, float]:
    """Other systems map to points; the highest sum is then 1. With an upper bound of 1 these are shares already."""
    mapping = declared.find("mapping")
    if mapping is None:
        return {}
    entries = {e.get("mapKey", ""): _real(e.get("mappedValue", "0")) for e in mapping.iterfind("mapEntry")}
    positive = [share for share in entries.values() if share > 0]
    most = sum(positive) if declared.get("cardinality") == "multiple" else max(positive, default=0)
    if not most:
        return {}
    scale = 1.0 if mapping.get("upperBound") == "1" else 1 / most
    return {key: max(-1.0, min(1.0, share * scale)) for key, share in entries.items()}


def _is_all_or_nothing(root: Node) -> bool:
    processing = root.find("responseProcessing")
    if processing is None:
        return False
    template = (processing.get("template") or "").rsplit("/", 1)[-1]
    return template.startswith("match_correct") or processing.find(".//match/correct") is not None


def _points(root: Node) -> float:
    """The highest score that is declared; else 1, as items without one are marked from 0 to 1."""
    for node in root.iterfind("outcomeDeclaration"):
        if node.get("identifier") == "MAXSCORE" and (value := node.findtext("defaultValue/value")):
            return _real(value)
    for node in root.iterfind("outcomeDeclaration"):
        if node.get("identifier") == "SCORE" and node.get("normalMaximum"):
            return _real(node.get("normalMaximum", "1"))
    return 1.0


def _score_set(branch: Node, points: float) -> float:
    for node in branch.iterfind("setOutcomeValue"):
        if node.get("identifier") == "SCORE" and (value := node.findtext("baseValue")):
            return min(1.0, _real(value) / (points or 1))
    return 0.0


def _comment_set(branch: Node) -> str:
    for node in branch.iterfind("setOutcomeValue"):
        if node.get("identifier") == "FEEDBACK":
            return next((value.text or "" for value in node.iter("baseValue")), "")
    return ""


def _comments(root: Node) -> dict[str, str]:
    """What is said when the outcome FEEDBACK, or whatever it is named there, has this identifier."""
    return {
        node.get("identifier", ""): markup.from_element(node)
        for node in root.iterfind("modalFeedback")
        if node.get("outcomeIdentifier") != "RESULT" and node.get("showHide", "show") == "show"
    }


def _said(root: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    names = {"right": "when_right", "partly": "when_partly", "wrong": "when_wrong"}
    for node in root.iterfind("modalFeedback"):
        is_general = node.get("showHide") == "hide"
        if node.get("outcomeIdentifier") == "RESULT" or is_general:
            found["feedback" if is_general else names.get(node.get("identifier", ""), "feedback")] = (
                markup.from_element(node)
            )
    return found


def _prompt(body: Node, interaction: Node, declared: Node) -> str:
    """Everything that stands around the question, and the interaction's own prompt."""
    own = interaction.find("prompt")
    copy = deepcopy(body)
    for rubric in list(copy.iter("rubricBlock")):
        rubric.getparent().remove(rubric)
    gap = next(node for node in copy.iter(interaction.tag))
    parent = gap.getparent()
    is_inline = gap.tag in {"textEntryInteraction", "inlineChoiceInteraction"}
    alone = not "".join([parent.text or "", *("".join(n.itertext()) for n in parent if n is not gap)]).strip()
    is_unit = alone and declared.get("baseType") in NUMBERS and len((gap.tail or "").strip()) <= 20
    tail = "" if is_inline and is_unit else gap.tail or ""
    text = "_____" + tail if is_inline and not (alone and not tail.strip()) else tail
    before = gap.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(gap)
    return "\n\n".join(
        part for part in (markup.from_element(copy), "" if own is None else markup.from_element(own)) if part
    )


def _text(node: Node) -> str:
    copy = deepcopy(node)
    copy.tail = None
    for inner in list(copy.iter("feedbackInline", "feedbackBlock")):
        inner.getparent().remove(inner)
    return markup.from_element(copy)


def _feedback_inside(node: Node) -> str:
    return "\n\n".join(markup.from_element(inner) for inner in node.iter("feedbackInline", "feedbackBlock"))


def _key(identifier: str) -> str:
    return identifier[:80]


def _real(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        raise BadItem("share", text[:50]) from None
