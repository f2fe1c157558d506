"""Passages follow the structure; offsets always point at the words themselves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from khue.domains.knowledge.reading.blocks import Block
from khue.domains.knowledge.reading.passages import LONGEST, body_and_passages

LAW = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy định này áp dụng cho học viện.
Điều 2. Đối tượng áp dụng
1. Giảng viên.
2. Học viên.
Chương II
QUẢN LÝ THƯ VIỆN
Mục 1
MƯỢN TÀI LIỆU
Điều 3. Thời hạn mượn
{clauses}
Điều 4. Ban hành kèm theo Quy định này danh mục tài liệu hạn chế và biểu mẫu, có hiệu lực từ ngày 01/7/2026.
"""
WORDS = "Người mượn phải trả tài liệu đúng hạn theo quy định của thư viện. "


def passages(text, **options):
    return body_and_passages([Block(line) for line in text.splitlines()], **options)[1]


def law(clauses="1. Mười ngày."):
    return passages(LAW.format(clauses=clauses))


def test_an_article_is_a_passage_with_its_chapter():
    assert [(p.heading, p.text) for p in law()][:2] == [
        ("Chương I. QUY ĐỊNH CHUNG › Điều 1. Phạm vi điều chỉnh", "Quy định này áp dụng cho học viện."),
        ("Chương I. QUY ĐỊNH CHUNG › Điều 2. Đối tượng áp dụng › Khoản 1–2", "1. Giảng viên.\n2. Học viên."),
    ]


def test_an_article_whose_line_is_its_content_stays_text():
    last = law()[-1]
    assert last.text.startswith("Điều 4. Ban hành")
    assert last.heading.endswith("Mục 1. MƯỢN TÀI LIỆU › Điều 4")


def test_a_long_article_is_cut_before_its_clauses_and_keeps_the_path():
    long = [p for p in law("\n".join(f"{n}. {WORDS * 5}" for n in range(1, 9))) if "Điều 3." in p.heading]
    assert len(long) > 2
    assert all(p.text[0].isdigit() for p in long)
    assert [p.heading.rsplit(" › ", 1)[1] for p in long][0] == "Khoản 1–2"


def test_a_long_clause_is_cut_before_its_points():
    points = "\n".join(f"{letter}) {WORDS * 4}" for letter in "abcdeg")
    cut = [p for p in law(f"1. Người mượn:\n{points}") if "Điều 3." in p.heading]
    assert [p.heading.split("Khoản 1")[1] for p in cut] == ["", " › Điểm c–d", " › Điểm đ–g"] or len(cut) > 1
    assert all(p.text.startswith(("1.", "a)", "b)", "c)", "d)", "e)", "g)")) for p in cut)


def test_roman_parts_of_a_report_or_an_annex_make_the_path():
    text = "Phần I\nKỸ THUẬT TRÌNH BÀY\nI. QUY ĐỊNH CHUNG\n1. Khổ A4.\n2. Lề 20 mm.\nII. THÀNH PHẦN\na) Quốc hiệu."
    assert [(p.heading, p.text) for p in passages(text)] == [
        ("Phần I. KỸ THUẬT TRÌNH BÀY › I. QUY ĐỊNH CHUNG", "1. Khổ A4.\n2. Lề 20 mm."),
        ("Phần I. KỸ THUẬT TRÌNH BÀY › II. THÀNH PHẦN", "a) Quốc hiệu."),
    ]


def test_headings_of_the_file_make_the_path():
    blocks = [
        Block.heading("Hướng dẫn", 1),
        Block.heading("Lệ phí", 2),
        Block("8.000 đồng."),
        Block.heading("Thời hạn", 2),
        Block("05 ngày."),
    ]
    assert [(p.heading, p.text) for p in body_and_passages(blocks)[1]] == [
        ("Hướng dẫn › Lệ phí", "8.000 đồng."),
        ("Hướng dẫn › Thời hạn", "05 ngày."),
    ]


def test_a_heading_with_nothing_under_it_can_still_be_found():
    assert [p.text for p in body_and_passages([Block.heading("Nghỉ Tết"), Block.heading("Khác")])[1]] == [
        "Nghỉ Tết",
        "Khác",
    ]


def test_short_paragraphs_are_packed_and_the_page_is_that_of_the_first():
    blocks = [Block(WORDS * 2, page=number) for number in range(1, 21)]
    found = body_and_passages(blocks)[1]
    assert all(LONGEST / 3 < len(p.text) <= LONGEST for p in found)
    assert found[0].page == 1
    assert found[1].page == found[0].text.count("\n") + 2


_TEXT = st.text(st.sampled_from('ab ĐđếÂ.;:,?!\u0301🏛1Điều"”()'), min_size=1, max_size=400).map(
    lambda text: " ".join(text.split()) or "x"
)
_BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, _TEXT, st.sampled_from(["paragraph", "item", "row"]), rank=st.integers(0, 2)),
        st.builds(Block.heading, _TEXT, st.integers(1, 6)),
        st.builds(
            Block, st.from_regex(r"(Điều|Chương|Mục) [1-9]\. [A-Z]?[a-z ]{0,20}x|[1-9]\. a|[a-e]\) b", fullmatch=True)
        ),
    ),
    max_size=30,
)


@given(blocks=_BLOCKS, longest=st.integers(20, 200))
@settings(max_examples=300, deadline=None)
def test_offsets_point_at_the_words_and_nothing_is_lost(blocks, longest):
    body, found = body_and_passages(blocks, longest)
    assert [block.text for block in blocks] == [line for line in body.split("\n") if line]
    end = 0
    for passage in found:
        assert body[passage.start : passage.end] == passage.text
        assert passage.start >= end
        assert len(passage.text) <= 2 * longest
        end = passage.end
        assert "".join(passage.text.split()) == "".join(
            "".join(passage.text[s:e] for s, e in passage.sentences).split()
        )
    covered = " ".join(passage.text for passage in found)
    rows = {
        word for block in blocks if block.kind == "row" and len(block.text) <= longest for word in block.text.split()
    }
    assert rows <= set(covered.split())
