"""What a file does not hold: found by reading it back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from khue.domains.academy.interchange import monolingual
from khue.domains.academy.interchange.paper import Loss, Paper, Read
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item

# two shares that differ by the rounding of percentages are the same
DECIMALS = 4


def losses(paper: Paper, octets: bytes, read: Callable[[bytes, str], Read]) -> tuple[Loss, ...]:
    """`paper` has all languages, and is compared with what `read` finds in `octets`."""
    back = read(octets, paper.language).paper
    found = {item.key: item for item in back.items}
    lost = [Loss("", name) for name in ("sections", "time_limit_s") if getattr(paper, name) != getattr(back, name)]
    if any(len(item.prompt) > 1 for item in paper.items):
        lost.append(Loss("", "languages"))
    for item in paper.items:
        lost += _of_item(item, found.get(item.key), paper.language)
    return tuple(lost)


def _of_item(item: Item, back: Item | None, language: str) -> Iterator[Loss]:
    if back is None:
        yield Loss(item.key, "item")
        return
    before, after = (comparable(each, language) for each in (item, back))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Loss(item.key, name)


def comparable(item: Item, language: str) -> dict[str, Any]:
    """In one language, without the names of parts: those are the system's own."""
    written: dict[str, Any] = _rounded(notation.mapping(monolingual.in_language(item, language)))
    for choice in written.get("choices", ()):
        choice.pop("key")
    # of several that fit, the one that is worth most counts: their order says nothing
    if "answers" in written:
        written["answers"].sort(key=lambda answer: -answer.get("share", 1))
    return written


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS) or 0.0
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(part) for part in value]
    return value
