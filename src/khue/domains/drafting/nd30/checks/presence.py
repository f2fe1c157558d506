"""What must be there, and in which cell it stands."""

from collections.abc import Iterator

from khue.domains.drafting.nd30 import layout
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing import Placed

ALWAYS = ("quoc-hieu", "tieu-ngu", "co-quan", "so", "ngay", "chuc-vu", "ho-ten", "noi-nhan")
# forms whose specimen lacks an element
WITHOUT = {
    "copy": {"quoc-hieu", "tieu-ngu"},
    "minutes": {"ngay"},
    "public_letter": {"so", "noi-nhan"},
    "agreement": set(),
}
MORE = {
    "letter": ("ve-viec", "kinh-gui"),
    "decision": ("trich-yeu", "can-cu", "lenh", "tham-quyen"),
    "resolution": ("trich-yeu", "lenh"),
    "named": ("trich-yeu",),
    "upward": ("trich-yeu",),
    "minutes": ("trich-yeu",),
    "telegram": ("trich-yeu",),
}
# where a letter to somebody has its place (II.9.b)
ADDRESSED = {"upward", "letter", "public_letter", "telegram", "sheet", "copy", "plain", ""}


def check(placed: Placed) -> Iterator[Finding]:
    form = _form(placed)
    if placed.kind is None and form == "":
        yield Finding("missing", "5a", "none", "Tên loại", cites=layout.role("ten-loai").cites)
    for key in (*ALWAYS, *MORE.get(form, ())):
        if key in WITHOUT.get(form, set()) or _has(placed, key):
            continue
        role = layout.role(key)
        yield Finding("missing", role.cell, "none", role.name, cites=role.cites)
    yield from _cells(placed, form)
    yield from _addressed(placed, form)


def _form(placed: Placed) -> str:
    """A letter without number and "V/v" is a public letter."""
    if placed.form == "letter" and not placed.first("so") and not placed.first("ve-viec"):
        return "public_letter"
    return placed.form


def _has(placed: Placed, key: str) -> bool:
    if key == "kinh-gui":
        return bool(placed.all("kinh-gui", "kinh-gui-nhieu"))
    return placed.first(key) is not None


def _cells(placed: Placed, form: str) -> Iterator[Finding]:
    """The nation and the date at the right, the agency and the number at the left, number and date on one line."""
    number, day = placed.first("so"), placed.first("ngay")
    for key, side in (("quoc-hieu", 1), ("ngay", 1), ("co-quan", 0), ("so", 0), ("noi-nhan", 0), ("ho-ten", 1)):
        found = placed.all(key)[-1] if placed.all(key) else None
        if found is None or form in {"plain"} or (key == "ho-ten" and form in {"agreement", "minutes"}):
            continue
        if found.cell is not None and (found.cell[2] > 0) != bool(side):
            role = layout.role(key)
            yield Finding("place", role.cell, ("left", "right")[1 - side], ("left", "right")[side], at(found),
                          cites=role.cites)  # fmt: skip
    if number and day and number.cell and day.cell and number.cell[:2] != day.cell[:2] and (
        number.cell[0] == day.cell[0]
    ):  # fmt: skip
        yield Finding("one-line", "4", "elsewhere", "Số, ký hiệu", at(day), cites=layout.role("ngay").cites)


def _addressed(placed: Placed, form: str) -> Iterator[Finding]:
    found = placed.first("kinh-gui") or placed.first("kinh-gui-nhieu")
    if found and fold(one_line(found.text)).startswith("kinh gui") and form not in ADDRESSED:
        yield Finding("addressed", "9a", "Kính gửi", "none", at(found), severity="warning",
                      cites=layout.role("kinh-gui").cites)  # fmt: skip
