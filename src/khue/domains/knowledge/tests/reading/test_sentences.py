import pytest

from khue.domains.knowledge.reading import sentences

# each list is one text, joined by a space, that must come apart in just these places
TEXTS = [
    ["Lệ phí là 1.234,5 đồng.", "Thời hạn là 05 ngày làm việc."],
    ["UBND TP. Hồ Chí Minh tiếp nhận hồ sơ.", "ThS. Nguyễn Văn A. ký thay PGS.TS. Trần Văn B."],
    ["Nộp tại Q. Tân Bình, P. 5.", "Sau đó chờ kết quả."],
    ["Thủ tục 1.001193 áp dụng từ 01.07.2026.", "Mức thu là 8.000 đồng."],
    ["Gồm tờ khai, giấy chứng sinh, v.v.", "Hồ sơ nộp một lần."],
    ["Người nộp hồ sơ theo quy định tại Điều 5.", "Cơ quan trả lời trong 03 ngày."],
    ["Có được miễn phí không?", "Có, với trẻ em dưới 06 tuổi!", "Xem thêm khoản 2…"],
    ["“Hồ sơ đã đủ.”", "Cán bộ tiếp nhận nói như vậy."],
    ["Dự án thuộc nhóm B.", "Các dự án khác không áp dụng."],
    ["Mr. Smith and Dr. Jones met J. K. Rowling at 5 p.m.", "They left at once."],
    ["See art. 5 and No. 12 of the U.S. Code, e.g. the first part.", "It costs 1,234.50 dollars."],
    ["M. Dupont et Mme. Martin habitent bd. Voltaire.", "L'art. 12 s'applique (cf. p. 3).", "C'est tout."],
    ["Le délai est de 2 mois.", "« Il peut être prolongé. »", "À défaut, la demande est rejetée."],
    ["Phí là 8.000 đồng. [1]", "Thời hạn là 5 ngày [2].", "Nộp trực tuyến.[3]", "Hết."],
]


@pytest.mark.parametrize("parts", TEXTS, ids=[parts[0][:30] for parts in TEXTS])
def test_texts_come_apart_at_the_ends_of_sentences(parts):
    assert sentences.split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5. Hồ sơ đăng ký khai sinh",
        "1. Tờ khai theo mẫu",
        "1.2. Thành phần hồ sơ",
        "IV. TỔ CHỨC THỰC HIỆN",
        "a. Bản chính giấy chứng sinh",
        "Bước 2. Cán bộ tiếp nhận kiểm tra",
        "Article 12. Definitions",
    ],
)
def test_a_number_at_the_start_of_a_line_belongs_to_what_follows(line):
    assert sentences.split(line) == [line]


def test_no_sentence_spans_two_lines():
    assert sentences.split("Hồ sơ gồm:\n- tờ khai\n- giấy chứng sinh") == [
        "Hồ sơ gồm:",
        "- tờ khai",
        "- giấy chứng sinh",
    ]


def test_a_missing_space_does_not_hide_the_end():
    assert sentences.split("Nộp hồ sơ.Sau khi nhận, cán bộ kiểm tra.") == [
        "Nộp hồ sơ.",
        "Sau khi nhận, cán bộ kiểm tra.",
    ]
    assert sentences.split("Nộp tại Tp.Hà Nội hoặc TP.HCM.") == ["Nộp tại Tp.Hà Nội hoặc TP.HCM."]


def test_spans_point_into_the_text():
    text = "  Một câu.  Hai câu.\n\nBa. "
    assert [text[start:end] for start, end in sentences.spans(text)] == ["Một câu.", "Hai câu.", "Ba."]
