"""Surveys: reading a form, and what may be shown of the replies without showing a person."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

# with fewer replies, a figure may be one person's
FEWEST = 5
LONGEST_TEXT = 5_000


def read(questions: Sequence[Mapping[str, Any]], form: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[str]]:
    """Answers by the questions' keys, and the keys of those that are asked for and missing. What was never offered is
    passed over."""
    answers: dict[str, Any] = {}
    missing = []
    for question in questions:
        answer = _answer(question, form.get(question["key"], ()))
        if answer is not None:
            answers[question["key"]] = answer
        elif not question.get("optional", False):
            missing.append(question["key"])
    return answers, missing


def _answer(question: Mapping[str, Any], given: Sequence[str]) -> Any:
    kind = question["type"]
    if kind == "scale":
        levels = [int(v) for v in given if v.isascii() and v.isdigit() and 1 <= int(v) <= question.get("steps", 5)]
        return levels[0] if levels else None
    if kind == "open":
        text = " ".join(given).replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST_TEXT]
        return text or None
    offered = [option["key"] for option in question["options"]]
    chosen = [key for key in offered if key in given]
    if kind == "one":
        return chosen[0] if len(chosen) == 1 else None
    return chosen or None


def tidy_code(text: str) -> str:
    """ " Ba Mo-42 " → "bamo42"."""
    return re.sub(r"[^a-z0-9]", "", text.lower())[:20]


def may_show(replies: int) -> bool:
    return replies >= FEWEST


def shown_counts(counts: Mapping[str, int], replies: int) -> dict[str, int | None]:
    """How many chose each; None for all of them below FEWEST replies. In a survey whose replies are many, a choice of
    one person says nothing about whose it was."""
    return {key: count if may_show(replies) else None for key, count in counts.items()}
