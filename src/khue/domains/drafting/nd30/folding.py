"""Text as it is recognised: small letters without diacritics, single spaces."""

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def plain(text: str) -> str:
    """Letters, digits and spaces only."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def is_like(text: str, wanted: str, share: float = 0.86) -> bool:
    if abs(len(text) - len(wanted)) > len(wanted) * 0.4:
        return False
    return text == wanted or SequenceMatcher(None, text, wanted).ratio() >= share


def one_line(text: str) -> str:
    return " ".join(text.split())
