"""Shorter, plainer, more formal by lists of wordings: nothing that is said is touched."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khue.domains.drafting.nd30 import wording


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).parent / "wordy.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def reworded(text: str, manner: str, language: str) -> str:
    """The text where no wording of the list stands in it. `manner`: "shorter", "plainer", "formal"."""
    for pattern, instead in _data()[language][manner]:
        text = re.sub(rf"(?<!\w){pattern}" if pattern[0].isalpha() else pattern, instead, text, flags=re.IGNORECASE)
    if language == "fr":
        text = re.sub(r"\b([Dd])e (?=[aeiouyéèêàâîôhœ])", r"\1’", text)
    return _started(" ".join(text.split()))


def _started(text: str) -> str:
    """Each sentence with a capital again."""
    return re.sub(r"(?<=[.!?]\s)[^\W\d_]", lambda found: found.group().upper(), wording.first_upper(text))
