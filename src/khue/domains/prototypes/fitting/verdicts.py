"""One of two things said, by a condition."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

from khue.domains.prototypes.fitting import texts
from khue.domains.prototypes.fitting.figures import written
from khue.domains.prototypes.fitting.table import Table
from khue.domains.prototypes.fitting.told import Result


def verdict(result: Result, label: str, table: Table) -> dict[str, Any] | None:
    """One of two things said, by a condition."""
    said = [text for text in dict.fromkeys([*result.raw, *result.absent]) if text is not None]
    filled = {text for one in table.held.fields for text in one.raw}
    if not 1 <= len(said) <= 2 or filled & set(said):
        return None
    yes = said[0]
    truth = [None if text is None and absent is None else text == yes
             for text, absent in zip(result.raw, result.absent, strict=True)]  # fmt: skip
    other = said[1] if len(said) == 2 else _other(yes, table.idea)
    if len(set(truth) - {None}) < 2:
        return None
    for wanted, (then, els) in (
        (truth, (yes, other)),
        ([None if one is None else not one for one in truth], (other, yes)),
    ):
        if condition := texts.check(table.texts(), wanted, table.about) or _threshold(wanted, table):
            a, b = (one.replace('"', "'") for one in (then, els))
            waits = " or ".join(f'{name} = ""' for name in table.texts())
            formula = f'if({condition}, "{a}", "{b}")'
            return {"label": label, "formula": f'if({waits}, "", {formula})' if waits else formula, "format": "text"}
    return None


def _other(yes: str, idea: str) -> str:
    """“Valid or Not valid”: the other of two."""
    word = r"[^\W\d]+(?: [^\W\d]+)?"
    after = re.search(rf"{re.escape(yes)}[\"”»]?\s*(?:or|hoặc|hay|ou)\s+[\"“«]?({word})", idea, re.IGNORECASE)
    before = re.search(rf"([^\W\d]+)[\"”»]?\s+(?:or|hoặc|hay|ou)\s+[\"“«]?{re.escape(yes)}", idea, re.IGNORECASE)
    found = after or before
    return found[1].strip() if found else "–"


SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt
}  # fmt: skip


def _threshold(wanted: Sequence[bool | None], table: Table) -> str | None:
    for name, one in table.of("number").items():
        for figure, (sign, does) in product(table.figures, SIGNS.items()):
            pairs = zip(wanted, one.values, strict=True)
            if all(want is None or does(value, figure.value) == want for want, value in pairs):
                return f"{name} {sign} {written(figure.value)}"
    return None
