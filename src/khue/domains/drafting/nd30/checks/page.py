"""Paper, margins, page numbers (annex I, part I, section I)."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from khue.domains.drafting.nd30 import layout, mending
from khue.domains.drafting.nd30.finding import Finding, figures, span
from khue.domains.drafting.nd30.formats import RunFormat
from khue.domains.drafting.nd30.placing import Placed

EMU = 36_000


def check(placed: Placed) -> Iterator[Finding]:
    for number, section in enumerate(placed.reading.sections, 1):
        where = f"§{number}"
        yield from _paper(section, where, placed)
        yield from _margins(section, where)
    yield from _numbers(placed)


def _paper(section: Any, where: str, placed: Placed) -> Iterator[Finding]:
    page = layout.data()["page"]
    wide, high = ((each or 0) / EMU for each in (section.page_width, section.page_height))
    short, long = sorted((wide, high))
    if abs(short - page["width"]) > 1 or abs(long - page["height"]) > 1:
        found = f"{figures(wide)}×{figures(high)} mm"
        yield Finding("paper", "page", found, "A4", where, cites="Mục I, khoản 1", mend=mending.a4(section))
    elif wide > high and not any(one.role == "o-bang" for one in placed.reading.paragraphs):
        yield Finding("orientation", "page", "landscape", "portrait", where, severity="warning",
                      cites="Mục I, khoản 2")  # fmt: skip


def _margins(section: Any, where: str) -> Iterator[Finding]:
    for side, (low, high) in layout.data()["page"]["margins"].items():
        value = getattr(section, f"{side}_margin")
        found = (value or 0) / EMU
        if not low - 0.6 <= found <= high + 0.6:
            mend = mending.margin(section, side, min(max(found, low), high))
            yield Finding(f"margin-{side}", "page", f"{figures(found)} mm", f"{span(low, high)} mm", where,
                          cites="Mục I, khoản 3", mend=mend)  # fmt: skip


def _numbers(placed: Placed) -> Iterator[Finding]:
    """One page needs no number; how many there are is not known here, so only a longer document is asked for one."""
    for number, section in enumerate(placed.reading.sections, 1):
        where = f"§{number}"
        numbered = [part for part in (section.header, section.footer) if _field(part._element) is not None]
        if not numbered:
            if number == 1 and _is_long(placed):
                yield Finding("page-number", "page", "none", "page number", where, cites="Mục I, khoản 7",
                              mend=mending.page_numbers(section))  # fmt: skip
            continue
        yield from _place_of_number(section, where, placed)
        if number > 1 and len(placed.annexes) >= number - 1 and not _restarts(section):
            yield Finding("annex-pages", "annex", "counted on", "from 1", where, cites="Mục III, khoản 1 điểm đ",
                          mend=mending.restarted(section))  # fmt: skip


def _place_of_number(section: Any, where: str, placed: Placed) -> Iterator[Finding]:
    holder = _field(section.header._element)
    if holder is None:
        yield Finding("page-number-place", "page", "footer", "top margin", where, cites="Mục I, khoản 7",
                      mend=mending.page_numbers(section))  # fmt: skip
        return
    first = (
        section.first_page_header._element if section.different_first_page_header_footer else section.header._element
    )
    if _field(first) is not None:
        yield Finding("page-number-first", "page", "shown", "hidden", where, cites="Mục I, khoản 7",
                      mend=mending.page_numbers(section))  # fmt: skip
    form = _align_of(placed, holder)
    if form != "center":
        yield Finding("page-number-align", "page", form, "center", where, cites="Mục I, khoản 7",
                      mend=mending.paragraph(holder, align=1, first=0, left=0))  # fmt: skip
    size, bad_style = _style_of(placed, holder)
    if not 12.95 <= size <= 14.05 or bad_style:
        yield Finding("page-number-size", "page", bad_style or figures(size), "13-14", where, cites="Mục I, khoản 7",
                      mend=mending.page_numbers(section))  # fmt: skip


def _field(part: Any) -> Any:
    """The paragraph with a PAGE field."""
    for paragraph in part.iter(qn("w:p")):
        said = [text.text or "" for text in paragraph.iter(qn("w:instrText"))]
        said += [field.get(qn("w:instr")) or "" for field in paragraph.iter(qn("w:fldSimple"))]
        if any("PAGE" in text and "NUMPAGES" not in text and "PAGEREF" not in text for text in said):
            return paragraph
    return None


def _align_of(placed: Placed, holder: Any) -> str:
    frame = holder.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    if frame is not None and frame.get(qn("w:xAlign")) == "center":
        return "center"
    align: str = placed.reading.formats.paragraph(holder).align
    return align


def _style_of(placed: Placed, holder: Any) -> tuple[float, str]:
    formats = placed.reading.formats
    runs = [run for run in holder.iter(qn("w:r"))]
    found: list[RunFormat] = [formats.run(run, holder) for run in runs] or [RunFormat(size=13)]
    style = next((name for name in ("bold", "italic") if all(getattr(one, name) for one in found)), "")
    return found[0].size, style


def _restarts(section: Any) -> bool:
    found = section._sectPr.find(qn("w:pgNumType"))
    return found is not None and found.get(qn("w:start")) == "1"


def _is_long(placed: Placed) -> bool:
    """Surely more than one page."""
    return sum(len(one.text) for one in placed.reading.paragraphs) > 3500
