"""A text in one or several languages: {"vi": "Đúng", "en": "Right"}; Markdown where it is shown as a paragraph."""

from collections.abc import Mapping
from typing import Any

Words = Mapping[str, str]
LANGUAGES = ("vi", "en", "fr")


def said(words: Words, language: str) -> str:
    """In this language; else in the first of vi, en, fr that there is."""
    for wanted in (language, *LANGUAGES):
        if words.get(wanted):
            return words[wanted]
    return next((text for text in words.values() if text), "")


def words_of(given: Any, language: str = "vi") -> dict[str, str]:
    """A plain text is in `language`; empty texts are left out."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {str(name): _clean(text) for name, text in given.items() if _clean(text)}
    return {language: _clean(given)} if _clean(given) else {}


def _clean(text: Any) -> str:
    return str(text if text is not None else "").replace("\r\n", "\n").replace("\r", "\n").strip()
