"""Secrecy markings of state secrets (Luật Bảo vệ bí mật nhà nước 2018 art. 8; form: Nghị định 26/2020/NĐ-CP), borne as
a marking: a stamp on a line of its own or a field of the head, not a word of the text."""

import re

from khue.gateway.privacy.words import compose

HEAD_LINES, HEAD_SIZE = 40, 4_000
DEGREES = {
    "TUYỆT MẬT": "Tuyệt mật",
    "TỐI MẬT": "Tối mật",
    "MẬT": "Mật",
    "TUYET MAT": "Tuyệt mật",
    "TOI MAT": "Tối mật",
    "TOP SECRET": "Tuyệt mật",
    "TRÈS SECRET": "Tuyệt mật",
    "SECRET": "Tối mật",
    "SECRET DÉFENSE": "Tối mật",
    "STATE SECRET": "Mật",
}
EDGE = " \t\r*_#|[](){}<>-–—=.:~\"'“”«»·•"
STAMP = re.compile("|".join(sorted(map(re.escape, DEGREES), key=len, reverse=True)))
# at the beginning of a line or cell, and with one degree behind it
FIELD = re.compile(
    r"(?:^|[|;(])[\s*_#>-]*(?:"
    r"(?:độ|mức độ|mức|cấp độ|dấu|do|muc do)\s+(?:độ\s+)?(?:mật|mat|bảo mật)[\s*_]*[:\-–|][\s\[(*\"“_]*"
    r"(tuyệt mật|tối mật|mật|tuyet mat|toi mat|mat)"
    r"|(?:classification|degree of secrecy)[\s*_]*[:|][\s*_]*(top secret|secret|state secret)"
    r"|(?:classification|niveau de secret|degré de secret)[\s*_]*[:|][\s*_]*(très secret|secret défense|secret)"
    r")(?![^\W_]|\s*,)",
    re.IGNORECASE | re.MULTILINE,
)
SPELT = {degree.replace(" ", ""): name for degree, name in DEGREES.items()}


def secrecy_marking(text: str) -> str | None:
    """The degree that the text bears ("Mật", "Tối mật", "Tuyệt mật"), or None."""
    composed, _places = compose(text)
    stamps = {degree for line in composed.splitlines() if len(line) <= 40 and (degree := _stamp(line))}
    if len(stamps) == 1:
        return stamps.pop()
    head = "\n".join(composed[:HEAD_SIZE].splitlines()[:HEAD_LINES])
    field = FIELD.search(head)
    return DEGREES.get(next(part for part in field.groups() if part).upper(), "Mật") if field else None


def _stamp(line: str) -> str | None:
    bare = line.strip(EDGE)
    if re.fullmatch(r"(?:\w\s{1,3}){2,30}\w", bare):  # M Ậ T
        return SPELT.get("".join(bare.split()))
    return DEGREES.get(" ".join(bare.split()))
