"""Three tables: waiting at one-stop shops month by month, a survey of households, a pilot in some provinces."""

import csv
import io
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from khue.domains.analysis.provinces import PROVINCES

SEED = 2026
FIELDS = ("Hộ tịch", "Đất đai", "Đăng ký kinh doanh")
# the first day of the year of the moon: offices are shut for about a week
TET = {2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29)}
Row = Sequence[object]


@dataclass(frozen=True)
class Generated:
    slug: str
    title: str
    head: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def write(one: Generated) -> bytes:
    """As CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(one.head)
    writer.writerows(one.rows())
    return text.getvalue().encode()


def _chance(slug: str) -> random.Random:
    return random.Random(f"{SEED} {slug}")  # noqa: S311  # the same figures every time


def _waits() -> Iterator[Row]:
    """Growth, seasons, a dip around Tết, and more done online as years pass."""
    chance = _chance("waits")
    for province in PROVINCES:
        size, slow = math.exp(chance.gauss(6.6, 0.6)), chance.uniform(0.8, 1.5)
        for field, share, days in zip(FIELDS, (0.5, 0.3, 0.2), (3.0, 14.0, 4.5), strict=True):
            for at in range(84):
                year, month = 2019 + at // 12, at % 12 + 1
                season = 1 + 0.12 * math.sin(2 * math.pi * (month - 3) / 12)
                shut = 0.72 if TET[year][0] == month else 1.0
                files = size * share * (1 + 0.004 * at) * season * shut * math.exp(chance.gauss(0, 0.05))
                waited = days * slow * (1 - 0.003 * at) * math.exp(chance.gauss(0, 0.06)) * (1.1 if shut < 1 else 1)
                on_time = min(99.9, max(40, 97 - 6 * (slow - 0.8) - waited * 0.5 + chance.gauss(0, 1.2)))
                online = min(0.95, max(0.02, 0.08 + 0.008 * at + chance.gauss(0, 0.02)))
                yield (province.name, date(year, month, 1).isoformat(), field, round(files), round(files * online),
                       round(waited, 1), round(on_time, 1))  # fmt: skip


def _households() -> Iterator[Row]:
    chance = _chance("households")
    places = [f"Xã {name}" for name in ("An Bình", "Tân Lập", "Phú Sơn", "Hòa Thuận", "Long Khê", "Vĩnh Trạch")]
    for number in range(900):
        place = chance.choices(places, (30, 22, 18, 14, 10, 6))[0]
        age, sex = chance.randint(18, 88), chance.choice(("nữ", "nam"))
        schooling = chance.choices(("tiểu học", "THCS", "THPT", "đại học"), (18, 32, 33, 17))[0]
        level = {"tiểu học": 1.0, "THCS": 1.15, "THPT": 1.35, "đại học": 1.9}[schooling]
        income = round(4200 * level * math.exp(chance.gauss(0, 0.45)), -2)
        uses = chance.random() < 0.75 - 0.008 * (age - 18) + 0.1 * (level - 1)
        happy = min(5, max(1, round(chance.gauss(3.6 if uses else 3.2, 0.9))))
        weight = round({"Xã An Bình": 0.7, "Xã Tân Lập": 0.9}.get(place, 1.4) * chance.uniform(0.9, 1.1), 3)
        yield (f"H{number + 1:04d}", place, age, sex, schooling, income, chance.randint(1, 7),
               "có" if uses else "không", happy, weight)  # fmt: skip


def _pilot() -> Iterator[Row]:
    """Ten provinces begin in the first quarter of 2024; there, waiting falls by about 1.5 days."""
    chance = _chance("pilot")
    pilots = {province.code for province in chance.sample(PROVINCES, 10)}
    for province in PROVINCES:
        level, is_pilot = chance.gauss(12, 1.5), province.code in pilots
        for at in range(24):
            after = at >= 16
            days = level - 0.05 * at - (1.5 if is_pilot and after else 0) + chance.gauss(0, 0.5)
            happy = 72 + 0.2 * at - 0.4 * days + (3 if is_pilot and after else 0) + chance.gauss(0, 1.5)
            yield (province.name, 2020 + at // 4, at % 4 + 1, "có" if is_pilot else "không",
                   "sau" if after else "trước", round(days, 2), round(happy, 1))  # fmt: skip


DEMO = (
    Generated(
        "mot-cua",
        "Hồ sơ một cửa theo tháng, 2019–2025",
        ("Tỉnh", "Tháng", "Lĩnh vực", "Số hồ sơ", "Số hồ sơ nộp trực tuyến", "Thời gian chờ (ngày)",
         "Tỷ lệ đúng hạn (%)"),
        _waits,
    ),
    Generated(
        "ho-gia-dinh",
        "Khảo sát hộ gia đình về dịch vụ công",
        ("Mã hộ", "Xã", "Tuổi", "Giới tính", "Trình độ", "Thu nhập (nghìn đồng/tháng)", "Số người trong hộ",
         "Dùng dịch vụ công trực tuyến", "Mức hài lòng (1–5)", "Trọng số"),
        _households,
    ),
    Generated(
        "thi-diem",
        "Thí điểm trung tâm một cửa ở 10 tỉnh, 2020–2025",
        ("Tỉnh", "Năm", "Quý", "Thí điểm", "Giai đoạn", "Thời gian giải quyết (ngày)", "Mức hài lòng (%)"),
        _pilot,
    ),
)  # fmt: skip
