"""GIFT, Moodle's plain-text format (docs.moodle.org: GIFT format), with its ordering questions."""

import re
from typing import Any

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.moodle import GRADINGS, percent, share_of
from khue.domains.academy.interchange.paper import Collected, Paper, Problem, Read, Refused, title_of
from khue.domains.academy.interchange.secure import MOST_OCTETS
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import (
    Body,
    Choice,
    Essay,
    Item,
    Matching,
    Number,
    Ordering,
)
from khue.domains.academy.quizzing.notation import BadItem

_RESERVED = re.compile(r"([\\#=~{}:])")
_TRUTH = {"vi": ("Đúng", "Sai"), "en": ("True", "False"), "fr": ("Vrai", "Faux")}


# Writing ---------------------------------------------------------------------------------------


def write(paper: Paper) -> bytes:
    parts = [f"$CATEGORY: $course$/top/{paper.title.replace('/', '//')}"] if paper.title else []
    parts += [_question(item, paper.language) for item in paper.items]
    return ("\n\n".join(parts) + "\n").encode()


def _question(item: Item, language: str) -> str:
    notes = "".join([f" [id:{item.key}]", *(f" [tag:{tag}]" for tag in item.tags)])
    general = item.feedback.get(language, "")
    answers = _answers(item.body, language) + (f"####{_escaped(general)}\n" if general else "")
    title, prompt = _escaped(title_of(item, language)), _escaped(item.prompt.get(language, ""))
    return f"//{notes}\n::{title}::[markdown]{prompt}{{{answers}}}"


def _answers(body: Body, language: str) -> str:
    if isinstance(body, Choice):
        return (
            "".join(
                _option(o.share, o.text.get(language, ""), o.feedback.get(language, ""), body.several)
                for o in body.options
            )
            + "\n"
        )
    if isinstance(body, Ordering):
        lines = [_escaped(entry.text.get(language, "")) for entry in body.entries]
        return "\n".join([f">0 ALL VERTICAL {GRADINGS[body.marking]} SHOW none", *lines, ""])
    if isinstance(body, Matching):
        return _pairs(body, language)
    if isinstance(body, Number):
        return (
            "#"
            + "".join(
                _line(key.share, f"{key.value:.15g}:{_room(key):.15g}", key.feedback.get(language, ""))
                for key in body.keys
            )
            + "\n"
        )
    if isinstance(body, Essay):
        return ""
    return "".join(_line(key.share, _escaped(key.text), key.feedback.get(language, "")) for key in body.keys) + "\n"


def _room(key: Any) -> float:
    return abs(key.value) * key.tolerance if key.relative else float(key.tolerance)


def _option(share: float, text: str, feedback: str, several: bool) -> str:
    weighed = f"~%{percent(share)}%" if share else "~"
    weight = "=" if share == 1 and not several else weighed
    return f"\n\t{weight}{_escaped(text)}" + (f"#{_escaped(feedback)}" if feedback else "")


def _line(share: float, written: str, feedback: str) -> str:
    weight = "=" if share == 1 else f"=%{percent(share)}%"
    return f"\n\t{weight}{written}" + (f"#{_escaped(feedback)}" if feedback else "")


def _pairs(body: Matching, language: str) -> str:
    rights = {entry.key: entry.text.get(language, "") for entry in body.rights}
    pairs = dict(body.pairs)
    lines = [
        f"\n\t={_escaped(left.text.get(language, ''))} -> {_escaped(rights[pairs[left.key]])}" for left in body.lefts
    ]
    lines += [f"\n\t= -> {_escaped(text)}" for key, text in rights.items() if key not in pairs.values()]
    return "".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\1", text).replace("\r", "").replace("\n", "\\n")


# Reading ---------------------------------------------------------------------------------------

# characters that a backslash made harmless, kept apart until the parts are known
_HIDDEN = {
    "\\": "\ue000",
    "#": "\ue001",
    "=": "\ue002",
    "~": "\ue003",
    "{": "\ue004",
    "}": "\ue005",
    ":": "\ue006",
    "n": "\ue007",
}
_SHOWN = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()})


def read(octets: bytes, language: str) -> Read:
    if len(octets) > MOST_OCTETS:
        raise Refused("too_large")
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused("broken", f"UTF-8, {problem.start}") from None
    found = Collected()
    title = ""
    for number, block in enumerate(re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")), 1):
        notes, source = _parted(block)
        if not source:
            continue
        if category := re.match(r"\$CATEGORY:\s*(.*)", source):
            title = title or category[1].strip().replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/")
            continue
        try:
            found.items.append(_item(source, notes, found, language))
        except BadItem as problem:
            found.problems.append(Problem(f"#{number}: {_plain(source)[:60]}", problem.code, problem.detail))
    return Read(Paper(title, tuple(found.items), language), tuple(found.problems))


def _parted(block: str) -> tuple[str, str]:
    """The comments, and what is not one, with escaped characters hidden."""
    lines = block.split("\n")
    notes = "\n".join(line for line in lines if line.strip().startswith("//"))
    source = "\n".join(line for line in lines if not line.strip().startswith("//")).strip()
    return notes, re.sub(r"\\([\\#=~{}:n])", lambda found: _HIDDEN[found[1]], source)


def _plain(text: str) -> str:
    return text.translate(_SHOWN).strip()


def _item(source: str, notes: str, found: Collected, language: str) -> Item:
    named = re.match(r"::(.*?)::", source, re.DOTALL)
    title = _plain(named[1]) if named else ""
    rest = source[named.end() :].strip() if named else source
    braces = re.fullmatch(r"([^{}]*)\{([^{}]*)\}([^{}]*)", rest, re.DOTALL)
    if braces is None:
        raise BadItem("unknown_type" if "{" not in rest else "braces")
    before, answers, after = braces.groups()
    prompt = before if not after.strip() else f"{before}_____{after}"
    form = re.match(r"\s*\[(html|moodle|plain|markdown)\]", prompt)
    answers, separator, general = answers.rpartition("####") if "####" in answers else (answers, "", "")
    is_html = form is not None and form[1] in {"html", "moodle"}
    text = _read_words(prompt[form.end() :] if form else prompt, is_html)
    key = re.search(r"\[id:([^\]]+)\]", notes)
    given: dict[str, Any] = {
        "key": found.free_key(key[1] if key else title or text),
        "text": text,
        "feedback": _read_words(general, is_html),
        "tags": re.findall(r"\[tag:([^\]]+)\]", notes),
    } | _read_answers(answers.strip(), is_html, language)
    read = notation.item(given, language=language)
    if title and title != title_of(read, language):
        read = notation.item(given | {"title": title}, language=language)
    return read


def _read_words(text: str, is_html: bool) -> str:
    text = re.sub(r"^\s*\[(html|moodle|plain|markdown)\]", "", text)
    return markup.from_html(_plain(text)) if is_html else _plain(text)


def _read_answers(answers: str, is_html: bool, language: str) -> dict[str, Any]:
    if not answers:
        return {"type": "essay"}
    if answers.startswith(">"):
        return _read_ordering(answers, is_html)
    if answers.startswith("#"):
        return _read_number(answers[1:], is_html)
    if "~" in answers:
        return _read_choice(answers, is_html)
    if truth := re.fullmatch(r"(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?", answers, re.DOTALL):
        return _read_truth(truth, is_html, language)
    pieces = _pieces(answers, "=") if answers.startswith("=") else [("=", answers)]
    if all("->" in text for _, text in pieces):
        return _read_matching([text for _, text in pieces], is_html)
    return {"type": "short", "answers": [_weighed(text, is_html) | {"language": language} for _, text in pieces]}


def _pieces(answers: str, signs: str) -> list[tuple[str, str]]:
    """ "=a ~b" → ("=", "a "), ("~", "b")."""
    parts = re.split(f"([{signs}])", answers)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _weighed(text: str, is_html: bool, share: float = 1) -> dict[str, Any]:
    """ "%50%text#feedback"."""
    weight = re.match(r"\s*%(-?\d+(?:\.\d+)?)%", text)
    if weight:
        share, text = share_of(float(weight[1])), text[weight.end() :]
    words, _, feedback = text.partition("#")
    return {"text": _read_words(words, is_html), "share": share, "feedback": _read_words(feedback, is_html)}


def _read_choice(answers: str, is_html: bool) -> dict[str, Any]:
    pieces = _pieces(answers, "=~")
    choices = [_weighed(text, is_html, 1 if sign == "=" else 0) for sign, text in pieces]
    return {"type": "single" if any(sign == "=" for sign, _ in pieces) else "multiple", "choices": choices}


def _read_truth(found: "re.Match[str]", is_html: bool, language: str) -> dict[str, Any]:
    is_true = found[1].startswith("T")
    wrong, right = (_read_words(found[number] or "", is_html) for number in (2, 3))
    choices = [
        {"text": name, "share": float(says == is_true), "feedback": right if says == is_true else wrong}
        for name, says in zip(_TRUTH[language], (True, False), strict=True)
    ]
    return {"type": "single", "shuffle": False, "choices": choices}


def _read_matching(pieces: list[str], is_html: bool) -> dict[str, Any]:
    halves = [[_read_words(half, is_html) for half in text.split("->", 1)] for text in pieces]
    return {
        "type": "matching",
        "pairs": [{"left": left, "right": right} for left, right in halves if left],
        "extra": [right for left, right in halves if not left],
    }


def _read_number(answers: str, is_html: bool) -> dict[str, Any]:
    pieces = _pieces(answers, "=") if "=" in answers else [("=", answers)]
    keys = []
    for _, text in pieces:
        key = _weighed(text, is_html)
        # a range "3..5", or a value with its tolerance "4:1"; the colon is no escaped one here
        if span := re.fullmatch(r"(-?[\d.]+?)\.\.(-?[\d.]+)", key["text"]):
            low, high = (_real(end) for end in span.groups())
            key |= {"answer": (low + high) / 2, "tolerance": (high - low) / 2}
        else:
            value, _, room = key["text"].partition(":")
            key |= {"answer": _real(value), "tolerance": _real(room or "0")}
        keys.append(key)
    return {"type": "number", "answers": keys}


def _real(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        raise BadItem("answer", text[:50]) from None


def _read_ordering(answers: str, is_html: bool) -> dict[str, Any]:
    head, *lines = answers.split("\n")
    by_name = {name: marking for marking, name in GRADINGS.items()}
    marking = next((by_name[word] for word in head.split() if word in by_name), "parts")
    return {
        "type": "ordering",
        "sequence": [_read_words(line, is_html) for line in lines if line.strip()],
        "marking": marking,
    }
