"""Texts in several languages, as programmes carry them: language → text."""

from collections.abc import Mapping

# asked in this order when the wanted language is not there
FALLBACKS = ("vi", "en", "fr")


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, else in the first language of FALLBACKS that is there, else any; "" of nothing."""
    for wanted in (language[:2], *FALLBACKS, *texts):
        if texts.get(wanted):
            return texts[wanted]
    return ""


def language_of(texts: Mapping[str, str], language: str) -> str:
    """Which language `in_language` would answer in."""
    return next((known for known in (language[:2], *FALLBACKS, *texts) if texts.get(known)), "")
