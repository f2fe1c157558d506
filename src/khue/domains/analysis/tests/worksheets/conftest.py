"""Bình's data: invented waiting at the counters of four wards over six years, and people of a survey."""

import csv
import io
import random

import pytest
from django.core.files.base import ContentFile

from khue.domains.analysis.actions import datasets
from khue.domains.analysis.models import Analysis, Dataset
from khue.domains.people.api import actor_of

WARDS = {"An Hòa": 34, "Bến Thuyền": 41, "Cẩm Sơn": 18, "Đồng Vọng": 21}


def dataset(person, title: str, rows: list[list[object]], **more: object) -> Dataset:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = ContentFile(text.getvalue().encode())
    made = datasets.begin(by=actor_of(person.pk), title=title, file=file, file_name=f"{title}.csv", **more)
    return datasets.load(made)


def waits(longer: float = 0) -> list[list[object]]:
    chance = random.Random(4)
    rows: list[list[object]] = [["phuong", "thang", "phut"]]
    for ward, level in WARDS.items():
        for at in range(60):
            month = f"{2020 + at // 12}-{at % 12 + 1:02d}-01"
            rows.append(
                [ward, month, round(level + longer + 0.05 * at + 3 * (at % 12 in (0, 1)) + chance.gauss(0, 1), 1)]
            )
    return rows


@pytest.fixture
def worksheet(cast) -> Analysis:
    made = Analysis.objects.create(organisation=cast.academy, owner=cast.binh, title="Chờ ở quầy")
    made.datasets.add(dataset(cast.binh, "Chờ", waits()))
    return made


@pytest.fixture
def people(cast) -> Dataset:
    chance = random.Random(9)
    rows: list[list[object]] = [["ho_ten", "phuong", "tuoi", "thu_nhap", "benh"]]
    for at in range(300):
        ward = chance.choices(list(WARDS), (5, 3, 1, 1))[0]
        illness = chance.choices(["không", "tim", "phổi"], (8, 2, 1))[0]
        rows.append([f"Nguyễn Văn {at}", ward, chance.randint(18, 90), round(chance.lognormvariate(8, 0.5)), illness])
    return dataset(cast.binh, "Hộ dân", rows, is_shared=True)
