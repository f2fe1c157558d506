"""How long a drawn line is, and the text above it."""

from khue.domains.drafting.nd30 import metrics
from khue.domains.drafting.nd30.folding import one_line
from khue.domains.drafting.nd30.layout import POINT
from khue.domains.drafting.nd30.placing import Placed
from khue.domains.drafting.nd30.reading import Paragraph


def room_of(paragraph: Paragraph, placed: Placed) -> float:
    """The width of its cell, or between the margins, in millimetres."""
    if paragraph.width:
        return paragraph.width
    section = placed.reading.sections[0]
    wide = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return float(wide) / 36_000


def text_length(paragraph: Paragraph, placed: Placed) -> float:
    """Of its last line, in millimetres."""
    if not paragraph.said:
        return 0.0
    form = paragraph.said[0].format
    text = paragraph.text.rstrip().rsplit("\n", 1)[-1]
    said = one_line(text.upper() if form.capitals else text)
    room = (room_of(paragraph, placed) - paragraph.format.left - paragraph.format.right) / POINT
    return metrics.last_line(said, form.size, max(room, 1), bold=form.bold, italic=form.italic) * POINT


def longest_line(paragraph: Paragraph, placed: Placed) -> float:
    """Of the lines that it is broken into, in millimetres."""
    form = paragraph.said[0].format
    text = one_line(paragraph.text.upper() if form.capitals else paragraph.text)
    whole = metrics.width(text, form.size, bold=form.bold, italic=form.italic) * POINT
    return min(whole, room_of(paragraph, placed))


def length_of(drawn: Paragraph, placed: Placed) -> float | None:
    """None where it cannot be known."""
    if drawn.length is not None:
        return drawn.length or None
    if text := drawn.text.strip():
        if drawn.format.borders & {"top", "bottom"}:
            return room_of(drawn, placed) - drawn.format.left - drawn.format.right
        size = drawn.said[0].format.size if drawn.said else 13
        return metrics.width(text, size) * POINT
    return max(0.0, room_of(drawn, placed) - drawn.format.left - drawn.format.right)
