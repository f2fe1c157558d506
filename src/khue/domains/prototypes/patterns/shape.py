"""What a pattern is, and what it builds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["vi", "en", "fr"]
Texts = Mapping[str, str]  # by language
Parameters = Mapping[str, Any]
Schema = dict[str, Any]


@dataclass(frozen=True)
class Built:
    """`body` stands inside <main>; `script` and `style` are the tool's own, often empty."""

    body: str
    script: str
    style: str
    title: str


@dataclass(frozen=True)
class Pattern:
    """`example` and `examples` by language: parameters, and what the tool made of them must do, in words.

    `words` are what people say when they want this kind of tool, in the three languages.
    `group` is where a gallery shows it: counting, taking-in, following, deciding, gathering, meeting.
    """

    key: str
    group: str
    title: Texts
    summary: Texts
    words: str
    schema: Schema
    example: Mapping[str, Parameters]
    examples: Mapping[str, tuple[str, ...]]
    make: Callable[[Parameters, str], Built]

    def build(self, parameters: Parameters, language: str) -> Built:
        return self.make(parameters, language)
