"""A document made elsewhere: python-docx's own styles, its lists and themes, with what must be found and what not."""

import io
from copy import deepcopy

import pytest
from benchmarks.corpora.drafting import plants
from docx import Document as new_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from khue.domains.drafting.nd30 import checking
from khue.domains.drafting.nd30.checks import capitals
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.reading import UnreadableDocument, read
from khue.domains.knowledge.reading.syllables import is_syllable

LINES_OF_THE_NATION = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nNam Định, ngày 05 tháng 3 năm 2026"
)
LINES = [
    "Căn cứ nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;",
    "Theo Nghị định số 110/2004/NĐ-CP ngày 08 tháng 4 năm 2004 của Chính phủ, sở Tài Chính báo cáo như sau.",
    "Thực hiện Quyết định số 999/QĐ-UBND ngày 01 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh, đã xữ lý hồ sơ của ông "
    "Nguyễn văn Dũng, căn cước công dân số 001099012345.",
    "Việc này thuộc nghành nội vụ, phục vụ nhân dân ở Tỉnh Nam Định.",
]


def made() -> bytes:
    """Heading styles for the titles, a table with merged cells as the head, the body in a numbered list."""
    document, octets = new_docx(), io.BytesIO()
    head = document.add_table(2, 2)
    head.cell(0, 0).text = "SỞ TÀI CHÍNH"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 5/BC-STC"
    head.cell(1, 1).text = "Nam Định, ngày 5 tháng 03 năm 2026"
    document.add_heading("BÁO CÁO", 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("kết quả công tác", 2)
    for line in LINES:
        document.add_paragraph(line, style="List Number")
    quoted = document.add_paragraph(style="Intense Quote")
    quoted.add_run("Nơi nhận:").font.size = Pt(10)
    document.add_paragraph("- Lưu: VT.")
    document.save(octets)
    return octets.getvalue()


def state(code: str) -> str:
    return {"30/2020/NĐ-CP": "known", "110/2004/NĐ-CP": "expired"}.get(code, "unknown")


def personal(text: str) -> list[str]:
    return ["cccd"] if "001099012345" in text else []


@pytest.fixture(scope="module")
def found():
    known = Known(is_syllable=is_syllable, state_of=state, personal=personal)
    return {(one.rule, one.found) for one in checking.check(made(), known)}


@pytest.mark.parametrize(
    "planted",
    [
        ("annex-2", "nghị định"), ("annex-2", "sở Tài Chính"), ("annex-2", "nhân dân"), ("annex-2", "Tỉnh"),
        ("annex-2", "Nguyễn văn"), ("citation-expired", "Nghị định số 110/2004/NĐ-CP"),
        ("citation-unknown", "Quyết định số 999/QĐ-UBND"), ("spelling", "nghành"), ("spelling", "xữ lý"),
        ("personal-data", "cccd"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(found, planted):
    assert planted in found


def test_what_is_right_is_not_found(found):
    said = {text for rule, text in found if rule in {"annex-2", "citation-expired", "citation-unknown", "spelling"}}
    assert not said & {"Chính phủ", "Ủy ban nhân dân", "Nghị định số 30/2020/NĐ-CP", "Nam Định", "hồ sơ"}


def test_its_layout_is_mended_and_no_word_is_lost():
    once, _left = checking.fix(made())
    assert checking.words_of(once) == checking.words_of(made())
    assert checking.fix(once)[0] == once


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ điểm a khoản 2 Điều 103 Mục 5 Chương XII Phần I của Bộ luật Hình sự.",
        "Theo quy định tại điểm a khoản 1 Điều 24 Tiểu mục 1 Mục 1 Chương III của Nghị quyết số 351/2017/UBTVQH14.",
        "Uỷ ban nhân dân tỉnh Nam Định, Quận 1, Phường Điện Biên Phủ, Thủ đô Hà Nội, Thành phố Hồ Chí Minh.",
        "Cửa Lò, Vũng Tàu; biển Cửa Lò, chợ Bến Thành, sông Vàm Cỏ, vịnh Hạ Long, Tây Bắc, Bắc Bộ; gió tây bắc.",
        "Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam, Văn phòng Trung ương Đảng, Liên hợp quốc (UN), ASEAN.",
        "Huân chương Sao vàng, Nghệ sĩ Nhân dân, Anh hùng Lao động; Chủ tịch Quốc hội; Giáo sư Tôn Thất Tùng.",
        "ngày Quốc khánh 2-9, ngày Quốc tế Lao động 1-5; Kỷ Tỵ; tết Nguyên đán; thứ Hai, tháng Tám; Triều Lý.",
        "Vla-đi-mia I-lích Lê-nin, Phri-đrích Ăng-ghen; Mát-xcơ-va, Men-bơn; Bắc Kinh; tạp chí Cộng sản.",
        "quản lý nhà nước, ngân sách nhà nước, chính phủ điện tử, nước ngoài, Hội đồng nhân dân, Quân đội nhân dân",
    ],
)
def test_the_decree_s_own_examples_are_right(text):
    class Line:
        where = ""

    line = Line()
    line.text = text
    assert list(capitals.check(line)) == []


def test_a_table_in_a_table_and_old_codes_are_read():
    document, octets = new_docx(), io.BytesIO()
    inner = document.add_table(1, 1).cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "Số liệu"
    document.add_paragraph("Céng hßa x· héi chñ nghÜa ViÖt Nam, b¸o c¸o c«ng t¸c v¨n th­ n¨m 2026 cña Së Néi vô.")
    document.save(octets)
    reading = read(octets.getvalue())
    assert "Số liệu" in {one.text for one in reading.paragraphs}
    assert ("code", "file") in {(one.rule, one.cell) for one in checking.check(octets.getvalue())}


def test_lines_broken_by_hand_are_lines():
    """The head as people type it: one paragraph a cell, Shift and Enter between the lines."""
    document, octets = new_docx(), io.BytesIO()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN TỈNH\nSỞ NỘI VỤ\nSố: 05/SNV-VP"
    head.cell(0, 1).text = LINES_OF_THE_NATION
    document.add_paragraph("Kính gửi: Sở Tài chính")
    document.add_paragraph("Đề nghị Sở Tài chính cử 2 người dự họp.")
    document.save(octets)
    missing = {one.expected for one in checking.check(octets.getvalue()) if one.rule == "missing"}
    assert not missing & {"Quốc hiệu", "Tiêu ngữ", "Cơ quan ban hành", "Số, ký hiệu", "Địa danh và thời gian"}
    once, _left = checking.fix(octets.getvalue())
    assert checking.words_of(once) == checking.words_of(octets.getvalue())
    assert checking.fix(once)[0] == once
    cells = new_docx(io.BytesIO(once)).tables[0].rows[0].cells
    said = [one.text for one in cells[1].paragraphs if one.text]
    assert said == LINES_OF_THE_NATION.split("\n")


def test_a_real_document_of_two_thousand_pages_is_refused():
    document, octets = new_docx(), io.BytesIO()
    body, line = document.element.body, document.add_paragraph("Nội dung của một dòng.")._p
    for _line in range(20_000):
        body.insert(0, deepcopy(line))
    document.save(octets)
    with pytest.raises(UnreadableDocument) as refused:
        read(octets.getvalue())
    assert refused.value.reason == "too-large"


def test_letters_and_marks_apart_are_read_as_one():
    import unicodedata

    def parted(document):
        for one in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
            one.text = unicodedata.normalize("NFD", one.text or "")

    document, octets = new_docx(io.BytesIO(plants.right()["thong-bao"])), io.BytesIO()
    parted(document)
    document.save(octets)
    assert [(one.rule, one.found) for one in checking.check(octets.getvalue())] == [("code", "parted letters")]


def test_a_letter_in_french_is_not_read_as_vietnamese():
    document, octets = new_docx(), io.BytesIO()
    document.add_paragraph("Réponse souhaitée auprès de la Direction de l’intérieur ; veuillez agréer nos salutations.")
    document.save(octets)
    found = checking.check(octets.getvalue(), Known(is_syllable=is_syllable))
    assert "spelling" not in {one.rule for one in found}
