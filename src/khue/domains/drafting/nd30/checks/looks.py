"""Font, size, style, capitals, alignment, indents and gaps of each element."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from khue.domains.drafting.nd30 import layout, mending
from khue.domains.drafting.nd30.finding import Finding, at, figures, span
from khue.domains.drafting.nd30.folding import one_line
from khue.domains.drafting.nd30.layout import Role
from khue.domains.drafting.nd30.placing import Placed
from khue.domains.drafting.nd30.reading import Paragraph, Piece

Act = Callable[[], None]
BODY = ("loi-van", "dieu", "khoan", "khoan-tieu-de", "diem", "can-cu")
# shorter ones look the same however they are aligned
SHORT = 70
# a drawn line may be so much longer or shorter: nobody measures it by eye
LENIENT = 0.25
REDS = {"FF0000", "C00000", "ED1C24", "E60000", "DD0000", "CC0000"}


def check(placed: Placed) -> Iterator[Finding]:
    for role_key, paragraphs in placed.by_role.items():
        if role_key not in layout.roles():
            continue
        role = layout.role(role_key)
        for paragraph in paragraphs:
            yield from _runs(paragraph, role)
            yield from _paragraph(paragraph, role)
    yield from _rules(placed)
    yield from _one_size(placed)
    yield from _gaps(placed)


def _runs(paragraph: Paragraph, role: Role) -> Iterator[Finding]:
    said = paragraph.said
    if not said:
        return
    yield from _font(paragraph, role, said)
    yield from _size(paragraph, role, said)
    yield from _weight(paragraph, role, said)
    yield from _slant(paragraph, role, said)
    yield from _capitals(paragraph, role, said)
    yield from _color(paragraph, role, said)


def _font(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    wrong = [piece for piece in said if not layout.is_font(piece.format.font)]
    if wrong:
        yield Finding("font", role.cell, wrong[0].format.font, layout.data()["page"]["font"], at(paragraph),
                      cites="Mục I, khoản 4", mend=mending.fonts(wrong))  # fmt: skip


def _size(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    low, high = role.sizes
    wrong = [piece for piece in said if not low - 0.05 <= piece.format.size <= high + 0.05]
    if wrong:
        yield Finding("size", role.cell, figures(wrong[0].format.size), span(low, high), at(paragraph),
                      cites=role.cites, mend=mending.sizes(wrong, low, high))  # fmt: skip


def _weight(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    if role.bold is True:
        thin = [piece for piece in said if not piece.format.bold]
        if thin:
            yield Finding("bold", role.cell, "regular", "bold", at(paragraph), cites=role.cites,
                          mend=mending.style(thin, bold=True))  # fmt: skip
    elif role.bold == "lead":
        lead = _lead(said)
        if lead and not all(piece.format.bold for piece in lead):
            yield Finding("bold", role.cell, "regular", "bold", at(paragraph), cites=role.cites,
                          mend=mending.style(lead, bold=True))  # fmt: skip
    elif role.bold is False and all(piece.format.bold for piece in said) and _is_running(paragraph, role):
        yield Finding("bold", role.cell, "bold", "regular", at(paragraph), cites=role.cites,
                      mend=mending.style(said, bold=False))  # fmt: skip


def _is_running(paragraph: Paragraph, role: Role) -> bool:
    """A short bold line of the body may be a heading of its own."""
    return role.key != "loi-van" or len(one_line(paragraph.text)) > 150


def _lead(said: Sequence[Piece]) -> list[Piece]:
    """The runs of "Điều 1." """
    found: list[Piece] = []
    text = ""
    for piece in said:
        found.append(piece)
        text += piece.text
        if "." in text:
            break
    return found


def _slant(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    if role.key == "o-bang":
        return
    if role.italic:
        wrong = [piece for piece in said if not piece.format.italic]
        if wrong:
            yield Finding("italic", role.cell, "upright", "italic", at(paragraph), cites=role.cites,
                          mend=mending.style(wrong, italic=True))  # fmt: skip
    elif all(piece.format.italic for piece in said):
        yield Finding("italic", role.cell, "italic", "upright", at(paragraph), cites=role.cites,
                      mend=mending.style(said, italic=False))  # fmt: skip


def _capitals(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    if role.capitals is None:
        return
    letters = [(char, piece.format.capitals) for piece in said for char in piece.text if char.isalpha()]
    upper = all(char.isupper() or caps for char, caps in letters)
    if role.capitals and not upper:
        yield Finding("capitals", role.cell, "lower case", "capitals", at(paragraph), cites=role.cites,
                      mend=mending.style(said, all_caps=True))  # fmt: skip
    elif not role.capitals and upper and len(letters) > (3 if role.key == "phu-luc" else 6):
        by_format = all(caps for _, caps in letters)
        yield Finding("capitals", role.cell, "capitals", "lower case", at(paragraph), cites=role.cites,
                      mend=mending.style(said, all_caps=False) if by_format else None)  # fmt: skip


def _color(paragraph: Paragraph, role: Role, said: Sequence[Piece]) -> Iterator[Finding]:
    if role.key == "do-khan":
        wrong = [piece for piece in said if piece.format.color not in REDS]
        expected, shown = role.color, "red"
    else:
        wrong = [piece for piece in said if piece.format.color not in {"000000", "AUTO"}]
        expected, shown = "000000", "black"
    if wrong:
        cites = role.cites if role.key == "do-khan" else "Mục I, khoản 4"
        yield Finding("color", role.cell, f"#{wrong[0].format.color}", shown, at(paragraph), cites=cites,
                      mend=mending.colors(wrong, expected))  # fmt: skip


# Paragraphs ------------------------------------------------------------------------------------


def _paragraph(paragraph: Paragraph, role: Role) -> Iterator[Finding]:
    form, length = paragraph.format, len(one_line(paragraph.text))
    if role.align == "center" and form.align != "center":
        yield Finding("align", role.cell, form.align, "center", at(paragraph), cites=role.cites,
                      mend=mending.paragraph(paragraph.element, align=1, first=0, left=0))  # fmt: skip
    if role.align == "both" and form.align != "both" and length > SHORT and role.key != "muc-la-ma":
        yield Finding("align", role.cell, form.align, "both", at(paragraph), cites=role.cites,
                      mend=mending.paragraph(paragraph.element, align=3))  # fmt: skip
    if role.key in {"noi-nhan", "noi-nhan-noi"} and form.align in {"center", "right"}:
        yield Finding("align", role.cell, form.align, "left", at(paragraph), cites=role.cites,
                      mend=mending.paragraph(paragraph.element, align=0))  # fmt: skip
    if role.key in BODY:
        yield from _indent(paragraph, role)
        yield from _spacing(paragraph, role)
    framed = form.borders >= {"top", "left", "bottom", "right"} or paragraph.boxed or paragraph.length is not None
    if role.box and not framed:
        yield Finding("box", role.cell, "none", "boxed", at(paragraph), cites=role.cites,
                          mend=mending.boxed(paragraph.element, role.color))  # fmt: skip


def _indent(paragraph: Paragraph, role: Role) -> Iterator[Finding]:
    allowed = layout.data()["body"]["indents"]
    begins = paragraph.format.left + paragraph.format.first
    begins += 12.7 * (len(paragraph.text) - len(paragraph.text.lstrip("\t")))
    if not any(abs(begins - each) <= 0.6 for each in allowed) and paragraph.format.align != "center":
        yield Finding("indent", role.cell, f"{figures(begins / 10)} cm", "1-1.27 cm", at(paragraph),
                      cites=layout.data()["body"]["cites"],
                      mend=mending.paragraph(paragraph.element, first=allowed[1], left=0)
                      if not paragraph.text.startswith("\t") else None)  # fmt: skip


def _spacing(paragraph: Paragraph, role: Role) -> Iterator[Finding]:
    low, high = layout.data()["body"]["spacing"]
    form = paragraph.format
    size = max((piece.format.size for piece in paragraph.said), default=14)
    lines = form.spacing if form.spacing is not None else (form.exact or 0) / (size * 1.149)
    if not low - 0.06 <= lines <= high + 0.04:
        yield Finding("spacing", role.cell, figures(round(lines, 2)), span(low, high), at(paragraph),
                      cites=layout.data()["body"]["cites"],
                      mend=mending.paragraph(paragraph.element, spacing=min(max(lines, low), high)))  # fmt: skip


def _gaps(placed: Placed) -> Iterator[Finding]:
    """Between paragraphs of the body that follow each other."""
    least = layout.data()["body"]["gap"]
    told = sorted(placed.all(*BODY), key=lambda one: one.number)
    for above, below in zip(told, told[1:], strict=False):
        if below.number - above.number > 1 or above.cell or below.cell:
            continue
        gap = max(above.format.after, below.format.before)
        if gap < least - 0.05:
            yield Finding("gap", "6", f"{figures(gap)} pt", f"{least} pt", at(below),
                          cites=layout.data()["body"]["cites"],
                          mend=mending.paragraph(below.element, before=least))  # fmt: skip


def _one_size(placed: Placed) -> Iterator[Finding]:
    """Articles, clauses and points are as large as the text around them."""
    told = [one for one in placed.all(*BODY) if one.role != "can-cu" and one.said]
    sizes = Counter(one.said[0].format.size for one in told for _ in range(len(one.text)))
    if len(sizes) < 2:
        return
    usual = sizes.most_common(1)[0][0]
    if not 13 <= usual <= 14:
        return
    for paragraph in told:
        wrong = [piece for piece in paragraph.said if piece.format.size != usual and 13 <= piece.format.size <= 14]
        if wrong:
            yield Finding("same-size", "6", figures(wrong[0].format.size), figures(usual), at(paragraph),
                          severity="warning", cites="Mục II, khoản 6 điểm đ",
                          mend=mending.sizes(wrong, usual, usual))  # fmt: skip


# Lines under elements ----------------------------------------------------------------------------


def _rules(placed: Placed) -> Iterator[Finding]:
    for key, rule in layout.underlines().items():
        holder = _rule_holder(placed, key)
        if holder is not None:
            yield from _rule(holder, rule.share, rule.set, rule.cell, layout.role(key).cites, placed, key)


def _rule_holder(placed: Placed, key: str) -> Paragraph | None:
    """The last paragraph of the element; the type's name where there is no subject."""
    found = placed.all(key)
    if not found and key == "trich-yeu" and placed.form not in {"copy", "letter", "public_letter", ""}:
        found = placed.all("ten-loai") if placed.form in {"sheet"} else []
    return found[-1] if found else None


def _rule(
    holder: Paragraph,
    share: tuple[float, float],
    wanted: float,
    cell: str,
    cites: str,
    placed: Placed,
    key: str,
) -> Iterator[Finding]:
    from khue.domains.drafting.nd30.checks.lines import length_of, longest_line, text_length

    text = text_length(holder, placed)
    drawn = next((one.rule for one in [holder, *placed.all(key)] if one.rule), None)
    if drawn is None:
        underlined = any(piece.format.underline for piece in holder.said)
        yield Finding("line", cell, "underlined" if underlined else "none", "line", at(holder), cites=cites,
                      mend=_both(mending.rule_under(holder, text * wanted),
                                 mending.style(holder.said, underline=False)))  # fmt: skip
        return
    length = length_of(drawn, placed)
    if length is None or not text:
        return
    low, high = share
    ratio = length / text
    lines = (text, longest_line(holder, placed))
    if not any(low * (1 - LENIENT) <= length / each <= high * (1 + LENIENT) for each in lines):
        expected = "100%" if low == high else "33-50%"
        is_free = drawn is not holder and not drawn.text.strip() and drawn.length is None
        yield Finding("line-length", cell, f"{ratio:.0%}", expected, at(holder), cites=cites, severity="warning",
                      mend=mending.rule_under(holder, text * wanted, instead=drawn) if is_free else None)  # fmt: skip


def _both(one: Act, other: Act) -> Act:
    def act() -> None:
        one()
        other()

    return act
