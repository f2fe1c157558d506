"""The texts of three languages hold the same sentences with the same slots."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from khue.domains.analysis.briefing.instruments import catalogue
from khue.domains.analysis.briefing.wording import LANGUAGES, texts

# the kind of a group is named in Vietnamese only
OWN = {".name.group", ".at.group", ".after.spread"}


def sentences(stored: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(stored, Mapping):
        for name, value in stored.items():
            yield from sentences(value, f"{path}.{name}")
    elif isinstance(stored, str):
        yield path, stored


def slots(text: str) -> set[str]:
    return {name.casefold() for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_its_slots(language):
    wanted, there = (dict(sentences(texts(one))) for one in ("en", language))
    skipped = (".units", ".small")
    wanted, there = ({k: v for k, v in one.items() if not k.startswith(skipped)} for one in (wanted, there))
    assert wanted.keys() == there.keys()
    assert [k for k in wanted if slots(wanted[k]) != slots(there[k]) and k not in OWN] == []


@pytest.mark.parametrize("instrument", catalogue(), ids=lambda one: one.id)
def test_an_instrument_is_told_alike_in_all_languages(instrument):
    told = [instrument.told[language] for language in LANGUAGES]
    assert all(one.keys() == told[0].keys() for one in told)
    for part in ("what", "gains", "risks", "fit"):
        assert all(one[part].endswith(".") for one in told)
    # of the same finding: what one language can say, all can
    needed = [{name for text in one.values() for name in slots(text)} for one in told]
    assert all(names <= needed[0] | {"worst", "at_worst"} for names in needed)
