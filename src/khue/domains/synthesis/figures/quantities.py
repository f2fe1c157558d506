"""Numbers with their units as Vietnamese reports write them: 45.230 hồ sơ, 1,2 nghìn tỷ đồng, 97,5%."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khue.domains.synthesis.figures.words import plain

SCALES = {
    "nghìn": 1e3,
    "ngàn": 1e3,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
}
# how it is written → what it is counted in, and how many of these it is
UNITS: dict[str, tuple[str, float]] = {
    "đồng": ("đồng", 1), "vnđ": ("đồng", 1), "vnd": ("đồng", 1), "usd": ("USD", 1), "đô la": ("USD", 1),
    "%": ("%", 1), "phần trăm": ("%", 1), "percent": ("%", 1), "điểm phần trăm": ("điểm %", 1), "điểm %": ("điểm %", 1),
    "hồ sơ": ("hồ sơ", 1), "lượt hồ sơ": ("hồ sơ", 1), "files": ("hồ sơ", 1),
    "người": ("người", 1), "lượt người": ("lượt", 1), "lượt": ("lượt", 1), "công chức": ("người", 1),
    "cán bộ": ("người", 1), "viên chức": ("người", 1), "học viên": ("người", 1), "lao động": ("người", 1),
    "cán bộ công chức": ("người", 1),
    "thành viên": ("người", 1), "hộ": ("hộ", 1), "hộ dân": ("hộ", 1), "hộ gia đình": ("hộ", 1),
    "ha": ("ha", 1), "hecta": ("ha", 1), "héc ta": ("ha", 1), "km2": ("ha", 100), "km²": ("ha", 100),
    "m2": ("ha", 1e-4), "m²": ("ha", 1e-4),
    "km": ("km", 1), "m": ("km", 1e-3), "tấn": ("tấn", 1), "tạ": ("tấn", 0.1), "kg": ("tấn", 1e-3),
    "ngày": ("ngày", 1), "ngày làm việc": ("ngày", 1), "giờ": ("giờ", 1), "phút": ("giờ", 1 / 60),
    "thủ tục": ("thủ tục", 1), "thủ tục hành chính": ("thủ tục", 1), "tthc": ("thủ tục", 1),
    "dịch vụ": ("dịch vụ", 1), "dịch vụ công": ("dịch vụ", 1), "điểm": ("điểm", 1), "tổ": ("tổ", 1),
    "doanh nghiệp": ("doanh nghiệp", 1), "dn": ("doanh nghiệp", 1), "văn bản": ("văn bản", 1), "vụ": ("vụ", 1),
    "vụ việc": ("vụ", 1), "đơn": ("đơn", 1), "đơn vị": ("đơn vị", 1), "xã": ("xã", 1), "phường": ("xã", 1),
    "lớp": ("lớp", 1), "trường": ("trường", 1), "nhiệm vụ": ("nhiệm vụ", 1), "dự án": ("dự án", 1),
    "sáng kiến": ("sáng kiến", 1), "cuộc": ("cuộc", 1), "máy": ("máy", 1), "bộ": ("bộ", 1), "trạm": ("trạm", 1),
    "cơ sở": ("cơ sở", 1), "giường": ("giường", 1), "giấy phép": ("giấy phép", 1), "tài khoản": ("tài khoản", 1),
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_SCALE = "|".join(SCALES)
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d+(?:[.,]\d+)?"
QUANTITY = re.compile(
    rf"(?<![\w/.,-])(?P<number>{_NUMBER})(?![\w/])\s*(?P<scale>(?:(?:{_SCALE})(?!\w)\s*)*)"
    rf"(?P<unit>(?:{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
# what stands before a number that counts nothing
_NAMED = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|phụ lục|quý|tháng|năm|ngày|giai đoạn|số|nghị định|nghị quyết|quyết định|thông tư"
    r"|kế hoạch|công văn|mẫu|biểu|bảng|mục|chương|trang|khóa|lần thứ|thứ|cấp độ|mức độ|đến|bước|hạng|quốc lộ|kỳ họp)\s*"
    r"(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:từ|đến|[-–])\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"(?<!\w)(?:khoảng|gần|hơn|trên|ước|xấp xỉ|dưới|about|nearly|over)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """`value` in the base unit; `slack`: by how much another writing of the same figure may differ."""

    value: float
    unit: str
    written: str
    start: int
    end: int
    slack: float


def unit_of(text: str) -> tuple[str, float]:
    """What a column of units says, "Tỷ đồng" → ("đồng", 1e9); what is not known is its own unit."""
    said = " ".join(text.lower().replace("(", " ").replace(")", " ").split())
    scale = 1.0
    while said.split(" ")[0] in SCALES:
        scale *= SCALES[said.split(" ")[0]]
        said = " ".join(said.split(" ")[1:])
    known, times = UNITS.get(said, (said, 1.0))
    return known, scale * times


def is_unit(text: str) -> bool:
    said = text.lower().strip(" ().")
    while said.split(" ")[0] in SCALES and " " in said:
        said = said.split(" ", 1)[1]
    return said in UNITS


def number(written: str, *, point: bool = False) -> tuple[float, float]:
    """Value and half of its last digit. `point`: the writer is a program, 1.234 is a little more than one."""
    text = written.replace("\u00a0", "").replace(" ", "")
    if point and re.fullmatch(r"\d+(?:\.\d+)?", text):
        digits = text
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        digits = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", text):
        digits = text.replace(",", "")
    else:
        digits = text.replace(",", ".")
    decimals = len(digits.partition(".")[2])
    return float(digits), 0.5 * 10**-decimals


def cell(text: str, *, point: bool = False) -> tuple[float, float] | None:
    """A cell of a table that is a number and nothing else but a percent sign or a unit in its own words."""
    found = re.fullmatch(rf"[-+−]?\s*({_NUMBER})\s*%?", text.strip())
    return number(found[1], point=point) if found else None


def quantities(text: str) -> Iterator[Quantity]:
    """Those that count something: no dates, numbers of documents, articles or years."""
    for match in QUANTITY.finditer(text):
        before = text[: match.start()]
        if _is_name(match, before, text):
            continue
        value, slack = number(match["number"])
        scale = 1.0
        for word in match["scale"].lower().split():
            scale *= SCALES[word]
        unit, times = UNITS.get((match["unit"] or "").lower(), ("", 1.0))
        value, slack = value * scale * times, slack * scale * times
        if _ABOUT.search(before):
            slack = max(slack, 0.05 * value)
        yield Quantity(value, unit, match[0].strip(), match.start(), match.start() + len(match[0].rstrip()), slack)


def _is_name(match: re.Match[str], before: str, text: str) -> bool:
    written = match["number"]
    counted = bool(match["unit"] or match["scale"].strip())
    if re.match(r"\s*[/-]\s*\d", text[match.end("number") :]) or re.search(r"\d\s*[/-]\s*$", before):
        return True
    # "6 tháng đầu năm", "năm 2026", "ngày 15 tháng 3"
    if re.match(r"\s*tháng(?!\w)", text[match.end("number") :]):
        return True
    if not counted and re.fullmatch(r"(?:19|20)\d\d", written):
        return True
    if not before.strip() and re.match(r"\s*[.)]\s", text[match.end("number") :]):
        return True
    return bool(_NAMED.search(before)) and not (counted and _ends_plainly(before))


def _ends_plainly(before: str) -> bool:
    """ "… giảm đến 30%", "đạt mức độ 4": only "đến" and "số" may stand before what is counted."""
    return plain(before).endswith((" den", " so", " diem", " thu", " bang", " muc"))
