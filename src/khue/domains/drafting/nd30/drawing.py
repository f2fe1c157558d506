"""Lengths that DOCX and PDF share, so that both look alike."""

from khue.domains.drafting.nd30 import layout, metrics
from khue.domains.drafting.nd30.layout import POINT
from khue.domains.drafting.nd30.sheet import Line

# a line's height in Times New Roman, as a share of its size: ascent, descent, gap
ASCENT, DESCENT, LEADING = 0.891, 0.216, 0.042


def text_width() -> float:
    """Between the margins, in millimetres."""
    page = layout.data()["page"]
    return float(page["width"] - page["set"]["left"] - page["set"]["right"])


def left_width() -> float:
    return float(layout.data()["page"]["left"])


def right_width() -> float:
    return text_width() - left_width()


def rule_length(line: Line, room: float) -> float:
    """In millimetres, in a cell of this width."""
    role = layout.role(line.role)
    share = layout.underlines()[line.rule].set
    wide = metrics.last_line(line.text, role.size, room / POINT, bold=role.bold is True, italic=role.italic)
    return wide * share * POINT


def box(line: Line) -> tuple[float, float]:
    """Width and height in millimetres of a boxed mark."""
    for facts in layout.data()["urgency"].values():
        if isinstance(facts, dict) and facts["text"] == line.text:
            return float(facts["box"][0]), float(facts["box"][1])
    role = layout.role(line.role)
    wide = metrics.width(line.text, role.size, bold=True) * POINT + 6
    return min(wide, left_width()), 8.0
