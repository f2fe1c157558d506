"""A question typed without marks gets those of the texts that its words find."""

import pytest

from khue.domains.knowledge.search.marks import Spelling

TEXTS = [
    "Đăng ký thường trú trực tuyến: mức thu 10.000 đồng cho một lần đăng ký.",
    "Cấp lại thẻ căn cước bị mất. Người bị thu hồi hộ chiếu không được cấp lại.",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Dang ky thuong tru truc tuyen het bao nhieu tien?", "Đăng ký thường trú trực tuyến hết bao nhiêu tiền?"),
        ("THE CAN CUOC bi mat, cap lai o dau", "THẺ CĂN CƯỚC bị mất, cấp lại ở đâu"),
        ("mức thu dang ky thuong tru", "mức thu đăng ký thường trú"),
        ("dang ky kubernetes 2 lan", "đăng ký kubernetes 2 lần"),
        ("", ""),
    ],
)
def test_neighbours_decide_which_marks(typed, meant):
    assert Spelling(TEXTS).read(typed) == meant


def test_what_no_text_spells_stays_as_it_was_typed():
    assert Spelling([]).read("xyz kham benh") == "xyz kham benh"
