"""Answers in words: what somebody answered, and what would have been right."""

from typing import Any

from khue.domains.academy.quizzing.items import Choice, Essay, Item, Matching, Number, Ordering, Short
from khue.domains.academy.quizzing.words import said


def answered(item: Item, answer: Any, language: str) -> list[str]:
    """One line for each part of the answer; Markdown. Empty when there is none."""
    body = item.body
    if answer in (None, "", [], {}):
        return []
    if isinstance(body, Choice):
        return [said(option.text, language) for option in body.options if option.key in set(answer)]
    if isinstance(body, Ordering):
        texts = {entry.key: said(entry.text, language) for entry in body.entries}
        return [texts[key] for key in answer if key in texts]
    if isinstance(body, Matching):
        return _pairs(body, dict(answer), language)
    return [str(answer)]


def solution(item: Item, language: str) -> list[str]:
    """In the same form; nothing for an essay."""
    body = item.body
    if isinstance(body, Choice):
        best = [option for option in body.options if option.share > 0]
        if not body.several:
            best = [option for option in best if option.share >= max(other.share for other in best)]
        return [said(option.text, language) for option in best]
    if isinstance(body, Ordering):
        return [said(entry.text, language) for entry in body.entries]
    if isinstance(body, Matching):
        return _pairs(body, dict(body.pairs), language)
    if isinstance(body, Short):
        full = [key for key in body.keys if key.share >= 1]
        own = [key for key in full if key.language in {"", language}] or full
        return [key.text.replace("\\*", "*") for key in own]
    if isinstance(body, Essay):
        return []
    return [_number(body, language)]


def _number(body: Number, language: str) -> str:
    key = max(body.keys, key=lambda key: key.share)
    unit = next((said(unit.names, language) for unit in body.units if unit.factor == 1), "")
    value = f"{key.value:,.10g}"
    whole, _, part = value.partition(".")
    if language != "en":
        whole = whole.replace(",", "." if language == "vi" else "\u202f")
    value = whole + ("." if language == "en" else ",") + part if part else whole
    return f"{value} {unit}".strip()


def _pairs(body: Matching, pairs: dict[str, str], language: str) -> list[str]:
    rights = {entry.key: said(entry.text, language) for entry in body.rights}
    return [f"{said(left.text, language)} → {rights.get(pairs.get(left.key, ''), '–')}" for left in body.lefts]
