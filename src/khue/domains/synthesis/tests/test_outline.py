"""An outline as people write it, and which parts of reports belong to its points; who is missing."""

import pytest

from khue.domains.synthesis.figures.places import provinces
from khue.domains.synthesis.outline.matching import by_heading
from khue.domains.synthesis.outline.points import NoPoints, parsed
from khue.domains.synthesis.queries.found import missing

POINTS = parsed("I. Kinh phí\n2. Khó khăn, vướng mắc: nguyên nhân\n- Phương hướng, nhiệm vụ thời gian tới")


def test_points_in_whatever_marks():
    assert [(one.title, one.looks_for) for one in POINTS] == [
        ("Kinh phí", ""),
        ("Khó khăn, vướng mắc", "nguyên nhân"),
        ("Phương hướng, nhiệm vụ thời gian tới", ""),
    ]
    with pytest.raises(NoPoints):
        parsed(" \n- \n")


@pytest.mark.parametrize(
    ("heading", "point"),
    [
        ("Những khó khăn, hạn chế và vướng mắc", 1),
        ("Phương hướng 6 tháng cuối năm", 2),
        ("Kết quả › Nguồn lực, kinh phí thực hiện", 0),
        ("Kết quả › Khó khăn và vướng mắc › Nguyên nhân", 1),
    ],
)
def test_a_heading_in_other_words_or_in_short(heading, point):
    assert by_heading([heading], POINTS) == {heading: point}


@pytest.mark.parametrize("heading", ["Tổ chức bộ máy", "Kết quả thực hiện", "Phương tiện làm việc"])
def test_a_heading_of_something_else_has_no_point(heading):
    assert by_heading([heading], POINTS) == {}


def test_the_province_that_sent_nothing_is_named_where_provinces_report():
    everybody = sorted(provinces().values())
    assert missing([], everybody[1:]) == everybody[:1]
    assert missing([], ["Sở Nội vụ", "Sở Tài chính"]) == []
