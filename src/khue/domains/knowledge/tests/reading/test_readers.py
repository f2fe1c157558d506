"""Each form of file gives its blocks in reading order; files are made here, by other libraries than ours."""

import io
import os
from pathlib import Path

import pytest
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from khue.domains.knowledge.reading import formats, reader, titles
from khue.domains.knowledge.tests.reading.test_legacy import VIETNAMESE, as_tcvn3, as_vni

SHARED = Path(os.environ.get("KHUE_SHARED") or Path(__file__).resolve().parents[7] / "shared") / "data" / "nd30"


@pytest.fixture
def read(tmp_path):
    def run(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return reader.read(path, name)

    return run


def texts(reading):
    return [block.text for block in reading.documents[0].blocks]


def kinds(reading):
    return [(block.kind, block.text) for block in reading.documents[0].blocks]


def saved(made):
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def word():
    made = Word()
    made.add_heading("Quy chế", 1)
    made.add_paragraph("Mở đầu.")
    made.add_paragraph("Mục thứ nhất", style="List Number")
    made.add_paragraph("Mục thứ hai", style="List Number")
    made.add_paragraph("Một ý", style="List Bullet")
    table = made.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows, [("Hình thức", "Lệ phí"), ("Trực tiếp", "8.000"), ("Trực tuyến", "")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("Sau bảng.")
    return made


def test_word_keeps_headings_numbers_and_tables_in_order(read):
    assert kinds(read("a.docx", saved(word()))) == [
        ("heading", "Quy chế"),
        ("paragraph", "Mở đầu."),
        ("item", "1. Mục thứ nhất"),
        ("item", "2. Mục thứ hai"),
        ("item", "- Một ý"),
        ("row", "Hình thức: Trực tiếp; Lệ phí: 8.000"),
        ("row", "Hình thức: Trực tuyến"),
        ("paragraph", "Sau bảng."),
    ]


def test_word_leaves_out_what_was_struck_in_review(read):
    made = Word()
    paragraph = made.add_paragraph("Phí là 8.000 đồng.")
    struck = OxmlElement("w:del")
    struck.append(made.add_paragraph("10.000").runs[0]._r)
    paragraph._p.append(struck)
    assert texts(read("a.docx", saved(made))) == ["Phí là 8.000 đồng."]


@pytest.mark.parametrize(("font", "write"), [(".VnTime", as_tcvn3), ("VNI-Times", as_vni)])
def test_word_in_an_old_font_becomes_unicode_beside_living_text(read, font, write):
    made = Word()
    made.add_paragraph("Tiếng Việt ở phông mới; déjà vu.")
    run = made.add_paragraph().add_run(write("cộng hoà"))
    run.font.name = font
    assert texts(read("a.docx", saved(made))) == ["Tiếng Việt ở phông mới; déjà vu.", "cộng hoà"]


def test_word_in_capitals_of_an_old_font(read):
    made = Word()
    made.styles["Normal"].font.name = ".VnTimeH"
    made.add_paragraph("Céng hoµ x· héi")
    assert texts(read("a.docx", saved(made))) == ["CỘNG HOÀ XÃ HỘI"]


def test_word_counts_article_numbers_that_only_word_draws(read):
    made = Word()
    numbering = made.part.numbering_part.element
    level = numbering.find(f"{qn('w:abstractNum')}/{qn('w:lvl')}/{qn('w:lvlText')}")
    number = numbering.find(qn("w:num"))
    level.set(qn("w:val"), "Điều %1.")
    level.getparent().find(qn("w:numFmt")).set(qn("w:val"), "decimal")
    abstract = level.getparent().getparent().get(qn("w:abstractNumId"))
    number.find(qn("w:abstractNumId")).set(qn("w:val"), abstract)
    for title in ("Phạm vi", "Đối tượng"):
        properties = made.add_paragraph(title)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = int(number.get(qn("w:numId")))
        properties.get_or_add_ilvl().val = 0
    assert texts(read("a.docx", saved(made)))[-2:] == ["Điều 1. Phạm vi", "Điều 2. Đối tượng"]


def pdf(pages, font="Helvetica", size=11):
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for lines in pages:
        height = 780
        for line in lines:
            text, points = line if isinstance(line, tuple) else (line, size)
            canvas.setFont(font, points)
            canvas.drawString(60, height, text)
            height -= 16
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_pdf_joins_lines_keeps_pages_and_drops_what_repeats(read):
    body = [
        "The applicant brings the original of the birth notice and the identity card to the com-",
        "mune office, where the clerk checks that all papers are there and gives a receipt with",
        "the day of return.",
    ]
    second = ["It is short.", "Another matter.", "A fee is due.", "The end is near."]
    pages = [["Academy of public administration", *body, text, f"Page {n} of 4"] for n, text in enumerate(second, 1)]
    found = read("a.pdf", pdf(pages)).documents[0]
    assert found.pages == 4
    assert [(block.page, block.text[:30], block.text[-18:]) for block in found.blocks[:2]] == [
        (1, "The applicant brings the origi", "the day of return."),
        (1, "It is short.", "It is short."),
    ]
    assert "commune office" in found.blocks[0].text
    assert not [block for block in found.blocks if "Academy" in block.text or "Page" in block.text]


def test_pdf_larger_letters_are_headings(read):
    lines = [("Birth registration", 20), ("Fee", 15), "The fee is 8,000 dong.", "It is paid at the desk."]
    found = read("a.pdf", pdf([lines])).documents[0].blocks
    assert [(block.kind, block.level, block.text) for block in found[:2]] == [
        ("heading", 1, "Birth registration"),
        ("heading", 2, "Fee"),
    ]


def test_pdf_in_vietnamese(read):
    face = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None) if Path("/usr/share/fonts").exists() else None
    if face is None:
        pytest.skip("needs the font DejaVu Sans")
    pdfmetrics.registerFont(TTFont("DejaVu", str(face)))
    assert texts(read("a.pdf", pdf([["Lệ phí đăng ký khai sinh."]], "DejaVu"))) == ["Lệ phí đăng ký khai sinh."]


def test_html_keeps_the_main_part(read):
    page = """<!doctype html><title>Phí</title><nav>Trang chủ</nav><script>var x = 1</script>
    <main><h1>Lệ phí</h1><p>Mức thu <b>8.000</b> đồng.</p><ul><li>Một</li></ul><ol start=3><li>Ba</li></ol>
    <table><tr><th>Hình thức</th><th>Phí</th></tr><tr><td>Trực tiếp</td><td>8.000</td></tr></table>
    <p style="display: none">ẩn</p></main><footer>©</footer>"""
    reading = read("a.html", page)
    assert reading.documents[0].title == "Phí"
    assert kinds(reading) == [
        ("heading", "Lệ phí"),
        ("paragraph", "Mức thu 8.000 đồng."),
        ("item", "- Một"),
        ("item", "3. Ba"),
        ("row", "Hình thức: Trực tiếp; Phí: 8.000"),
    ]


def test_html_in_an_old_font_becomes_unicode(read):
    page = f'<html><p>Thư mới: déjà.</p><p><font face=".VnTime">{as_tcvn3("cộng hoà")}</font></p></html>'
    assert texts(read("a.htm", page)) == ["Thư mới: déjà.", "cộng hoà"]
    whole = f"<html><body><p>{as_vni(VIETNAMESE)}</p></body></html>"
    assert texts(read("b.htm", whole.encode("latin-1"))) == [VIETNAMESE]


def test_markdown_keeps_headings_lists_and_tables(read):
    source = "# Quy chế\n\nMở đầu\n\n3. Ba\n4. Bốn\n\n- ý\n\n| Cột | Giá |\n|---|---|\n| A | **1** |\n"
    assert kinds(read("a.md", source)) == [
        ("heading", "Quy chế"),
        ("paragraph", "Mở đầu"),
        ("item", "3. Ba"),
        ("item", "4. Bốn"),
        ("item", "- ý"),
        ("row", "Cột: A; Giá: 1"),
    ]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "utf-16"), ("\t", "utf-8")])
def test_each_row_of_a_csv_carries_its_header(read, delimiter, encoding):
    rows = ["Họ tên,Năm sinh", "Nguyễn An,1990", "Trần Bình,"]
    content = "\n".join(row.replace(",", delimiter) for row in rows).encode(encoding)
    assert texts(read("a.csv", content)) == ["Họ tên: Nguyễn An; Năm sinh: 1990", "Họ tên: Trần Bình"]


def test_sheets_of_a_workbook_are_sections(read):
    book = Workbook()
    first = book.active
    first.title = "Quý I"
    for row in (["BÁO CÁO QUÝ I"], ["Xã", "Hồ sơ", "Tỷ lệ"], ["An Bình", 12, 0.5]):
        first.append(row)
    second = book.create_sheet("Quý II")
    for row in (["Xã", "Hồ sơ"], ["An Bình", 15.0]):
        second.append(row)
    book.create_sheet("Ẩn").sheet_state = "hidden"
    assert kinds(read("a.xlsx", saved(book))) == [
        ("heading", "Quý I"),
        ("paragraph", "BÁO CÁO QUÝ I"),
        ("row", "Xã: An Bình; Hồ sơ: 12; Tỷ lệ: 0.5"),
        ("heading", "Quý II"),
        ("row", "Xã: An Bình; Hồ sơ: 15"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.pdf", "<!doctype html><p>Trang web</p>", formats.HTML),
        ("a.txt", saved(word()), formats.DOCX),
        ("a.docx", pdf([["A page of text in a file."]]), formats.PDF),
        ("khong-ten", "Văn bản.", formats.TEXT),
    ],
)
def test_content_decides_what_a_file_is(read, name, content, form):
    assert read(name, content).media_type == form


def test_lines_of_plain_text_are_joined_to_paragraphs(read):
    source = (
        "THÔNG BÁO CHUNG\n\nCông dân nộp hồ sơ tại bộ phận một cửa của Ủy ban nhân dân cấp xã nơi cư trú\n"
        "hoặc qua cổng dịch vụ công trực tuyến vào bất cứ giờ nào trong ngày, kể cả ngày nghỉ\ncuối tuần.\n"
        "- Ý một\n- Ý hai\n"
    )
    found = kinds(read("a.txt", source))
    assert found[0] == ("heading", "THÔNG BÁO CHUNG")
    assert found[1][1].endswith("kể cả ngày nghỉ cuối tuần.")
    assert [text for _, text in found[2:]] == ["- Ý một", "- Ý hai"]


@pytest.mark.parametrize("name", ["30_2020_ND_CP.docx", "30_2020_ND_CP.md"])
def test_the_decree_on_records(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {SHARED} (set KHUE_SHARED)")
    from khue.domains.knowledge.reading.passages import body_and_passages

    found = reader.read(path, name).documents[0]
    headings = {passage.heading.split(" › Khoản")[0] for passage in body_and_passages(found.blocks)[1]}
    articles = {heading.rsplit(" › ", 1)[-1].split(".")[0] for heading in headings if "Điều " in heading}
    assert articles == {f"Điều {number}" for number in range(1, 39)}
    assert "Chương I. QUY ĐỊNH CHUNG › Điều 3. Giải thích từ ngữ" in headings
    if name.endswith("docx"):
        assert titles.title(found, name) == "Nghị định 30/2020/NĐ-CP: Về công tác văn thư"
        assert titles.codes(found) == ["30/2020/NĐ-CP"]
