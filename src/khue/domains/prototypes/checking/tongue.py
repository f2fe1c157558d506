"""In which of the three languages the words of a tool are, when there are enough of them to tell."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
COMMON = {
    "vi": frozenset(
        "của và các cho không có được là số ngày người theo từ đến trong một này để với khi vào ra tên nhập".split()
    ),
    "en": frozenset(
        "the of and to in is for a an on with by or be are this that from not your you per each name number".split()
    ),
    "fr": frozenset(
        "le la les de des du et à en est pour un une sur avec par ou être sont ce cette au aux vos votre nom".split()
    ),
}
ENOUGH = 12


def tongue(text: str) -> str:
    """ "" when there are too few words, or they are of two languages alike."""
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < ENOUGH:
        return ""
    told = Counter({language: sum(word in common for word in words) for language, common in COMMON.items()})
    (first, most), (_, next_), _ = told.most_common(3)
    return first if most > len(words) * 0.08 and most > next_ * 1.5 else ""
