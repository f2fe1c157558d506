"""A model's sentence stands only if it says what was found."""

import pytest

from khue.domains.analysis.briefing import asking, checks, composing
from khue.domains.analysis.briefing.findings import find
from khue.domains.analysis.tests.briefing.results import course, ranking
from khue.domains.knowledge.api import detect_language


@pytest.fixture
def ground():
    given = composing.offer(find([ranking(), course()], "vi"), "vi")
    said, option = asking.told(given, "Nên làm gì?"), given.options[0]
    return checks.Ground(
        language="vi",
        found=list(said.findings.values()),
        option=f"{option.texts['name'].text} {option.texts['what'].text}",
        order=asking.order(said),
        names=frozenset(name for one in said.findings.values() for name in one.known),
        stands=said.stands,
        detect=detect_language,
    )


GOOD = "Phù hợp vì “Thời gian chờ” trung bình ở Lâm Đồng là {a}, cao nhất trong các tỉnh."


def test_a_sentence_that_says_what_was_found_stands_with_its_figure(ground):
    assert checks.fault(GOOD, ground) == ""
    made = checks.filled(GOOD, ground.stands)
    assert "ở Lâm Đồng là 18,2, cao nhất" in made.text
    assert [(one.text, one.cell.row) for one in made.bound] == [("18,2", ("Lâm Đồng",))]
    assert made.text[made.bound[0].start : made.bound[0].end] == "18,2"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Phù hợp vì “Thời gian chờ” trung bình ở Lâm Đồng là 25 ngày.", "figure"),
        ("Phù hợp vì “Thời gian chờ” trung bình ở Lâm Đồng là {z}.", "mark"),
        ("Phù hợp vì “Thời gian chờ” trung bình ở Lâm Đồng là {", "length"),
        ("Muốn nêu con số thì chép ký hiệu như {a}, nêu tên nơi và chỉ tiêu đúng như trong kết quả.", "echo"),
        ("Cử tổ hỗ trợ đến làm việc cùng Lâm Đồng, Hải Phòng và Quảng Ninh trong một thời hạn định trước.", "echo"),
        ("The average waiting time in Lâm Đồng is the highest of all the places.", "language"),
        ("Phù hợp vì “Thời gian chờ” trung bình ở Cà Mau là cao nhất trong các tỉnh.", "place"),
        ("Phù hợp vì “Tổng số hồ sơ trễ” ở Lâm Đồng cao nhất trong các tỉnh.", "indicator"),
        ("Phù hợp vì cách làm này giúp nâng cao hiệu quả hoạt động của bộ máy ở Lâm Đồng.", "content"),
        ("Phù hợp vì “Thời gian chờ” trung bình ở Tây Ninh là {b}, cao nhất trong các tỉnh.", "direction"),
        ("Phù hợp vì “Thời gian chờ” ở Tây Ninh cao hơn ở Lâm Đồng.", "direction"),
        ("Phù hợp vì từ 2019 đến 2025 tổng “Số hồ sơ” giảm.", "direction"),
        ("Phù hợp vì “Thời gian chờ” trung bình ở Hải Phòng là {a}, cao nhất trong các tỉnh.", "row"),
        ("Vì chờ lâu.", "length"),
    ],
)
def test_what_may_not_stand(ground, text, fault):
    assert checks.fault(text, ground) == fault


def test_only_the_first_whole_sentence_is_looked_at():
    assert checks.first_sentence("Một câu đủ. Và rồi thì") == "Một câu đủ."
    assert checks.first_sentence("Một câu bị cắt gi") == ""
