"""Moodle XML, as the question bank of Moodle 4 exports and imports it (docs.moodle.org: Moodle XML format)."""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.paper import Collected, Paper, Problem, Read, title_of
from khue.domains.academy.interchange.secure import document
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import (
    Choice,
    Essay,
    Item,
    Kind,
    Marking,
    Matching,
    Number,
    Ordering,
    Short,
)
from khue.domains.academy.quizzing.notation import BadItem

Node = Any  # an element of lxml, which has no types
TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
    Kind.NUMBER: "numerical",
    Kind.SHORT: "shortanswer",
    Kind.ESSAY: "essay",
}
GRADINGS = {
    Marking.ALL: "ALL_OR_NOTHING",
    Marking.PARTS: "ABSOLUTE_POSITION",
    Marking.NEIGHBOURS: "RELATIVE_NEXT_EXCLUDE_LAST",
}
_GRADINGS = {name: marking for marking, name in GRADINGS.items()} | {
    "-1": Marking.ALL,
    "0": Marking.PARTS,
    "ABSOLUTE": Marking.PARTS,
    "1": Marking.NEIGHBOURS,
}


# Writing ---------------------------------------------------------------------------------------


def write(paper: Paper) -> bytes:
    root = etree.Element("quiz")
    category = etree.SubElement(root, "question", type="category")
    _wrapped(category, "category", f"$course$/top/{paper.title.replace('/', '//')}")
    for item in paper.items:
        _question(root, item, paper.language)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _question(root: Node, item: Item, language: str) -> None:
    node = etree.SubElement(root, "question", type=TYPES[item.kind])
    _wrapped(node, "name", title_of(item, language))
    _formatted(node, "questiontext", item.prompt.get(language, ""))
    _formatted(node, "generalfeedback", item.feedback.get(language, ""))
    _plain(node, "defaultgrade", f"{item.points:g}")
    _plain(node, "penalty", "0")
    _plain(node, "hidden", "0")
    _plain(node, "idnumber", item.key)
    _WRITERS[type(item.body)](node, item.body, language)
    for name, words in (
        ("correctfeedback", item.when_right),
        ("partiallycorrectfeedback", item.when_partly),
        ("incorrectfeedback", item.when_wrong),
    ):
        if words and isinstance(item.body, Choice | Ordering | Matching):
            _formatted(node, name, words.get(language, ""))
    if item.tags:
        tags = etree.SubElement(node, "tags")
        for tag in item.tags:
            _wrapped(tags, "tag", tag)


def _write_choice(node: Node, body: Choice, language: str) -> None:
    _plain(node, "single", "false" if body.several else "true")
    _plain(node, "shuffleanswers", "true" if body.shuffled else "false")
    _plain(node, "answernumbering", "none")
    for option in body.options:
        _answer(node, option.text.get(language, ""), option.share, option.feedback.get(language, ""))


def _write_ordering(node: Node, body: Ordering, language: str) -> None:
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", GRADINGS[body.marking]),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        _plain(node, name, value)
    for number, entry in enumerate(body.entries, 1):
        answer = etree.SubElement(node, "answer", fraction=f"{number}.0000000", format="markdown")
        etree.SubElement(answer, "text").text = entry.text.get(language, "")


def _write_matching(node: Node, body: Matching, language: str) -> None:
    _plain(node, "shuffleanswers", "true")
    rights = {entry.key: entry.text.get(language, "") for entry in body.rights}
    pairs = dict(body.pairs)
    for left in body.lefts:
        _subquestion(node, left.text.get(language, ""), rights[pairs[left.key]])
    for key, text in rights.items():
        if key not in pairs.values():
            _subquestion(node, "", text)


def _subquestion(node: Node, left: str, right: str) -> None:
    sub = _formatted(node, "subquestion", left)
    _wrapped(sub, "answer", right)


def _write_number(node: Node, body: Number, language: str) -> None:
    for key in body.keys:
        room = abs(key.value) * key.tolerance if key.relative else key.tolerance
        answer = _answer(node, f"{key.value:.15g}", key.share, key.feedback.get(language, ""), plain=True)
        _plain(answer, "tolerance", f"{room:.15g}")
    if body.units:
        units = etree.SubElement(node, "units")
        for unit in body.units:
            each = etree.SubElement(units, "unit")
            # Moodle counts how many of these make one of the item's own unit
            _plain(each, "multiplier", f"{1 / unit.factor:.15g}")
            _plain(each, "unit_name", unit.names.get(language, ""))
    _plain(node, "unitgradingtype", "1" if body.unit_needed else "0")
    _plain(node, "unitpenalty", "1.0000000" if body.unit_needed else "0.1000000")
    _plain(node, "showunits", "0" if body.units else "3")
    _plain(node, "unitsleft", "0")


def _write_short(node: Node, body: Short, language: str) -> None:
    _plain(node, "usecase", "1" if body.cased else "0")
    for key in body.keys:
        _answer(node, key.text, key.share, key.feedback.get(language, ""), plain=True)


def _write_essay(node: Node, body: Essay, language: str) -> None:
    for name, value in (
        ("responseformat", "editor"),
        ("responserequired", "1"),
        ("responsefieldlines", "15"),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        _plain(node, name, value)
    if body.most_words:
        _plain(node, "maxwordlimit", str(body.most_words))
    _formatted(node, "graderinfo", body.guidance.get(language, ""))
    _formatted(node, "responsetemplate", "")


_WRITERS: dict[type, Callable[[Node, Any, str], None]] = {
    Choice: _write_choice,
    Ordering: _write_ordering,
    Matching: _write_matching,
    Number: _write_number,
    Short: _write_short,
    Essay: _write_essay,
}


def _plain(node: Node, name: str, value: str) -> None:
    etree.SubElement(node, name).text = value


def _wrapped(node: Node, name: str, text: str) -> None:
    etree.SubElement(etree.SubElement(node, name), "text").text = text


def _formatted(node: Node, name: str, text: str) -> Node:
    made = etree.SubElement(node, name, format="markdown")
    etree.SubElement(made, "text").text = text
    return made


def _answer(node: Node, text: str, share: float, feedback: str, *, plain: bool = False) -> Node:
    form = "plain_text" if plain else "markdown"
    answer = etree.SubElement(node, "answer", fraction=percent(share), format=form)
    etree.SubElement(answer, "text").text = text
    _formatted(answer, "feedback", feedback)
    return answer


def percent(share: float) -> str:
    """0.333333… → 33.33333, the precision of Moodle's own list of fractions."""
    return f"{share * 100:.5f}".rstrip("0").rstrip(".").replace("-0", "0" if share == 0 else "-0")


# Reading ---------------------------------------------------------------------------------------


def read(octets: bytes, language: str) -> Read:
    root = document(octets)
    found = Collected()
    title = ""
    for number, node in enumerate(root.iter("question"), 1):
        kind = node.get("type", "")
        if kind == "category":
            title = title or _text_in(node, "category").replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/")
            continue
        where = _text_in(node, "name") or f"#{number}"
        try:
            given = _given(node, kind, found, language)
            found.items.append(notation.item(given, language=language))
        except BadItem as problem:
            found.problems.append(Problem(where[:100], problem.code, problem.detail))
    return Read(Paper(title, tuple(found.items), language), tuple(found.problems))


def _given(node: Node, kind: str, found: Collected, language: str) -> dict[str, Any]:
    reader = _READERS.get(kind)
    if reader is None:
        raise BadItem("unknown_type", kind[:50])
    name, prompt = _text_in(node, "name"), _words(node.find("questiontext"))
    common = {
        "key": found.free_key(node.findtext("idnumber") or name or prompt),
        "text": prompt,
        "points": node.findtext("defaultgrade") or 1,
        "feedback": _words(node.find("generalfeedback")),
        "when_right": _words(node.find("correctfeedback")),
        "when_partly": _words(node.find("partiallycorrectfeedback")),
        "when_wrong": _words(node.find("incorrectfeedback")),
        "tags": [tag for tag in (_text_in(part, "") for part in node.iterfind("tags/tag")) if tag],
    }
    if node.find(".//file") is not None:
        found.problems.append(Problem(name[:100], "pictures"))
    if kind == "multichoice" and all(_share(a) == 0 for a in node.iterfind("answer")):
        raise BadItem("no_right_answer")
    given = common | reader(node, language)
    if name != title_of(notation.item(given, language=language), language):
        given["title"] = name
    return given


def _read_choice(node: Node, language: str) -> dict[str, Any]:
    single = (node.findtext("single") or "true").strip() in {"true", "1"}
    return {
        "type": "single" if single else "multiple",
        "shuffle": (node.findtext("shuffleanswers") or "1").strip() in {"true", "1"},
        "choices": [_choice(answer) for answer in node.iterfind("answer")],
    }


def _choice(answer: Node) -> dict[str, Any]:
    return {"text": _words(answer), "share": _share(answer), "feedback": _words(answer.find("feedback"))}


_TRUTH = {"true": {"vi": "Đúng", "en": "True", "fr": "Vrai"}, "false": {"vi": "Sai", "en": "False", "fr": "Faux"}}


def _read_truth(node: Node, language: str) -> dict[str, Any]:
    answers = {(answer.findtext("text") or "").strip().lower(): _choice(answer) for answer in node.iterfind("answer")}
    choices = [answers.get(name, {"share": 0}) | {"text": words[language]} for name, words in _TRUTH.items()]
    return {"type": "single", "shuffle": False, "choices": choices}


def _read_ordering(node: Node, language: str) -> dict[str, Any]:
    grading = (node.findtext("gradingtype") or "").strip()
    if grading not in _GRADINGS and grading:
        raise BadItem("marking", grading)
    answers = sorted(node.iterfind("answer"), key=_place)
    return {
        "type": "ordering",
        "sequence": [_words(answer) for answer in answers],
        "marking": _GRADINGS.get(grading, Marking.PARTS),
    }


def _place(answer: Node) -> float:
    try:
        return float(answer.get("fraction") or 0)
    except ValueError:
        raise BadItem("share", str(answer.get("fraction"))) from None


def _read_matching(node: Node, language: str) -> dict[str, Any]:
    subs = [(_words(sub), _text_in(sub, "answer")) for sub in node.iterfind("subquestion")]
    return {
        "type": "matching",
        "pairs": [{"left": left, "right": right} for left, right in subs if left],
        "extra": [right for left, right in subs if not left],
    }


def _read_number(node: Node, language: str) -> dict[str, Any]:
    answers = []
    for answer in node.iterfind("answer"):
        value = (answer.findtext("text") or "").strip()
        if value == "*":
            continue
        answers.append(
            {
                "answer": value,
                "tolerance": answer.findtext("tolerance") or 0,
                "share": _share(answer),
                "feedback": _words(answer.find("feedback")),
            }
        )
    units = [
        {"names": unit.findtext("unit_name") or "", "factor": _inverse(unit.findtext("multiplier") or "1")}
        for unit in node.iterfind("units/unit")
    ]
    needed = (node.findtext("unitgradingtype") or "0").strip() not in {"0", ""}
    return {"type": "number", "answers": answers, "units": units, "unit_needed": needed}


def _inverse(multiplier: str) -> float:
    try:
        return float(f"{1 / float(multiplier):.12g}")
    except (ValueError, ZeroDivisionError):
        raise BadItem("units", multiplier) from None


def _read_short(node: Node, language: str) -> dict[str, Any]:
    answers = [
        {
            "text": (answer.findtext("text") or "").strip(),
            "share": _share(answer),
            "feedback": _words(answer.find("feedback")),
            "language": language,
        }
        for answer in node.iterfind("answer")
    ]
    return {"type": "short", "cased": (node.findtext("usecase") or "0").strip() == "1", "answers": answers}


def _read_essay(node: Node, language: str) -> dict[str, Any]:
    words = (node.findtext("maxwordlimit") or "").strip()
    return {
        "type": "essay",
        "guidance": _words(node.find("graderinfo")),
        "words": int(words) if words.isdigit() else 0,
    }


_READERS: dict[str, Callable[[Node, str], dict[str, Any]]] = {
    "multichoice": _read_choice,
    "truefalse": _read_truth,
    "ordering": _read_ordering,
    "matching": _read_matching,
    "numerical": _read_number,
    "shortanswer": _read_short,
    "essay": _read_essay,
}


def _text_in(node: Node, name: str) -> str:
    text = node.findtext(f"{name}/text" if name else "text") or ""
    return " ".join(text.split())


def _words(node: Node | None) -> str:
    """Markdown of a text in any of Moodle's forms."""
    if node is None:
        return ""
    text = (node.findtext("text") or "").strip()
    if node.get("format", "html") in {"markdown", "plain_text"}:
        return text
    return markup.from_html(re.sub(r"<img\b[^>]*>", "", text))


def _share(answer: Node) -> float:
    try:
        return share_of(float(answer.get("fraction") or 0))
    except ValueError:
        raise BadItem("share", str(answer.get("fraction"))) from None


def share_of(percentage: float) -> float:
    """33.33333 is a third, as Moodle means it."""
    share = percentage / 100
    for parts in (3, 6, 7, 9):
        if abs(share * parts - round(share * parts)) < 1e-4 * parts:
            return round(share * parts) / parts
    return share
