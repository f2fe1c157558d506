"""Fields that hold a text in several languages."""

from django.utils.translation import get_language

from khue.domains.academy.rules.texts import in_language


def shown(texts: dict[str, str]) -> str:
    """In the active language, else in one that is there."""
    return in_language(texts, get_language() or "vi")
