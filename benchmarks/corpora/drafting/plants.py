# ruff: noqa: E501 -- a table reads by its rows
"""Departures to plant, one a file: what is changed in a right document, and the cell and rule that must be named.

The half "tune" was looked at while the checker was written, the half "report" was not: they are split by departure, so
that no departure is in both.
"""

import copy
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from benchmarks.corpora.drafting import hand
from docx import Document as open_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from khue.domains.drafting.nd30 import compiling
from khue.domains.drafting.nd30.shape import Document

HERE = Path(__file__).parent
Act = Callable[[Any], None]


@dataclass(frozen=True)
class Plant:
    name: str
    cell: str
    rules: tuple[str, ...]
    base: str
    half: str
    act: Act


@cache
def right() -> dict[str, bytes]:
    """Thirty of the compiler, one for each type and one more letter, and those that were made by hand."""
    made: dict[str, bytes] = {}
    for given in yaml.safe_load((HERE / "right.yaml").read_text(encoding="utf-8"))["documents"]:
        document = Document.model_validate(given)
        name = document.type if document.type not in made else f"{document.type}-2"
        made[name] = compiling.docx(document)
    return made | {name: make() for name, make in hand.RIGHT.items()}


def planted(plant: Plant) -> bytes:
    document = open_docx(io.BytesIO(right()[plant.base]))
    plant.act(document)
    octets = io.BytesIO()
    document.save(octets)
    return octets.getvalue()


# How things are changed --------------------------------------------------------------------------


def paragraphs(document: Any) -> list[Any]:
    from docx.text.paragraph import Paragraph

    return [Paragraph(each, document) for each in document.element.body.iter(qn("w:p"))]


def line(document: Any, start: str) -> Any:
    """The first paragraph whose text fits."""
    return next(each for each in paragraphs(document) if re.match(start, each.text.strip()))


def lines(document: Any, start: str) -> list[Any]:
    return [each for each in paragraphs(document) if re.match(start, each.text.strip())]


def font(start: str, **facts: Any) -> Act:
    def act(document: Any) -> None:
        for run in line(document, start).runs:
            for name, value in facts.items():
                setattr(run.font, name, value)

    return act


def colour(start: str, value: str) -> Act:
    def act(document: Any) -> None:
        for run in line(document, start).runs:
            run.font.color.rgb = RGBColor.from_string(value)

    return act


def form(start: str, **facts: Any) -> Act:
    def act(document: Any) -> None:
        for name, value in facts.items():
            setattr(line(document, start).paragraph_format, name, value)

    return act


def said(start: str, old: str, new: str) -> Act:
    """Words changed, the looks kept."""

    def act(document: Any) -> None:
        found = line(document, start)
        before = found.text
        whole = re.sub(old, new, before, count=1)
        assert whole != before, (start, old)
        keep = found.runs[0]
        if len(found.runs) > 1 and any(re.search(old, run.text) for run in found.runs):
            for run in found.runs:
                run.text = re.sub(old, new, run.text, count=1)
            return
        keep.text = whole
        for run in found.runs[1:]:
            run._r.getparent().remove(run._r)

    return act


def gone(start: str) -> Act:
    def act(document: Any) -> None:
        for found in lines(document, start)[:1]:
            parent = found._p.getparent()
            parent.remove(found._p)
            if parent.tag == qn("w:tc") and parent.find(qn("w:p")) is None:
                parent.append(OxmlElement("w:p"))

    return act


def without_line(start: str) -> Act:
    def act(document: Any) -> None:
        following = line(document, start)._p.getnext()
        following.getparent().remove(following)

    return act


def line_length(start: str, side: float) -> Act:
    """The drawn line set in from both sides by so many millimetres."""

    def act(document: Any) -> None:
        from docx.text.paragraph import Paragraph

        drawn = Paragraph(line(document, start)._p.getnext(), document)
        drawn.paragraph_format.left_indent = drawn.paragraph_format.right_indent = Mm(side)

    return act


def page(**facts: float) -> Act:
    def act(document: Any) -> None:
        for name, value in facts.items():
            setattr(document.sections[0], name, Mm(value))

    return act


def swapped(document: Any) -> None:
    """The cells of the head change places."""
    for row in document.tables[0].rows:
        first, second = row._tr.findall(qn("w:tc"))
        second.addnext(first)


def number_in_footer(document: Any) -> None:
    section = document.sections[0]
    field = section.header.paragraphs[0]._p
    section.footer.paragraphs[0]._p.addnext(copy.deepcopy(field))
    field.getparent().remove(field)


def number_at_first(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def number_aligned(document: Any) -> None:
    document.sections[0].header.paragraphs[0].alignment = 2


def number_small(document: Any) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run.font.size = Pt(10)


def number_italic(document: Any) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run.font.italic = True


def annex_counts_on(document: Any) -> None:
    for found in document.element.iter(qn("w:pgNumType")):
        found.attrib.pop(qn("w:start"))


def unboxed(start: str) -> Act:
    def act(document: Any) -> None:
        for found in line(document, start)._p.iter(qn("w:pBdr")):
            found.getparent().remove(found)
            break

    return act


def underlined_motto(document: Any) -> None:
    without_line("Độc lập")(document)
    for run in line(document, "Độc lập").runs:
        run.font.underline = True


def tracked(document: Any) -> None:
    found = line(document, "Điều 2")
    wrapper = OxmlElement("w:ins")
    wrapper.set(qn("w:id"), "1")
    wrapper.set(qn("w:author"), "B")
    run = found.runs[-1]._r
    run.addprevious(wrapper)
    wrapper.append(run)


def auto_letters(document: Any) -> None:
    """Points by the word processor's own list, which counts a b c d e."""
    for letter, new in (("đ", "e"), ("d", "d")):
        for found in lines(document, rf"{letter}\) ")[:1]:
            found.runs[0].text = found.runs[0].text.replace(f"{letter})", f"{new})", 1)


BOLD, UPRIGHT = {"bold": True}, {"italic": False}
# (name, cell, rules, bases, act)
TABLE: Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...], Act]] = [
    ("nation small letters", "1", ("capitals", "wording"), ("quyet-dinh", "hand-notice"), said("CỘNG HÒA|CỘNG HOÀ", ".*", "Cộng hòa xã hội chủ nghĩa Việt Nam")),
    ("nation not bold", "1", ("bold",), ("bao-cao", "hand-plan"), font("CỘNG HÒA|CỘNG HOÀ", bold=False)),
    ("nation 14 pt", "1", ("size",), ("cong-van", "hand-letter"), font("CỘNG HÒA|CỘNG HOÀ", size=Pt(14))),
    ("nation italic", "1", ("italic",), ("ke-hoach", "hand-report"), font("CỘNG HÒA|CỘNG HOÀ", italic=True)),
    ("nation misspelt", "1", ("wording",), ("to-trinh", "giay-moi"), said("CỘNG HÒA", "CHỦ NGHĨA", "CHŨ NGHĨA")),
    ("nation missing", "1", ("missing",), ("thong-bao", "hand-decision"), gone("CỘNG HÒA|CỘNG HOÀ")),
    ("nation at the left", "1", ("place",), ("quy-che", "hand-submission"), swapped),
    ("nation aligned left", "1", ("align",), ("bien-ban", "hand-plan"), form("CỘNG HÒA|CỘNG HOÀ", alignment=0)),
    ("motto without spaces", "1", ("wording",), ("quyet-dinh", "cong-dien"), said("Độc lập", " - ", "-")),
    ("motto small initials", "1", ("wording",), ("bao-cao", "hand-notice"), said("Độc lập", ".*", "Độc lập - tự do - hạnh phúc")),
    ("motto capitals", "1", ("capitals",), ("de-an", "hand-letter"), said("Độc lập", ".*", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC")),
    ("motto 12 pt", "1", ("size",), ("giay-nghi-phep", "hand-plan"), font("Độc lập", size=Pt(12))),
    ("motto not bold", "1", ("bold",), ("phieu-gui", "hand-report"), font("Độc lập", bold=False)),
    ("motto without line", "1", ("line",), ("cong-van", "hand-submission"), without_line("Độc lập")),
    ("motto underlined", "1", ("line",), ("ke-hoach", "hand-decision"), underlined_motto),
    ("motto line half", "1", ("line-length",), ("thong-bao", "quy-dinh"), line_length("Độc lập", 38)),
    ("motto missing", "1", ("missing",), ("chi-thi", "phieu-bao"), gone("Độc lập")),
    ("superior bold", "2", ("bold",), ("quyet-dinh", "cong-van"), font("ỦY BAN NHÂN DÂN", bold=True)),
    ("superior 14 pt", "2", ("size",), ("quyet-dinh", "hand-letter"), font("ỦY BAN NHÂN DÂN|BỘ Y TẾ", size=Pt(14))),
    ("superior small letters", "2", ("capitals",), ("cong-van", "hand-notice"), said("ỦY BAN NHÂN DÂN|UBND TỈNH", ".*", "Ủy ban nhân dân tỉnh")),
    ("agency not bold", "2", ("bold",), ("bao-cao", "to-trinh"), font("SỞ NỘI VỤ", bold=False)),
    ("agency small letters", "2", ("capitals",), ("ke-hoach", "hand-plan"), said("SỞ NỘI VỤ|TRƯỜNG KINH TẾ", ".*", "Sở Nội vụ")),
    ("agency 11 pt", "2", ("size",), ("giay-moi", "hand-report"), font("SỞ NỘI VỤ|SỞ DU LỊCH", size=Pt(11))),
    ("agency without line", "2", ("line",), ("huong-dan", "hand-notice"), without_line("SỞ NỘI VỤ|SỞ XÂY DỰNG")),
    ("agency line too long", "2", ("line-length",), ("thong-bao", "quy-dinh"), line_length("SỞ NỘI VỤ", 20)),
    ("agency aligned left", "2", ("align",), ("du-an", "hand-submission"), form("SỞ NỘI VỤ|BAN QUẢN LÝ", alignment=0)),
    ("number without zero", "3", ("leading-zero",), ("cong-van", "chi-thi"), said("Số:", r": 0", ": ")),
    ("number with year", "3", ("year-in-number",), ("quyet-dinh", "hand-plan"), said("Số:", "/", "/2026/")),
    ("number with spaces", "3", ("code-form", "number-form"), ("bao-cao", "hand-notice"), said("Số:", "-", " - ")),
    ("number small letters", "3", ("code-capitals", "type-code"), ("thong-bao", "hand-letter"), said("Số:", "/(.*)", lambda m: "/" + m.group(1).lower())),  # type: ignore[arg-type]
    ("number of another type", "3", ("type-code",), ("ke-hoach", "hand-decision"), said("Số:", "/(KH|QĐ)", "/BC")),
    ("number QCh", "3", ("type-code",), ("quy-che", "quy-dinh"), said("Số:", "/(QC|QyĐ)", "/QCh")),
    ("number CV", "3", ("type-code",), ("cong-van", "hand-letter"), said("Số:", "/", "/CV-")),
    ("number NP", "3", ("type-code",), ("giay-nghi-phep", "giay-gioi-thieu"), said("Số:", "/G[A-Z]+", "/NP")),
    ("number bold", "3", ("bold",), ("to-trinh", "hand-report"), font("Số:", bold=True)),
    ("number 14 pt", "3", ("size",), ("giay-moi", "hand-submission"), font("Số:", size=Pt(14))),
    ("number without colon", "3", ("number-form",), ("phuong-an", "hand-plan"), said("Số:", "Số:", "Số")),
    ("number with hyphen", "3", ("number-form", "code-form"), ("chuong-trinh", "hand-notice"), said("Số:", "/", "-")),
    ("number capitals", "3", ("number-form",), ("de-an", "du-an"), said("Số:", "Số", "SỐ")),
    ("number missing", "3", ("missing",), ("thong-bao", "bien-ban"), gone("Số:")),
    ("number italic", "3", ("italic",), ("phieu-chuyen", "hand-decision"), font("Số:", italic=True)),
    ("date upright", "4", ("italic",), ("cong-van", "hand-letter"), font(r".*, ngày \d", italic=False)),
    ("date bold", "4", ("bold",), ("quyet-dinh", "hand-plan"), font(r".*, ngày \d", bold=True)),
    ("date day without zero", "4", ("leading-zero",), ("bao-cao-3", "hand-notice"), said(r".*, ngày 0", "ngày 0", "ngày ")),
    ("date month 03", "4", ("month-zero",), ("giay-moi", "hand-letter"), said(r".*, ngày \d", r"tháng (\d) ", r"tháng 0\1 ")),
    ("date month 1", "4", ("month-zero",), ("chi-thi", "hand-plan"), said(r".*, ngày \d", r"tháng 0(\d) ", r"tháng \1 ")),
    ("date without comma", "4", ("place-comma",), ("to-trinh", "hand-report"), said(r".*, ngày \d", ", ngày", " ngày")),
    ("date in figures", "4", ("date-form",), ("thong-cao", "hand-decision"), said(r".*, ngày \d", "ngày .*", "05/3/2026")),
    ("date 12 pt", "4", ("size",), ("phieu-bao", "hand-submission"), font(r".*, ngày \d", size=Pt(12))),
    ("date place small letter", "4", ("place-capitals",), ("huong-dan", "quy-dinh"), said(r".*, ngày \d", "Nam Định", "nam Định")),
    ("date missing", "4", ("missing",), ("ke-hoach", "hand-notice"), gone(r".*, ngày \d")),
    ("date aligned left", "4", ("align",), ("de-an", "hand-report"), form(r".*, ngày \d", alignment=0)),
    ("type small letters", "5a", ("capitals",), ("thong-bao", "hand-notice"), said("THÔNG BÁO", ".*", "Thông báo")),
    ("type not bold", "5a", ("bold",), ("bao-cao", "hand-report"), font("BÁO CÁO", bold=False)),
    ("type 16 pt", "5a", ("size",), ("to-trinh", "hand-submission"), font("TỜ TRÌNH", size=Pt(16))),
    ("type aligned left", "5a", ("align",), ("ke-hoach", "hand-plan"), form("KẾ HOẠCH", alignment=0)),
    ("type with colon", "5a", ("title-end",), ("chi-thi", "quy-dinh"), said("CHỈ THỊ|QUY ĐỊNH", "$", ":")),
    ("type missing", "5a", ("missing",), ("huong-dan", "hand-plan"), gone("HƯỚNG DẪN|KẾ HOẠCH")),
    ("subject not bold", "5a", ("bold",), ("thong-cao", "hand-decision"), font("Về (kết|việc)", bold=False)),
    ("subject italic", "5a", ("italic",), ("thong-bao", "hand-notice"), font("Về (việc|lịch)", italic=True)),
    ("subject capitals", "5a", ("capitals",), ("quy-dinh", "phieu-gui"), said("Về (mã|việc)", ".*", "VỀ MÃ ĐỊNH DANH VĂN BẢN CỦA SỞ")),
    ("subject 12 pt", "5a", ("size",), ("phieu-gui", "hand-submission"), font("Về việc", size=Pt(12))),
    ("subject without line", "5a", ("line",), ("bao-cao", "ban-ghi-nho"), without_line("Kết quả công|Về phối")),
    ("subject with full stop", "5a", ("subject-end",), ("thong-bao", "cong-dien"), said("Về việc", "$", ".")),
    ("V/v bold", "5b", ("bold",), ("cong-van", "hand-letter"), font("V/v", bold=True)),
    ("V/v 14 pt", "5b", ("size",), ("cong-van-2", "hand-letter"), font("V/v", size=Pt(14))),
    ("V/v italic", "5b", ("italic",), ("cong-van", "cong-van-2"), font("V/v", italic=True)),
    ("V/v written out", "5b", ("subject-start",), ("cong-van", "hand-letter"), said("V/v", "V/v", "Về việc")),
    ("V/v missing", "5b", ("missing",), ("cong-van-2", "hand-letter"), gone("V/v")),
    ("V/v without gap", "5b", ("subject-gap",), ("cong-van", "hand-letter"), form("V/v", space_before=Pt(0))),
    ("bases upright", "6", ("italic",), ("quyet-dinh", "hand-decision"), font("Căn cứ Luật", italic=False)),
    ("bases with comma", "6", ("list-end",), ("quyet-dinh", "hand-decision"), said("Căn cứ Luật", ";$", ",")),
    ("last basis with semicolon", "6", ("list-end",), ("nghi-quyet", "hand-decision"), said("Theo đề nghị", r"\.$", ";")),
    ("basis without date", "6", ("basis-date",), ("quyet-dinh", "ke-hoach"), said("Căn cứ (Nghị định|Quyết định)", r" ngày \d+ tháng \d+ năm \d+", "")),
    ("authority small letters", "6", ("capitals",), ("quyet-dinh", "hand-decision"), said("GIÁM ĐỐC SỞ|CHỦ TỊCH ỦY BAN", ".*", "Giám đốc Sở Nội vụ")),
    ("body 12 pt", "6", ("size",), ("thong-bao", "hand-letter"), font("Từ ngày|Thực hiện", size=Pt(12))),
    ("body aligned left", "6", ("align",), ("bao-cao", "hand-notice"), form("Thực hiện", alignment=0)),
    ("body Arial", "6", ("font",), ("quy-che", "hand-report"), font("Quy chế này|Thực hiện", name="Arial")),
    ("body blue", "6", ("color",), ("thong-cao", "hand-plan"), colour("Kỳ tuyển|1. Thời", "0000FF")),
    ("body without indent", "6", ("indent",), ("thong-bao", "hand-submission"), form("Từ ngày|Thực hiện", first_line_indent=Mm(0))),
    ("body indent 2 cm", "6", ("indent",), ("bao-cao", "hand-notice"), form("Thực hiện", first_line_indent=Mm(20))),
    ("body without gap", "6", ("gap",), ("thong-bao", "phuong-an"), form("Đề nghị cơ quan|- Tầng", space_before=Pt(0))),
    ("body double spaced", "6", ("spacing",), ("thong-bao", "hand-letter"), form("Từ ngày|Thực hiện", line_spacing=2.0)),
    ("body squeezed", "6", ("spacing",), ("bao-cao", "hand-report"), form("Thực hiện", line_spacing=Pt(12))),
    ("article not bold", "6", ("bold",), ("quyet-dinh", "hand-decision"), font("Điều 2", bold=False)),
    ("article 13 among 14", "6", ("same-size",), ("nghi-quyet", "hop-dong"), font("Điều 2", size=Pt(13))),
    ("article Roman", "6", ("number-kind",), ("quyet-dinh", "hand-decision"), said("Điều 2", "Điều 2", "Điều II")),
    ("article skipped", "6", ("sequence",), ("quyet-dinh", "quy-dinh"), said("Điều 2", "Điều 2", "Điều 4")),
    ("article with colon", "6", ("number-end",), ("ban-thoa-thuan", "hand-decision"), said("Điều 1", r"Điều 1\.", "Điều 1:")),
    ("clause with bracket", "6", ("number-end",), ("chi-thi", "hand-plan"), said(r"2\. ", r"^2\.", "2)")),
    ("clause twice", "6", ("sequence",), ("bien-ban", "hand-plan"), said(r"2\. ", r"^2\.", "3.")),
    ("points a b c d e", "6", ("sequence",), ("quy-che", "hand-report"), auto_letters),
    ("point with full stop", "6", ("number-end",), ("quy-che", "hand-report"), said(r"b\) ", r"^b\)", "b.")),
    ("chapter Arabic", "6", ("number-kind",), ("quy-che", "quy-che"), said("Chương II", "Chương II", "Chương 2")),
    ("chapter title small letters", "6", ("capitals",), ("quy-che", "de-an"), said("TỔ CHỨC THỰC|NỘI DUNG", ".*", "Tổ chức thực hiện")),
    ("chapter at the left", "6", ("align",), ("quy-che", "de-an"), form("Chương I|Phần I", alignment=0)),
    ("chapter not bold", "6", ("bold",), ("quy-che", "de-an"), font("Chương I|Phần I", bold=False)),
    ("part on the line of its title", "6", ("own-line",), ("de-an", "quy-che"), said("Phần I$|Chương I$", "$", ". Sự cần thiết")),
    ("Roman skipped", "6", ("sequence",), ("bao-cao", "hand-report"), said("II. ", "^II", "III")),
    ("body italic", "6", ("italic",), ("phieu-bao", "hand-notice"), font("Sở Nội vụ báo|Thực hiện", italic=True)),
    ("date in the text", "6", ("date-in-text",), ("thong-bao", "hand-letter"), said("Từ ngày|Đề nghị Sở", r"tháng (\d)", r"tháng 0\1")),
    ("impossible date", "6", ("impossible-date",), ("thong-bao", "hand-plan"), said(r"Từ ngày|1\. Thời", r"ngày \d+ tháng \d+", "ngày 31 tháng 13")),
    ("citation without date", "6", ("first-citation",), ("bao-cao", "cong-van"), said("Thực hiện|Trả lời", r" ngày \d+ tháng \d+ năm \d+ của [^,]*", "")),
    ("sentence small letter", "6", ("annex-2",), ("thong-cao", "hand-report"), said("Kỳ tuyển|Đề nghị tỉnh", r"\. Hội|Đề nghị tỉnh hỗ trợ", ". hội")),
    ("Thủ đô small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "thủ đô Hà Nội gửi")),
    ("nhà nước small letter", "6", ("annex-2",), ("de-an", "hand-submission"), said("Sở đang|Kính trình", "hồ sơ|xem xét", "nhà nước xem xét")),
    ("điều small letter", "6", ("annex-2",), ("phieu-chuyen", "hand-plan"), said("Chuyển đơn|3. Kinh", "theo thẩm quyền|theo quy định", "theo điều 5 của Luật Tiếp công dân")),
    ("ủy ban small letter", "6", ("annex-2",), ("to-trinh", "hand-report"), said("Kính đề|Đề nghị tỉnh", "Ủy ban nhân dân tỉnh|tỉnh hỗ", "ủy ban nhân dân tỉnh hỗ")),
    ("syllable misspelt", "6", ("spelling",), ("thong-bao", "hand-notice"), said("Từ ngày|Thực hiện", "tiếp nhận|rà soát", "tiếp nhậnn")),
    ("no syllable", "6", ("spelling",), ("phuong-an", "hand-plan"), said("Phương án|2. Hình", "bố trí|thi trên", "bốs trí")),
    ("place left to fill", "6", ("unfilled",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "năm 2026|số liệu", "[điền: năm]")),
    ("authority without point", "7a", ("authority-form",), ("nghi-quyet", "hand-notice"), said(r"TM\.|KT\.", r"^(TM|KT)\.", r"\1")),
    ("authority T/M", "7a", ("authority-form",), ("nghi-quyet", "hand-letter"), said(r"TM\.|TL\.", r"^T[ML]\.", "T/L")),
    ("position small letters", "7a", ("capitals",), ("bao-cao", "hand-decision"), said("GIÁM ĐỐC$|CHỦ TỊCH$", ".*", "Giám đốc")),
    ("position not bold", "7a", ("bold",), ("to-trinh", "hand-plan"), font("GIÁM ĐỐC$|HIỆU TRƯỞNG", bold=False)),
    ("position 12 pt", "7a", ("size",), ("phieu-gui", "hand-submission"), font("GIÁM ĐỐC$|TRƯỞNG BAN", size=Pt(12))),
    ("deputy without KT.", "7a", ("deputy",), ("ke-hoach", "hand-notice"), gone(r"KT\.")),
    ("own position missing", "7a", ("own-position",), ("huong-dan", "hand-letter"), gone("PHÓ GIÁM ĐỐC|CHÁNH VĂN")),
    ("name with title", "7b", ("academic-title",), ("bao-cao", "hand-plan"), said("Nguyễn Văn An$|Vương Đình", "^", "TS. ")),
    ("name not bold", "7b", ("bold",), ("quyet-dinh", "hand-decision"), font("Nguyễn Văn An$|Trịnh Văn", bold=False)),
    ("name capitals", "7b", ("capitals",), ("to-trinh", "hand-report"), said("Nguyễn Văn An$|Hồ Thị", ".*", "NGUYỄN VĂN AN")),
    ("name small letters", "7b", ("name-capitals",), ("thong-cao", "hand-submission"), said("Nguyễn Văn An$|Tôn Nữ", ".*", "Nguyễn văn An")),
    ("name italic", "7b", ("italic",), ("chi-thi", "hand-notice"), font("Nguyễn Văn An$|Đinh Văn", italic=True)),
    ("addressee without colon", "9a", ("colon",), ("bao-cao", "hand-submission"), said("Kính gửi", "Kính gửi:", "Kính gửi")),
    ("addressees with comma", "9a", ("list-end",), ("to-trinh", "cong-van-2"), said("- (Ủy ban nhân dân tỉnh|Các sở)", ";$", ",")),
    ("addressees without dash", "9a", ("list-dash",), ("to-trinh", "cong-van-2"), said("- (Ủy ban nhân dân tỉnh|Các sở)", "^- ", "")),
    ("addressee bold", "9a", ("bold",), ("cong-van", "hand-letter"), font("Kính gửi", bold=True)),
    ("addressee 12 pt", "9a", ("size",), ("bao-cao", "hand-report"), font("Kính gửi", size=Pt(12))),
    ("addressee missing", "9a", ("missing",), ("cong-van", "hand-letter"), gone("Kính gửi")),
    ("addressee italic", "9a", ("italic",), ("cong-van", "hand-submission"), font("Kính gửi", italic=True)),
    ("recipients head upright", "9b", ("italic",), ("quyet-dinh", "hand-notice"), font("Nơi nhận", italic=False)),
    ("recipients head not bold", "9b", ("bold",), ("bao-cao", "hand-plan"), font("Nơi nhận", bold=False)),
    ("recipients head 14 pt", "9b", ("size",), ("ke-hoach", "hand-report"), font("Nơi nhận", size=Pt(14))),
    ("recipients 13 pt", "9b", ("size",), ("thong-bao", "hand-letter"), font("- Lưu", size=Pt(13))),
    ("recipients bold", "9b", ("bold",), ("to-trinh", "hand-decision"), font("- Lưu", bold=True)),
    ("recipients with comma", "9b", ("list-end",), ("thong-bao", "hand-notice"), said("- (Các sở|Các phòng)", ";$", ",")),
    ("archive without stop", "9b", ("list-end",), ("de-an", "hand-plan"), said("- Lưu", r"\.$", ";")),
    ("archive missing", "9b", ("archive",), ("ke-hoach", "hand-report"), gone("- Lưu")),
    ("archive without VT", "9b", ("archive-form",), ("quyet-dinh", "hand-submission"), said("- Lưu", "VT", "VP")),
    ("recipients missing", "9b", ("missing",), ("thong-cao", "hand-letter"), gone("Nơi nhận")),
    ("urgency not boxed", "10b", ("box",), ("cong-van", "cong-dien"), unboxed("KHẨN|HOẢ TỐC")),
    ("urgency black", "10b", ("color",), ("cong-van", "cong-dien"), colour("KHẨN|HOẢ TỐC", "000000")),
    ("urgency small letters", "10b", ("capitals",), ("cong-van", "cong-dien"), said("KHẨN|HOẢ TỐC", ".*", "Hoả tốc")),
    ("urgency 16 pt", "10b", ("size",), ("cong-van", "cong-dien"), font("KHẨN|HOẢ TỐC", size=Pt(16))),
    ("drafter 13 pt", "12", ("size",), ("cong-van", "ke-hoach"), font(r"PL\.|NVB\.", size=Pt(13))),
    ("drafter small letters", "12", ("drafter-form",), ("cong-van", "ke-hoach"), said(r"PL\.|NVB\.", r"^[A-Z]+\.", "pl.")),
    ("paper Letter", "page", ("paper",), ("bao-cao", "hand-letter"), page(page_width=215.9, page_height=279.4)),
    ("left margin 20", "page", ("margin-left",), ("quyet-dinh", "hand-notice"), page(left_margin=20)),
    ("right margin 25", "page", ("margin-right",), ("ke-hoach", "hand-report"), page(right_margin=25)),
    ("top margin 30", "page", ("margin-top",), ("cong-van", "hand-decision"), page(top_margin=30)),
    ("bottom margin 10", "page", ("margin-bottom",), ("to-trinh", "hand-plan"), page(bottom_margin=10)),
    ("page number in the footer", "page", ("page-number-place",), ("bao-cao", "thong-bao"), number_in_footer),
    ("page number on page 1", "page", ("page-number-first",), ("quyet-dinh", "hand-notice"), number_at_first),
    ("page number at the right", "page", ("page-number-align",), ("ke-hoach", "hand-report"), number_aligned),
    ("page number 10 pt", "page", ("page-number-size",), ("quy-che", "de-an"), number_small),
    ("page number italic", "page", ("page-number-size",), ("quy-che", "to-trinh"), number_italic),
    ("annex capitals", "annex", ("capitals",), ("quyet-dinh",), said("Phụ lục", ".*", "PHỤ LỤC")),
    ("annex Arabic", "annex", ("number-kind",), ("quyet-dinh",), said("Phụ lục", ".*", "Phụ lục 1")),
    ("annex title small letters", "annex", ("capitals",), ("quyet-dinh",), said("DANH SÁCH", ".*", "Danh sách công chức")),
    ("annex note missing", "annex", ("annex-note",), ("quyet-dinh",), gone(r"\(Kèm theo")),
    ("annex note upright", "annex", ("italic",), ("quyet-dinh",), font(r"\(Kèm theo", italic=False)),
    ("annex pages counted on", "annex", ("annex-pages",), ("quyet-dinh",), annex_counts_on),
    ("tracked changes", "file", ("tracked-changes",), ("quyet-dinh", "hand-decision"), tracked),
    ("ministry field small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "bộ Tài chính gửi")),
    ("agency field too many capitals", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "Sở Giáo Dục và Đào Tạo gửi")),
    ("Nhân dân small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "phục vụ nhân dân gửi")),
    ("kind of place capital", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "ở Tỉnh Nam Định gửi")),
    ("ward number small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "tại phường 5 gửi")),
    ("middle name small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "ông Nguyễn văn Dũng gửi")),
    ("title beside a name small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "giám đốc Nguyễn Văn Dũng gửi")),
    ("decree small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ gửi")),
    ("code of law small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "Bộ luật hình sự gửi")),
    ("order's class small letter", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "Huân chương Lao động hạng nhất gửi")),
    ("lunar year small letters", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "năm giáp thìn gửi")),
    ("Tết capitals", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "tết Nguyên Đán gửi")),
    ("region small letters", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "vùng tây bắc gửi")),
    ("foreign place capitals", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "Mát-Xcơ-Va gửi")),
    ("revolution small letters", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "cách mạng tháng tám gửi")),
    ("abroad body capitals", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "Liên Hợp Quốc gửi")),
    ("bay capital", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "đi Vịnh Hạ Long gửi")),
    ("clause of an article small", "6", ("annex-2",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "theo khoản 2 điều 5 Nghị định này gửi")),
    ("word often misspelt", "6", ("spelling",), ("thong-cao", "hand-letter"), said("Kỳ tuyển|Đề nghị Sở", "19 vị trí|gửi", "xữ lý gửi")),
]  # fmt: skip


def plants() -> list[Plant]:
    found: list[Plant] = []
    for index, (name, cell, rules, bases, act) in enumerate(TABLE):
        half = "report" if index % 2 else "tune"
        found += [
            Plant(f"{name} ({base})", cell, rules, base, half, act) for base in dict.fromkeys(bases) if base in right()
        ]
    return found
