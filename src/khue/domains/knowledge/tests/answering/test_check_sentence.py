"""One sentence against single sentences of documents: which of them state it."""

import pytest

from khue.domains.knowledge.api import check_sentence

SAYS = "Công chức phụ trách công nghệ thông tin ở xã còn thiếu và phải kiêm nhiệm."
OTHER = "Kinh phí duy trì hệ thống được bố trí chậm so với nhu cầu."


def check(claim, *stated, **more):
    return check_sentence(claim, stated, language="vi", **more)


def test_each_that_states_it_is_named():
    found = check("Công chức phụ trách công nghệ thông tin ở xã còn thiếu.", SAYS, OTHER, SAYS)
    assert found.supported and found.by == (0, 2) and found.reason == ""


@pytest.mark.parametrize(
    "claim",
    [
        "Công chức phụ trách công nghệ thông tin ở xã không còn thiếu.",
        "Có 34 công chức phụ trách công nghệ thông tin ở xã còn thiếu.",
        "Bộ Nội vụ đã bổ sung công chức phụ trách công nghệ thông tin ở xã.",
        "Các xã đã hoàn thành toàn bộ kế hoạch năm.",
    ],
)
def test_what_none_states_is_not_supported_and_says_why(claim):
    found = check(claim, SAYS, OTHER)
    assert not found.supported and found.reason


def test_meaning_alone_makes_no_fact():
    assert not check("Xã có 12 công chức công nghệ thông tin.", SAYS, similarities=[0.99]).supported


def test_nothing_states_nothing():
    assert check(SAYS).by == ()
