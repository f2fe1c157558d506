"""Results, steps and lists: hand-checked."""

from khue.domains.procedures.portal.lists import names, related
from khue.domains.procedures.portal.results import results
from khue.domains.procedures.portal.steps import steps

FORM = "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --Đơn vị-- Chọn Cơ sở --Nộp hồ sơ"
NOTHING = "Từ khóaKhông có thông tinMô tảKhông có thông tin"


def test_results_without_the_pages_form():
    parsed = results(f"Giấy chứng nhậnMã: KQ.G12.001051Thông báoMã: 000.00.00.G04-KQ3172{NOTHING}{FORM}")
    assert [(r.name, r.code) for r in parsed.value.results] == [
        ("Giấy chứng nhận", "KQ.G12.001051"),
        ("Thông báo", "000.00.00.G04-KQ3172"),
    ]
    assert parsed.lost == 0
    assert "Chọn" not in str(parsed.value)


def test_keywords_and_description_of_a_result():
    parsed = results("Thẻ căn cướcMã: KQ.G01.000023Từ khóaCấp lại thẻMô tảTrong nước")
    assert (parsed.value.keywords, parsed.value.description, parsed.lost) == ("Cấp lại thẻ", "Trong nước", 0)


def test_a_code_that_somebody_typed():
    parsed = results(f"Chứng chỉMã: utwGiấy phépMã: sggaTừ khóa{NOTHING.removeprefix('Từ khóa')}")
    assert [(r.name, r.code) for r in parsed.value.results] == [("Chứng chỉ", "utw"), ("Giấy phép", "sgga")]


def test_steps_with_labels():
    parsed = steps("Trước hết\nBước 1: Nộp hồ sơ\ntại xã.\nb) Bước 2. Nhận kết quả")
    assert [(s.label, s.text) for s in parsed.value] == [
        ("", "Trước hết"),
        ("Bước 1:", "Nộp hồ sơ\ntại xã."),
        ("b) Bước 2.", "Nhận kết quả"),
    ]
    assert parsed.lost == 0


def test_a_step_mentioned_in_a_sentence_is_no_label():
    assert len(steps("Bước 1: theo Bước 2 dưới đây").value) == 1


def test_names_are_split_at_capitals_only():
    source = "Cục Cảnh sát quản lý hành chính về trật tự, xã hội, Công an cấp Xã"
    assert names(source).value == ("Cục Cảnh sát quản lý hành chính về trật tự, xã hội", "Công an cấp Xã")


def test_names_are_not_split_inside_brackets():
    source = "Tổ chức (không bao gồm doanh nghiệp, HTX), Doanh nghiệp"
    assert names(source).value == ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "Doanh nghiệp")


def test_a_part_of_a_name_that_comes_back_opens_longer_names():
    source = "Trung tâm Chất lượng, Chế biến vùng 1, Trung tâm Chất lượng, Chế biến vùng 2"
    assert names(source).value == ("Trung tâm Chất lượng, Chế biến vùng 1", "Trung tâm Chất lượng, Chế biến vùng 2")


def test_no_information_is_no_name():
    assert names("Không có thông tin").value == ()


def test_related_procedures_stand_once():
    parsed = related("#Tên thủ tục1Cấp lại thẻ#1Tên thủ tụcCấp lại thẻ")
    assert [(r.number, r.name) for r in parsed.value] == [("1", "Cấp lại thẻ")]
    assert parsed.lost == 0
