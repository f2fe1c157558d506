"""Each problem at its row."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from khue.domains.academy.roster.check import Checked, Code, check
from khue.domains.academy.roster.provinces import Province, Provinces
from khue.domains.academy.roster.sheet import read

MERGED = yaml.safe_load((Path(settings.CONTENT) / "places" / "provinces-vn.yaml").read_text())
PROVINCES = Provinces(MERGED)
PLACES = {"Hà Nội": "ha-noi", "Trụ sở chính": "ha-noi", "Trực tuyến": "online"}


def checked(*lines: str, head: str = "Họ và tên,Email,Tỉnh,Nơi học,Điện thoại,Số năm công tác") -> Checked:
    return check(read("\n".join([head, *lines]).encode(), "list.csv"), provinces=PROVINCES, places=PLACES)


def codes(found: Checked) -> list[tuple[int, Code]]:
    return [(problem.row, problem.code) for problem in found.problems]


def test_thirty_four_provinces_come_from_sixty_three() -> None:
    assert len(MERGED) == 34
    before = [name for names in MERGED.values() for name in names]
    assert len(before) == len(set(before)) == 63


def test_a_whole_row() -> None:
    found = checked("NGUYỄN THỊ AN,An@X.example ,TP. Huế,trụ sở chính,912345678,7 năm")
    (an,) = found.candidates
    assert (an.full_name, an.email, an.province, an.place) == ("Nguyễn Thị An", "an@x.example", "Huế", "ha-noi")
    assert (an.phone, an.experience) == ("0912345678", 7)
    assert codes(found) == []


@pytest.mark.parametrize(
    ("written", "today", "before"),
    [
        ("Quảng Nam", "Đà Nẵng", "Quảng Nam"),
        ("tinh quang nam", "Đà Nẵng", "Quảng Nam"),
        ("TP.HCM", "Hồ Chí Minh", ""),
        ("Bà Rịa – Vũng Tàu", "Hồ Chí Minh", "Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên Huế", "Huế", "Thừa Thiên Huế"),
        ("Tỉnh Đắk Lắk", "Đắk Lắk", ""),
        ("Hanoi", "Hà Nội", ""),
        ("Hoà Bình", "Phú Thọ", "Hòa Bình"),
    ],
)
def test_provinces_of_today_and_of_before(written: str, today: str, before: str) -> None:
    assert PROVINCES.find(written) == Province(today, before)


def test_a_province_of_before_is_taken_and_said() -> None:
    found = checked("An,an@x.example,Kon Tum,,,")
    assert found.candidates[0].province == "Quảng Ngãi"
    assert [(p.code, p.hint, p.refuses) for p in found.problems] == [(Code.PROVINCE_BEFORE, "Quảng Ngãi", False)]


def test_an_unknown_province_is_refused_with_the_nearest() -> None:
    found = checked("An,an@x.example,Quảng Nghi,,,")
    assert found.candidates == ()
    assert [(p.row, p.code, p.hint) for p in found.problems] == [(2, Code.PROVINCE_UNKNOWN, "Quảng Ngãi")]


def test_the_same_person_twice_names_the_first_row() -> None:
    found = checked("An,an@x.example,,,,", "Bình,binh@x.example,,,,", "Nguyễn An,AN@x.example,,,,")
    assert [(p.row, p.code, p.hint) for p in found.problems] == [(4, Code.TWICE, "2")]
    assert len(found.candidates) == 2


def test_two_people_of_one_name_are_two() -> None:
    assert len(checked("An,an1@x.example,,,,", "An,an2@x.example,,,,").candidates) == 2


@pytest.mark.parametrize("written", ["an@", "an.example", "an@x", "an @x.example", "an@x.example, b@x.example"])
def test_a_bad_address_is_refused(written: str) -> None:
    assert codes(checked(f'An,"{written}",,,,')) == [(2, Code.EMAIL_BAD)]


def test_no_address_is_said_and_taken() -> None:
    found = checked("An,,Huế,,0912345678,")
    assert codes(found) == [(2, Code.NO_EMAIL)]
    assert len(found.candidates) == 1


def test_an_unknown_place_is_refused() -> None:
    assert codes(checked("An,an@x.example,,Sài Gòn,,")) == [(2, Code.PLACE_UNKNOWN)]


def test_a_bad_telephone_or_experience_is_left_out_and_said() -> None:
    found = checked("An,an@x.example,,,12,lâu năm")
    assert codes(found) == [(2, Code.PHONE_BAD), (2, Code.EXPERIENCE_BAD)]
    assert (found.candidates[0].phone, found.candidates[0].experience) == ("", None)


def test_a_row_without_a_name_is_refused() -> None:
    assert (2, Code.NAME_MISSING) in codes(checked(",an@x.example,,,,"))


def test_a_formula_without_a_result_is_refused() -> None:
    assert (2, Code.FORMULA_EMPTY) in codes(checked('"=A1",an@x.example,,,,'))
