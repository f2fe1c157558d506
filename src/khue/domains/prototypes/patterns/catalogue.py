"""All patterns: what each is stands in data/, what it builds in the modules named here."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from khue.domains.prototypes.patterns import fees
from khue.domains.prototypes.patterns.schema import schema
from khue.domains.prototypes.patterns.shape import Built, Parameters, Pattern

DATA = Path(__file__).resolve().parent / "data"
MAKERS: dict[str, Callable[[Parameters, str], Built]] = {"fee-calculator": fees.fee}


class UnknownPattern(LookupError):
    """No pattern of this key."""


@cache
def catalogue() -> tuple[Pattern, ...]:
    return tuple(_pattern(key, make) for key, make in MAKERS.items())


def pattern(key: str) -> Pattern:
    for one in catalogue():
        if one.key == key:
            return one
    raise UnknownPattern(key)


def _pattern(key: str, make: Callable[[Parameters, str], Built]) -> Pattern:
    told = yaml.safe_load((DATA / f"{key}.yaml").read_text(encoding="utf-8"))
    examples = {language: tuple(texts) for language, texts in told.pop("examples").items()}
    return Pattern(key=key, make=make, schema=schema(told.pop("parameters")), examples=examples, **told)
