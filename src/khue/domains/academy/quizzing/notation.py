"""Items as mappings, as YAML files and the database hold them: `item` reads one, `mapping` writes it.

key: portal-name          type: single | multiple | ordering | matching | number | short | essay
text: {vi: …, en: …}      points: 1      tags: [portal]      title: for lists
feedback: {…} to everyone when_right, when_partly, when_wrong: {…}      marking: parts | neighbours | all
single, multiple          choices: [{key: a, text: {…}, right: true, share: 0.5, feedback: {…}}]    shuffle: true
ordering                  sequence: [{…}, …] in the right order
matching                  pairs: [{left: {…}, right: {…}}]      extra: [{…}] rights that belong to none
number                    answer: 12.5   tolerance: 0.1   relative: false   unit: {…}
                          or answers: [{answer: …, tolerance: …, relative: …, share: …, feedback: {…}}]
                          units: [{names: {…}, factor: 1000}]      unit_needed: false
short                     accept: {vi: [answers that are right], …}      cased: false      marked: true
                          and answers: [{text: …, share: 0.5, feedback: {…}, language: vi}]
essay                     guidance: {…} for who marks it      words: 300
A text may also be plain, then it is in `language`. Keys of choices are given where they are missing.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from khue.domains.academy.quizzing.items import (
    Body,
    Choice,
    Entry,
    Essay,
    Item,
    Kind,
    Marking,
    Matching,
    Number,
    NumberKey,
    Option,
    Ordering,
    Short,
    TextKey,
    Unit,
)
from khue.domains.academy.quizzing.words import LANGUAGES, words_of

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 80
MOST_PARTS = 60
MOST_LETTERS = 20_000
Given = Mapping[str, Any]


class BadItem(ValueError):
    """`code` and `detail` say what is wrong; the words for people are made where they are shown."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


def item(given: Given, *, language: str = "vi") -> Item:
    """Raises BadItem for what cannot be asked or marked."""
    key = str(given.get("key") or "")
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise BadItem("key", key)
    read = Item(
        key=key,
        prompt=words_of(given.get("text"), language),
        body=_body(given, language),
        points=_number(given.get("points", 1), "points"),
        tags=tuple(str(tag) for tag in given.get("tags") or ()),
        feedback=words_of(given.get("feedback"), language),
        when_right=words_of(given.get("when_right"), language),
        when_partly=words_of(given.get("when_partly"), language),
        when_wrong=words_of(given.get("when_wrong"), language),
        title=str(given.get("title") or "").strip(),
    )
    _check(read)
    return read


def mapping(written: Item) -> dict[str, Any]:
    """What `item` reads back to an equal item; what is as usual is left out."""
    head = {"key": written.key, "type": written.kind.value, "text": dict(written.prompt)}
    further = {
        "points": (written.points, 1.0),
        "tags": (list(written.tags), []),
        "feedback": (dict(written.feedback), {}),
        "when_right": (dict(written.when_right), {}),
        "when_partly": (dict(written.when_partly), {}),
        "when_wrong": (dict(written.when_wrong), {}),
        "title": (written.title, ""),
    }
    return head | _unusual(further) | _WRITERS[type(written.body)](written.body)


# Reading ---------------------------------------------------------------------------------------


def _body(given: Given, language: str) -> Body:
    try:
        kind = Kind(str(given.get("type") or ""))
    except ValueError:
        raise BadItem("type", str(given.get("type"))) from None
    return _READERS[kind](given, language)


def _choice(given: Given, language: str) -> Choice:
    choices = _maps(given.get("choices"), "choices", at_least=2)
    several = given["type"] == Kind.MULTIPLE
    right = sum(bool(choice.get("right")) for choice in choices) or 1
    wrong = (len(choices) - right) or 1

    def share(choice: Given) -> float:
        if choice.get("share") is not None:
            return _number(choice["share"], "share")
        if choice.get("right"):
            return 1 / right if several else 1.0
        return -1 / wrong if several else 0.0

    options = tuple(
        Option(
            str(choice.get("key") or f"o{number}"),
            words_of(choice.get("text"), language),
            share(choice),
            words_of(choice.get("feedback"), language),
        )
        for number, choice in enumerate(choices, 1)
    )
    return Choice(options, several, bool(given.get("shuffle", True)), _marking(given, Marking.PARTS, Marking.ALL))


def _ordering(given: Given, language: str) -> Ordering:
    return Ordering(_entries(given.get("sequence"), "sequence", "o", language), _marking(given, *Marking))


def _matching(given: Given, language: str) -> Matching:
    pairs = _maps(given.get("pairs"), "pairs", at_least=2)
    lefts = _entries([pair.get("left") for pair in pairs], "pairs", "l", language)
    # the same right text may belong to several: it is shown once
    texts: list[dict[str, str]] = []
    for right in [*(pair.get("right") for pair in pairs), *_list(given.get("extra") or [], "extra")]:
        if (text := words_of(right, language)) not in texts:
            texts.append(text)
    rights = _entries(texts, "pairs", "r", language)
    wanted = [rights[texts.index(words_of(pair.get("right"), language))].key for pair in pairs]
    matched = tuple((left.key, right) for left, right in zip(lefts, wanted, strict=True))
    return Matching(lefts, rights, matched, _marking(given, Marking.PARTS, Marking.ALL))


def _numeric(given: Given, language: str) -> Number:
    answers = _maps(given.get("answers") or [given], "answers", at_least=1)
    keys = tuple(
        NumberKey(
            value=_number(key.get("answer"), "answer"),
            tolerance=abs(_number(key.get("tolerance") or 0, "tolerance")),
            relative=bool(key.get("relative", False)),
            share=_number(key.get("share", 1), "share"),
            # of an item with one answer, the field of this name is for everyone
            feedback={} if key is given else words_of(key.get("feedback"), language),
        )
        for key in answers
    )
    named = [{"names": given["unit"]}] if given.get("unit") else []
    units = tuple(
        Unit(words_of(unit.get("names"), language), _number(unit.get("factor", 1), "factor"))
        for unit in _maps([*named, *(given.get("units") or [])], "units")
    )
    if any(not unit.names or unit.factor <= 0 for unit in units):
        raise BadItem("units")
    return Number(keys, units, bool(given.get("unit_needed", False)) and bool(units))


def _short(given: Given, language: str) -> Short:
    accept = given.get("accept") or {}
    if not isinstance(accept, Mapping):
        accept = {language: accept}
    keys = [TextKey(str(text).strip(), language=str(name)) for name, texts in accept.items() for text in texts]
    keys += [
        TextKey(
            str(key.get("text") or "").strip(),
            _number(key.get("share", 1), "share"),
            words_of(key.get("feedback"), language),
            str(key.get("language") or ""),
        )
        for key in _maps(given.get("answers") or [], "answers")
    ]
    if not keys or not all(key.text for key in keys):
        raise BadItem("answers")
    return Short(tuple(keys), bool(given.get("cased", False)), bool(given.get("marked", True)))


def _essay(given: Given, language: str) -> Essay:
    return Essay(words_of(given.get("guidance"), language), max(0, int(_number(given.get("words") or 0, "words"))))


_READERS: dict[Kind, Callable[[Given, str], Body]] = {
    Kind.SINGLE: _choice,
    Kind.MULTIPLE: _choice,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _matching,
    Kind.NUMBER: _numeric,
    Kind.SHORT: _short,
    Kind.ESSAY: _essay,
}


def _check(read: Item) -> None:
    """An item that nobody could get right is a mistake of its author."""
    if not read.prompt:
        raise BadItem("text")
    if not 0 <= read.points <= 1000:
        raise BadItem("points", f"{read.points:g}")
    if isinstance(read.body, Choice):
        _check_choice(read.body)
    if isinstance(read.body, Number | Short) and max(key.share for key in read.body.keys) < 1 - 1e-4:
        raise BadItem("no_right_answer")
    if any(len(text) > MOST_LETTERS for text in (*read.prompt.values(), *read.feedback.values())):
        raise BadItem("too_long")


def _check_choice(body: Choice) -> None:
    keys = [option.key for option in body.options]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise BadItem("same_key", twice[0])
    if not all(option.text for option in body.options):
        raise BadItem("choices")
    if any(not -1 <= option.share <= 1 for option in body.options):
        raise BadItem("share")
    best = sum(o.share for o in body.options if o.share > 0) if body.several else max(o.share for o in body.options)
    if best < 1 - 1e-3:
        raise BadItem("no_right_answer")


def _list(given: Any, name: str, *, at_least: int = 0) -> list[Any]:
    if not isinstance(given, list | tuple) or not at_least <= len(given) <= MOST_PARTS:
        raise BadItem(name)
    return list(given)


def _maps(given: Any, name: str, *, at_least: int = 0) -> list[Given]:
    """A plain text, or one in several languages, stands for a part that has nothing else."""
    parts = _list(given, name, at_least=at_least)
    return [p if isinstance(p, Mapping) and not set(p) <= set(LANGUAGES) else {"text": p} for p in parts]


def _entries(given: Any, name: str, letter: str, language: str) -> tuple[Entry, ...]:
    texts = [words_of(text, language) for text in _list(given, name, at_least=2)]
    if not all(texts):
        raise BadItem(name)
    return tuple(Entry(f"{letter}{number}", text) for number, text in enumerate(texts, 1))


def _marking(given: Given, *allowed: Marking) -> Marking:
    name = str(given.get("marking") or Marking.PARTS)
    if name not in set(allowed):
        raise BadItem("marking", name)
    return Marking(name)


def _number(given: Any, name: str) -> float:
    try:
        value = float(given)
    except (TypeError, ValueError):
        raise BadItem(name, str(given)) from None
    if not math.isfinite(value):
        raise BadItem(name, str(given))
    return value


# Writing ---------------------------------------------------------------------------------------


def _unusual(parts: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    return {name: value for name, (value, usual) in parts.items() if value != usual}


def _texts(entries: Iterable[Entry]) -> list[dict[str, str]]:
    return [dict(entry.text) for entry in entries]


def _write_choice(body: Choice) -> dict[str, Any]:
    choices = [
        {"key": option.key, "text": dict(option.text), "share": option.share}
        | _unusual({"feedback": (dict(option.feedback), {})})
        for option in body.options
    ]
    return {"choices": choices} | _unusual({"shuffle": (body.shuffled, True), "marking": (body.marking.value, "parts")})


def _write_ordering(body: Ordering) -> dict[str, Any]:
    return {"sequence": _texts(body.entries)} | _unusual({"marking": (body.marking.value, "parts")})


def _write_matching(body: Matching) -> dict[str, Any]:
    rights = {entry.key: dict(entry.text) for entry in body.rights}
    used = dict(body.pairs)
    pairs = [{"left": dict(left.text), "right": rights[used[left.key]]} for left in body.lefts]
    extra = [text for key, text in rights.items() if key not in used.values()]
    return {"pairs": pairs} | _unusual({"extra": (extra, []), "marking": (body.marking.value, "parts")})


def _write_number(body: Number) -> dict[str, Any]:
    answers = [
        {"answer": key.value}
        | _unusual(
            {
                "tolerance": (key.tolerance, 0.0),
                "relative": (key.relative, False),
                "share": (key.share, 1.0),
                "feedback": (dict(key.feedback), {}),
            }
        )
        for key in body.keys
    ]
    units = [{"names": dict(unit.names), "factor": unit.factor} for unit in body.units]
    return {"answers": answers} | _unusual({"units": (units, []), "unit_needed": (body.unit_needed, False)})


def _write_short(body: Short) -> dict[str, Any]:
    answers = [
        {"text": key.text}
        | _unusual({"share": (key.share, 1.0), "feedback": (dict(key.feedback), {}), "language": (key.language, "")})
        for key in body.keys
    ]
    return {"answers": answers} | _unusual({"cased": (body.cased, False), "marked": (body.marked, True)})


def _write_essay(body: Essay) -> dict[str, Any]:
    return _unusual({"guidance": (dict(body.guidance), {}), "words": (body.most_words, 0)})


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Choice: _write_choice,
    Ordering: _write_ordering,
    Matching: _write_matching,
    Number: _write_number,
    Short: _write_short,
    Essay: _write_essay,
}
