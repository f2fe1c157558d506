"""The books of outgoing and incoming documents (articles 15, 22; annex IV) as a workbook and as pages to sign."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from khue.domains.drafting.nd30.layout import HERE, data
from khue.ui import typesetting

# columns of the forms: heading, width in millimetres on A4 landscape
OUT = (
    ("Số, ký hiệu văn bản", 30), ("Ngày tháng văn bản", 24), ("Tên loại và trích yếu nội dung văn bản", 78),
    ("Người ký", 30), ("Nơi nhận văn bản", 42), ("Đơn vị, người nhận bản lưu", 26), ("Số lượng bản", 15),
    ("Ghi chú", 20),
)  # fmt: skip
IN = (
    ("Ngày đến", 22), ("Số đến", 14), ("Tác giả", 36), ("Số, ký hiệu", 28), ("Ngày tháng", 22),
    ("Tên loại và trích yếu nội dung", 66), ("Đơn vị hoặc người nhận", 26), ("Ngày chuyển", 18), ("Ký nhận", 15),
    ("Ghi chú", 20),
)  # fmt: skip
TITLES = {"out": "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "in": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"}


@dataclass(frozen=True)
class Book:
    """`kind`: "out" or "in"; `first`, `last`: the numbers that it holds."""

    kind: str
    agency: str
    superior: str
    year: int
    rows: Sequence[Sequence[str]]
    first: int = 0
    last: int = 0
    begins: date | None = None
    ends: date | None = None

    @property
    def columns(self) -> tuple[tuple[str, int], ...]:
        return OUT if self.kind == "out" else IN

    @property
    def cover(self) -> list[str]:
        """Lines of the cover below the title."""
        days = f"Từ ngày {_day(self.begins)} đến ngày {_day(self.ends)}"
        return [f"Năm: {self.year}", days, f"Từ số {self.first:02d} đến số {self.last:02d}", "Quyển số: 01"]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"


def xlsx(book: Book) -> bytes:
    """A sheet that prints on A4 landscape, with the headings on each page."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Văn bản đi" if book.kind == "out" else "Văn bản đến"
    font, thin = data()["page"]["font"], Side(style="thin")
    for number, (text, bold) in enumerate([(book.agency.upper(), True), (TITLES[book.kind], True),
                                           ("; ".join(book.cover), False)], 1):  # fmt: skip
        cell = sheet.cell(number, 1, text)
        cell.font = Font(name=font, size=13, bold=bold)
    start = 5
    for at, (heading, wide) in enumerate(book.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = wide / 2.1
        for row, text in ((start, heading), (start + 1, f"({at})")):
            cell = sheet.cell(row, at, text)
            cell.font = Font(name=font, size=12, bold=row == start)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = Border(thin, thin, thin, thin)
    for row, told in enumerate(book.rows, start + 2):
        for at, text in enumerate(told, 1):
            cell = sheet.cell(row, at)
            # text, whatever it looks like: "=1+1" in a subject is no formula
            cell.value, cell.data_type = text, "s"
            cell.font, cell.border = Font(name=font, size=12), Border(thin, thin, thin, thin)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = f"A{start + 2}"
    sheet.print_title_rows = f"{start}:{start + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    octets = io.BytesIO()
    made.save(octets)
    return octets.getvalue()


def pdf(book: Book, *, at: datetime | None = None) -> bytes:
    """A cover, then the pages."""
    given = {
        "agency": book.agency.upper(),
        "superior": book.superior.upper(),
        "title": TITLES[book.kind],
        "cover": book.cover,
        "columns": [[heading, wide] for heading, wide in book.columns],
        "rows": [list(row) for row in book.rows],
    }
    return typesetting.pdf(HERE / "book.typ", given, at=at or datetime.now(UTC))
