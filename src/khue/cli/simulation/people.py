"""A list of participants as a coordinator would bring it. Names are drawn, and nobody's."""

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

import yaml

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Rơ Châm")
MIDDLE = ("Thị", "Văn", "Minh", "Thu", "Quốc", "Ngọc", "Đức", "Thanh", "Hoài", "Xuân", "Hải", "Khánh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hạnh", "Khoa", "Lan", "Long", "Mai", "Nam", "Oanh", "Phúc",
         "Quân", "Sơn", "Thảo", "Tú", "Uyên", "Vy", "Yến", "Ý")  # fmt: skip
UNITS = ("Sở Nội vụ", "Sở Tư pháp", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Khoa học và Công nghệ",
         "Trường Chính trị tỉnh", "Ủy ban nhân dân xã", "Trung tâm Phục vụ hành chính công")  # fmt: skip
POSITIONS = ("Chuyên viên", "Chuyên viên chính", "Phó trưởng phòng", "Trưởng phòng", "Giảng viên")
HEADINGS = ("Mã", "Họ và tên", "Email", "Tỉnh", "Đơn vị", "Chức vụ", "Số năm công tác", "Điểm cầu")
# for addresses that lead nowhere (RFC 2606)
DOMAIN = "mo-phong.example"


def provinces(content: Path) -> list[str]:
    """Those of today and those of before, as lists have both."""
    known = yaml.safe_load((content / "places" / "provinces-vn.yaml").read_text(encoding="utf-8"))
    return sorted({name for today, before in known.items() for name in (today, *before)})


def roll(count: int, *, name: str, seed: int, provinces: Sequence[str], places: Sequence[str]) -> bytes:
    """CSV; the same bytes for the same arguments."""
    chance = random.Random(f"list {seed}")  # noqa: S311 - it is to be the same again
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for number in range(count):
        rows.writerow(_row(number, name, chance, provinces, places[number % len(places)]))
    return text.getvalue().encode("utf-8-sig")


def _row(number: int, name: str, chance: random.Random, provinces: Sequence[str], place: str) -> list[object]:
    full_name = " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
    province = chance.choice(provinces)
    return [f"MP{number + 1:05}", full_name, f"hv{number + 1}.{name}@{DOMAIN}", province, chance.choice(UNITS),
            chance.choice(POSITIONS), chance.randint(1, 30), place]  # fmt: skip
