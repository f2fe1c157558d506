"""What a text demands by itself."""

import pytest

from khue.gateway.classes import DataClass
from khue.gateway.privacy import class_of, inspect, secrecy_marking


@pytest.mark.parametrize(
    "text",
    [
        "CCCD 079185012345",
        "hộ chiếu C1234567",
        "mã số BHXH 0123456789",
        "STK 0071001234567",
        "Bà Trần Thị Bình, sinh ngày 05/03/1985",
        "Ông Lê Văn Ba, thường trú tại số 12 đường Lê Lợi, phường 3, quận 5, TP.HCM",
    ],
)
def test_personal_identifiers_make_it_confidential(text):
    assert class_of(text) == DataClass.CONFIDENTIAL


@pytest.mark.parametrize(
    "text",
    [
        "Liên hệ Sở Nội vụ, số 12 Lê Lợi, phường Bến Nghé, TP.HCM, điện thoại 028 3829 7611, so@example.gov.vn",
        "Tác giả: Nguyễn Thị An",
        "Mã số thuế 0100109106",
        "Nghị định số 30/2020/NĐ-CP",
    ],
)
def test_an_agency_and_an_author_do_not(text):
    assert class_of(text) == DataClass.PUBLIC


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("MẬT\nBỘ CÔNG AN\nSố: 12/BC", "Mật"),
        ("UBND TỈNH\n[TỐI MẬT]\nBáo cáo", "Tối mật"),
        ("** TUYỆT MẬT **\n\nĐề án", "Tuyệt mật"),
        ("T Ố I  M Ậ T\nĐề án", "Tối mật"),
        ("Độ mật: Tối mật\nĐề án", "Tối mật"),
        ("TOI MAT\nDe an", "Tối mật"),
        ("TOP SECRET\nReport", "Tuyệt mật"),
        ("Độ mật: Mật", "Mật"),
        ("muc do mat: mat", "Mật"),
        ("| **Độ mật** | Tối mật |", "Tối mật"),
    ],
)
def test_a_marking_makes_it_secret(text, degree):
    assert secrecy_marking(text) == degree
    assert class_of(text) == DataClass.SECRET


@pytest.mark.parametrize(
    "text",
    [
        "Luật Bảo vệ bí mật nhà nước quy định ba độ mật: Tuyệt mật, Tối mật, Mật.",
        "Điều 8.\na) TUYỆT MẬT\nb) TỐI MẬT\nc) MẬT",
        "TUYỆT MẬT\nTỐI MẬT\nMẬT",
        "Đổi mật khẩu; bí mật kinh doanh; mật độ dân số",
        "Mật ong rừng",
        "Độ mật: Không",
        "The secret of good writing",
    ],
)
def test_speaking_of_secrecy_is_no_marking(text):
    assert secrecy_marking(text) is None
    assert class_of(text) == DataClass.PUBLIC


def test_one_pass_tells_class_kinds_and_marking():
    seen = inspect("MẬT\nÔng Lê Văn Ba, CCCD 079185012345, CCCD 079185012346")
    assert seen.data_class == DataClass.SECRET and seen.marking == "Mật"
    assert seen.found == {"person": 1, "cccd": 2}
