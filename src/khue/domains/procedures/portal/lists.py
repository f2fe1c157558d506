"""Fields that list names separated by commas: agencies, levels, those who may apply; and the related procedures."""

import re
from collections import Counter
from collections.abc import Iterator

from khue.domains.procedures.portal.letters import UPPER
from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import Parsed, Related

UNSTATED = "Không có thông tin"
SEPARATORS = re.compile(rf",|{UNSTATED}")
# an item begins with a capital: "Cục Cảnh sát quản lý hành chính về trật tự, xã hội" is one name
_BORDER = re.compile(rf",\s+(?=[{UPPER}])")
_RELATED_HEADER = "#Tên thủ tục"
# the portal's page holds the table twice, once for wide and once for narrow screens
_NARROW = re.compile(r"#(?P<number>\d+)Tên thủ tục(?P<name>[^#]+)")
_RELATED_SEPARATORS = re.compile(rf"#|Tên thủ tục|{UNSTATED}")


def names(source: str) -> Parsed[tuple[str, ...]]:
    items, position = [], 0
    for border in _BORDER.finditer(source):
        if source.count("(", 0, border.start()) <= source.count(")", 0, border.start()):
            items.append(source[position : border.start()].strip())
            position = border.end()
    items.append(source[position:].strip())
    found = tuple(_rejoined([item for item in items if item and item != UNSTATED]))
    return Parsed(found, (), lost_characters(source, leaves(found), SEPARATORS))


def _rejoined(items: list[str]) -> Iterator[str]:
    """Nothing is listed twice: what comes back is the first part of longer names ("Trung tâm Chất lượng, Chế biến")."""
    openings = {item for item, count in Counter(items).items() if count > 1}
    opening = ""
    for item in items:
        if item in openings and not opening:
            opening = item
            continue
        yield f"{opening}, {item}" if opening else item
        opening = ""
    if opening:
        yield opening


def related(source: str) -> Parsed[tuple[Related, ...]]:
    wide, *narrow = source.partition("#1Tên")
    found = tuple(Related(match["number"], match["name"].strip()) for match in _NARROW.finditer("".join(narrow)))
    if not found:
        rest = source.replace(UNSTATED, "").strip()
        return Parsed((), (rest,) if rest else (), lost_characters(source, (), _RELATED_SEPARATORS))
    # the wide copy must say nothing that the narrow one does not
    copied = lost_characters(wide, leaves(found), _RELATED_SEPARATORS)
    return Parsed(found, (), copied + lost_characters("".join(narrow), leaves(found), _RELATED_SEPARATORS))
