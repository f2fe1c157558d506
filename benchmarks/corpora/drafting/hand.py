"""Right documents as others make them: direct formatting, tables and lines of other kinds, other sizes in the rules.

Independent of the compiler: nothing of it is used here.
"""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

TEXT = (
    "Thực hiện chương trình công tác năm, đơn vị đã rà soát toàn bộ hồ sơ tồn đọng và phân công người phụ trách từng "
    "lĩnh vực; kết quả được cập nhật hằng tuần trên hệ thống."
)


class Sheet:
    def __init__(self, *, top: float = 20, left: float = 30, right: float = 20, body: float = 14, small: float = 13,
                 indent: float = 1.27, after: float = 6, spacing: float = 1.0,
                 lines: str = "text") -> None:  # fmt: skip
        self.document = Document()
        self.body, self.small, self.indent, self.after = body, small, indent, after
        self.spacing, self.lines = spacing, lines
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(top)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(body)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        normal.paragraph_format.space_after = Pt(0)
        section.different_first_page_header_footer = True
        holder = section.header.paragraphs[0]
        holder.alignment = ALIGN.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE ")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "2"
        run.append(text)
        field.append(run)
        holder._p.append(field)
        holder.style.font.size = Pt(14)

    def line(self, holder: Any, text: str, size: float, *, bold: bool = False, italic: bool = False,
             align: Any = ALIGN.CENTER, fresh: bool = True) -> Any:  # fmt: skip
        paragraph = holder.paragraphs[0] if fresh and not holder.paragraphs[0].text else holder.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        run.font.size = Pt(size)
        return paragraph

    def drawn(self, holder: Any, share: float, above: str, size: float) -> None:
        """A line under an element: underscores, or a drawn one."""
        if self.lines == "text":
            count = max(4, round(len(above) * share))
            self.line(holder, "_" * count, size, fresh=False)
            return
        paragraph = holder.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        wide = round(len(above) * share * size * 0.165 * 36_000)
        xml = (
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            f'<wp:inline><wp:extent cx="{wide}" cy="0"/><wp:docPr id="1" name="Line 1"/></wp:inline></w:drawing>'
        )
        from lxml import etree

        paragraph.add_run()._r.append(etree.fromstring(xml))

    def head(self, above: str, agency: str, number: str, day: str, about: str = "") -> None:
        table = self.document.add_table(rows=2, cols=2)
        table.autofit = False
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Cm(6.6), Cm(9.4)
        left, right = table.rows[0].cells
        if above:
            self.line(left, above, 12)
        self.line(left, agency, 12 if self.small < 13 else 13, bold=True, fresh=not above)
        self.drawn(left, 0.4, agency, 13)
        self.line(right, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
        self.line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True, fresh=False)
        self.drawn(right, 0.94 if self.lines == "text" else 1, "Độc lập - Tự do - Hạnh phúc", 13)
        left, right = table.rows[1].cells
        self.line(left, number, 13)
        if about:
            self.line(left, about, 12, fresh=False).paragraph_format.space_before = Pt(6)
        self.line(right, day, 14 if self.body > 13 else 13, italic=True)

    def title(self, kind: str, subject: str) -> None:
        self.document.add_paragraph()
        first = self.document.add_paragraph()
        first.alignment = ALIGN.CENTER
        first.add_run(kind).bold = True
        second = self.document.add_paragraph()
        second.alignment = ALIGN.CENTER
        second.add_run(subject).bold = True
        third = self.document.add_paragraph("_" * max(5, round(len(subject) * 0.4)))
        third.alignment = ALIGN.CENTER

    def told(self, text: str, *, bold: str = "", italic: bool = False, align: Any = ALIGN.JUSTIFY) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after = Cm(self.indent), Pt(self.after)
        form.line_spacing = self.spacing
        if bold:
            paragraph.add_run(bold).bold = True
        paragraph.add_run(text).italic = italic
        return paragraph

    def centred(self, text: str, *, bold: bool = True) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.add_run(text).bold = bold

    def end(self, recipients: list[str], held: list[str], name: str) -> bytes:
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        self.line(left, "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
        for each in recipients:
            self.line(left, each, 11, align=ALIGN.LEFT, fresh=False)
        for index, each in enumerate(held):
            self.line(right, each, self.body, bold=True, fresh=not index)
        for _ in range(4):
            right.add_paragraph()
        self.line(right, name, self.body, bold=True, fresh=False)
        octets = io.BytesIO()
        self.document.save(octets)
        return octets.getvalue()


def notice() -> bytes:
    sheet = Sheet()
    sheet.head("UBND TỈNH LÂM ĐỒNG", "SỞ XÂY DỰNG", "Số: 08/TB-SXD", "Lâm Đồng, ngày 09 tháng 02 năm 2026")
    sheet.title("THÔNG BÁO", "Về lịch tiếp công dân quý I năm 2026")
    sheet.told(TEXT)
    sheet.told("Lịch tiếp công dân được niêm yết tại trụ sở./.")
    return sheet.end(["- Các phòng;", "- Lưu: VT, VP."], ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Đinh Văn Sơn")


def letter() -> bytes:
    sheet = Sheet(body=13, small=12, spacing=1.2, lines="drawn")
    sheet.head("BỘ Y TẾ", "CỤC PHÒNG BỆNH", "Số: 112/PB-TCHC", "Hà Nội, ngày 17 tháng 6 năm 2026",
               "V/v cung cấp số liệu tiêm chủng")  # fmt: skip
    sheet.centred("Kính gửi: Sở Y tế tỉnh Hưng Yên", bold=False)
    sheet.told(TEXT)
    sheet.told("Đề nghị Sở gửi số liệu trước ngày 30 tháng 6 năm 2026./.")
    return sheet.end(
        ["- Như trên;", "- Cục trưởng (để báo cáo);", "- Lưu: VT, TCHC."],
        ["TL. CỤC TRƯỞNG", "CHÁNH VĂN PHÒNG"],
        "Lý Thị Mai",
    )


def decision() -> bytes:
    sheet = Sheet(left=35, right=15, indent=1.0, after=8, spacing=1.15)
    sheet.head("", "ỦY BAN NHÂN DÂN XÃ ĐỒNG VỌNG", "Số: 31/QĐ-UBND", "Đồng Vọng, ngày 22 tháng 10 năm 2026")
    sheet.title("QUYẾT ĐỊNH", "Về việc thành lập Tổ công nghệ số cộng đồng")
    sheet.centred("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ ĐỒNG VỌNG")
    sheet.told("Căn cứ Luật Tổ chức chính quyền địa phương;", italic=True)
    sheet.told("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.", italic=True)
    sheet.centred("QUYẾT ĐỊNH:")
    sheet.told(" Thành lập Tổ công nghệ số cộng đồng gồm bảy người.", bold="Điều 1.")
    sheet.told(" Tổ có các nhiệm vụ sau:", bold="Điều 2.")
    sheet.told("1. Hướng dẫn người dân dùng dịch vụ công trực tuyến.")
    sheet.told("2. Ghi lại khó khăn và báo cáo hằng tháng.")
    sheet.told(" Các ông, bà có tên chịu trách nhiệm thi hành Quyết định này./.", bold="Điều 3.")
    return sheet.end(["- Như Điều 3;", "- Lưu: VT."], ["CHỦ TỊCH"], "Trịnh Văn Quý")


def report() -> bytes:
    sheet = Sheet(top=25, body=14, spacing=1.5)
    sheet.head("TỈNH ỦY BẾN THUYỀN".replace("TỈNH ỦY", "UBND TỈNH"), "SỞ DU LỊCH", "Số: 140/BC-SDL",
               "Bến Thuyền, ngày 03 tháng 12 năm 2026")  # fmt: skip
    sheet.title("BÁO CÁO", "Kết quả phát triển du lịch cộng đồng năm 2026")
    sheet.centred("Kính gửi: Ủy ban nhân dân tỉnh Bến Thuyền", bold=False)
    sheet.told("", bold="I. KẾT QUẢ")
    sheet.told("", bold="1. Khách đến")
    sheet.told(TEXT)
    sheet.told("", bold="2. Doanh thu")
    for letter_, text in zip("abcdđe", ("Lưu trú;", "Ăn uống;", "Vận tải;", "Bán hàng;", "Vé;", "Khác."), strict=True):
        sheet.told(f"{letter_}) {text}")
    sheet.told("", bold="II. KIẾN NGHỊ")
    sheet.told("Đề nghị tỉnh hỗ trợ ba xã làm bến thuyền./.")
    return sheet.end(["- Như trên;", "- Lưu: VT, QLDL."], ["GIÁM ĐỐC"], "Hồ Thị Sen")


def plan() -> bytes:
    sheet = Sheet(lines="drawn", body=13, small=12)
    sheet.head("ĐẠI HỌC SÔNG CẦU", "TRƯỜNG KINH TẾ", "Số: 19/KH-TKT", "Thái Nguyên, ngày 12 tháng 01 năm 2026")
    sheet.title("KẾ HOẠCH", "Tổ chức kỳ thi kết thúc học phần")
    sheet.told("Căn cứ chương trình đào tạo năm học, Trường xây dựng kế hoạch như sau.".replace("Căn cứ", "Theo"))
    sheet.told("1. Thời gian: từ ngày 19 tháng 01 năm 2026.")
    sheet.told("2. Hình thức: thi trên máy tính.")
    sheet.told("3. Kinh phí: theo quy định chi tiêu nội bộ./.")
    return sheet.end(["- Các khoa;", "- Lưu: VT, KT."], ["HIỆU TRƯỞNG"], "Vương Đình Thắng")


def submission() -> bytes:
    sheet = Sheet(indent=1.0)
    sheet.head("", "BAN QUẢN LÝ DI TÍCH", "Số: 04/TTr-BQL", "Huế, ngày 28 tháng 02 năm 2026")
    sheet.title("TỜ TRÌNH", "Về việc tu bổ cổng di tích")
    sheet.centred("Kính gửi: Sở Văn hóa và Thể thao", bold=False)
    sheet.told(TEXT)
    sheet.told("Kính trình Sở xem xét, quyết định./.")
    return sheet.end(["- Như trên;", "- Lưu: VT, KT (2)."], ["TRƯỞNG BAN"], "Tôn Nữ Hạnh")


RIGHT: dict[str, Callable[[], bytes]] = {
    "hand-notice": notice,
    "hand-letter": letter,
    "hand-decision": decision,
    "hand-report": report,
    "hand-plan": plan,
    "hand-submission": submission,
}
