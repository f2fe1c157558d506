"""Two wordings as changes that can be taken one by one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s*\S+")
# changes with so few words between them are one
NEAR = 2


@dataclass(frozen=True)
class Piece:
    """`number`: of a change, from 0; None for what is in both."""

    old: str
    new: str
    number: int | None = None


def pieces(before: str, after: str) -> list[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    count = 0
    for tag, a, b, c, d in _joined(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag == "equal":
            found.append(Piece("".join(old[a:b]), "".join(new[c:d])))
        else:
            found.append(Piece("".join(old[a:b]), "".join(new[c:d]), count))
            count += 1
    return found


Code = tuple[str, int, int, int, int]


def _joined(codes: Sequence[Code]) -> list[Code]:
    found: list[Code] = []
    for code in codes:
        tag, _a, b, _c, d = code
        inner = tag == "equal" and found and b - code[1] <= NEAR and code is not codes[-1]
        if found and (inner or tag != "equal") and found[-1][0] == "replace":
            found[-1] = ("replace", found[-1][1], b, found[-1][3], d)
        else:
            found.append(("equal" if tag == "equal" else "replace", *code[1:]))
    return found


def taken(before: str, after: str, numbers: Collection[int]) -> str:
    """The first wording with these changes of the second."""
    chosen = [
        piece.new if piece.number is None or piece.number in numbers else piece.old for piece in pieces(before, after)
    ]
    return "".join(chosen).strip()
