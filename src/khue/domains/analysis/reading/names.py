"""What columns and tables are called in SQL."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 50
RESERVED = frozenset(
    "all and any as asc between by case cast column cross default desc distinct else end except exists false fetch for "
    "from full group having in inner intersect into is join lateral left like limit natural not null offset on only or "
    "order outer primary references right row select set some table then to true union unique using values when where "
    "window with".split()
)


def plain_name(text: str) -> str:
    """Lower case without diacritics, words joined by "_": "Số hồ sơ (%)" → "so_ho_so"."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    bare = re.sub(r"\([^()]*\)", " ", bare) if re.sub(r"\([^()]*\)", "", bare).strip() else bare
    name = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:LONGEST].strip("_")
    if not name:
        return ""
    return f"c_{name}" if name[0].isdigit() or name in RESERVED else name


def column_names(titles: Sequence[str]) -> list[str]:
    """One for each, all different."""
    given: dict[str, int] = {}
    names = []
    for at, title in enumerate(titles, 1):
        name = plain_name(title) or f"cot_{at}"
        count = given.get(name, 0) + 1
        while count > 1 and f"{name}_{count}" in given:
            count += 1
        given[name] = count
        unique = name if count == 1 else f"{name}_{count}"
        given.setdefault(unique, 1)
        names.append(unique)
    return names
