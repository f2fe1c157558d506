"""Words without marks, case and punctuation, for comparing what people typed."""

import re
import unicodedata


def plain(text: str) -> str:
    """ "Tỉnh/TP (công tác)" → "tinh tp"; what stands in brackets is left out."""
    bare = re.sub(r"\([^)]*\)", " ", text).replace("đ", "d").replace("Đ", "D")
    letters = unicodedata.normalize("NFD", bare)
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept.casefold()).split())


def tidy(text: str) -> str:
    """Unicode in its composed form, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())
