"""From words to steps: `Số bản: 3, hỏa tốc: có → Phí 48.000 ₫`, `3 copies → 24,000 ₫`, `press "Add" → 2 entries`."""

import re
from collections.abc import Iterator, Sequence

from khue.domains.prototypes.examples.shape import Example, Expectation, Fill, Press

ARROW = re.compile(r"\s*(?:→|⇒|=>|->|⟶)\s*")
THEN = re.compile(r"\s*;\s*|,\s+|\s+(?:rồi|sau đó|then|puis)\s+", re.IGNORECASE)
PRESS = re.compile(
    r"(?:rồi |then |puis )?(?:bấm|nhấn|ấn|press|click(?: on)?|tap|clique[rz] sur|appuye[rz] sur|presse[rz])\s+"
    r"(?:vào |nút |the |le bouton |button |bouton )*[\"“«']?\s*(?P<name>.+?)\s*[\"”»']?(?:\s+button)?",
    re.IGNORECASE,
)
TICK = re.compile(r"(?:đánh dấu|tích|tick|check|cocher|cochez)\s+[\"“«']?\s*(?P<label>.+?)\s*[\"”»']?", re.IGNORECASE)
ABSENT = re.compile(r"(?:không thấy|không hiện|not shown:?|does not show|ne montre pas)\s+(?P<text>.+)", re.IGNORECASE)
PAIR = re.compile(r"(?P<label>[^:=]{1,80}?)\s*[:=]\s*(?P<value>.*)", re.DOTALL)
QUANTITY = re.compile(r"(?P<value>[−-]?\d[\d.,\u00a0\u202f ]*%?)\s+(?P<label>[^\W\d].{0,60})")
TRAILING = re.compile(r"(?P<label>[^\W\d][^\d]{0,60}?)\s+(?P<value>[−-]?\d.*)", re.DOTALL)
QUOTED = re.compile(r"[\"“«'‘]\s*(?P<inside>.*?)\s*[\"”»'’]", re.DOTALL)
CLOCK = re.compile(r"\d{1,2}:\d{2}")
BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


class UnreadableExample(ValueError):
    """`line`: an example without an arrow, or with nothing after it."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def read(text: str, labels: Sequence[str] = ()) -> tuple[Example, ...]:
    """One example a line. Raises UnreadableExample."""
    lines = (BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(_example(line, labels) for line in lines if line)


def _example(line: str, labels: Sequence[str]) -> Example:
    pieces = ARROW.split(line, maxsplit=1)
    if len(pieces) != 2 or not pieces[1].strip():
        raise UnreadableExample(line)
    steps = tuple(_step(piece, labels) for piece in _pieces(pieces[0], labels))
    return Example(line, steps, tuple(_expectation(piece, labels) for piece in _pieces(pieces[1], labels)))


def _pieces(text: str, labels: Sequence[str]) -> Iterator[str]:
    """What stands in quotes, and a label that has a comma of its own, stays whole."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    own = [re.escape(label) for label in labels if THEN.search(label)]
    held = re.sub("|".join([r"“[^”]*”|\"[^\"]*\"|«[^»]*»", *own]), keep, text, flags=re.IGNORECASE)
    for piece in THEN.split(held):
        whole = re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], piece).strip().rstrip(".")
        if whole:
            yield whole


def _step(piece: str, labels: Sequence[str]) -> Fill | Press:
    if found := PRESS.fullmatch(piece):
        return Press(found["name"])
    if found := TICK.fullmatch(piece):
        return Fill(found["label"], "yes")
    label, value = _split(piece, labels)
    return Fill(label, _bare(value).replace("\\n", "\n"))


def _expectation(piece: str, labels: Sequence[str]) -> Expectation:
    if found := ABSENT.fullmatch(piece):
        return Expectation(_bare(found["text"]), absent=True)
    if QUOTED.fullmatch(piece):
        return Expectation(_bare(piece))
    known = _known(piece, labels)
    if known is not None and known[1]:
        return Expectation(_bare(known[1]), known[0])
    for shape in (PAIR, TRAILING):
        found = shape.fullmatch(piece)
        if found and not CLOCK.match(piece) and not CLOCK.search(found["label"] + ":" + found["value"][:2]):
            return Expectation(_bare(found["value"]), found["label"])
    return Expectation(piece)


def _split(piece: str, labels: Sequence[str]) -> tuple[str, str]:
    """Label and value of what is filled in."""
    known = _known(piece, labels)
    if known is not None:
        return known[0], known[1] or "yes"
    found = PAIR.fullmatch(piece) if not CLOCK.match(piece) else None
    found = found or QUANTITY.fullmatch(piece) or TRAILING.fullmatch(piece)
    return (found["label"], found["value"]) if found else ("", piece)


def _known(piece: str, labels: Sequence[str]) -> tuple[str, str] | None:
    """A label that the piece begins with, and the rest."""
    for label in labels:
        if piece.casefold().startswith(label.casefold()):
            rest = piece[len(label) :]
            if not rest or not rest[0].isalnum():
                return piece[: len(label)], rest.lstrip(" :=\u00a0")
    return None


def _bare(text: str) -> str:
    found = QUOTED.fullmatch(text.strip())
    return found["inside"] if found else text.strip()
