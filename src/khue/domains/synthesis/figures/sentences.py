"""Figures in sentences: each with the words of its clause, by which its indicator is found."""

import re
from collections.abc import Iterator

from khue.domains.synthesis.figures import periods, quantities
from khue.domains.synthesis.figures.figure import Figure, Kind
from khue.domains.synthesis.figures.quantities import Quantity
from khue.domains.synthesis.figures.rows import Around
from khue.domains.synthesis.figures.words import words

_CLAUSE = re.compile(r"[,;:](?=\s)|\(|\)|(?<!\w)(?:trong đó|còn lại)(?!\w)", re.IGNORECASE)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|phấn đấu|mục tiêu|dự kiến|sẽ)(?!\w)", re.IGNORECASE)
_CHANGE = re.compile(r"(?<!\w)(tăng|giảm|so với|bằng)(?!\w)", re.IGNORECASE)
# "bằng 86% so với cùng kỳ"; a share that equals 86% is no change
_COMPARES = re.compile(r"(?<!\w)(?:so với|cùng kỳ|kế hoạch|dự toán|năm trước)(?!\w)", re.IGNORECASE)
_UP_TO = re.compile(r"(?<!\w)(?:tăng|giảm|nâng|từ)\s+(?:từ|lên|xuống|còn)(?!\w)", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)từ\s+[^,;]{0,20}$", re.IGNORECASE)
_ONE_PLACE = re.compile(
    r"(?<!\w)(?:xã|phường|huyện|thị trấn|đặc khu|sở)\s+[A-ZĐÀ-Ỹ]"
    r"|mỗi (?:xã|phường|đơn vị|cán bộ|công chức|năm|tháng)"
)


def figures(sentence: str, around: Around) -> Iterator[Figure]:
    """What a sentence says of the whole place that reports; of single communes or offices it is passed over."""
    if _ONE_PLACE.search(sentence):
        return
    of_sentence = periods.stated(sentence.partition(",")[0], around.period) or around.period
    before = ""
    for start, end in _clauses(sentence):
        clause = sentence[start:end]
        found = [one for one in quantities.quantities(sentence) if start <= one.start < end]
        for at, one in enumerate(found):
            made = _figure(one, clause, sentence, found, at, (before, start, of_sentence), around)
            if made:
                yield made
        said = _without(clause, found, start)
        before = said if words(said) and not _CHANGE.match(clause.strip()) else before


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for cut in _CLAUSE.finditer(sentence):
        if cut.start() > begin:
            yield begin, cut.start()
        begin = cut.end() if not cut[0][0].isalpha() else cut.start()
    yield begin, len(sentence)


def _without(clause: str, found: list[Quantity], start: int) -> str:
    """The clause without its numbers; their units stay, they say what is counted."""
    text = clause
    for one in found:
        kept = re.sub(r"[\d.,%]+", " ", one.written)
        text = text.replace(one.written, kept)
    return text


def _figure(
    one: Quantity, clause: str, sentence: str, found: list[Quantity], at: int,
    context: tuple[str, int, periods.Period | None], around: Around,
) -> Figure | None:  # fmt: skip
    before, start, of_sentence = context
    if not one.unit and one.value < 10:
        return None
    said = clause[: one.start - start]
    first = found[at - 1].end - start if at else 0
    own = said[max(0, first) :]
    kind, since = _kind(own, clause, one)
    period = periods.stated(clause, around.period) if kind != "change" else None
    period = period or of_sentence
    if period is None:
        return None
    label = _label(clause, found, one, start, at)
    if kind == "change" or len(set(words(label)) - set(words(one.unit))) == 0:
        label = before or label
    if not words(label):
        return None
    value = -one.value if kind == "change" and "giảm" in own.lower() else one.value
    return Figure(
        label.strip(), value, one.unit, one.written, around.place, str(period), kind, around.report, around.page,
        sentence, "text", one.slack, since=str(since_of(clause, around)) if since else "",
        is_of_last=period != around.period,
    )  # fmt: skip


def since_of(clause: str, around: Around) -> periods.Period | None:
    return periods.stated(clause.partition("so với")[2] or clause, around.period)


def _kind(own: str, clause: str, one: Quantity) -> tuple[Kind, bool]:
    """`own`: the words since the figure before. "tăng 5,2%" is a change, "tăng lên 5.200" is not."""
    changes = [found for found in _CHANGE.finditer(own)]
    if changes and not _UP_TO.search(own) and changes[-1][1].lower() in {"tăng", "giảm"}:
        since = "cùng kỳ" in clause.lower() or bool(re.search(r"so với năm", clause, re.IGNORECASE))
        return "change", since
    if changes and changes[-1][1].lower() == "bằng" and one.unit == "%" and _COMPARES.search(clause):
        return "change", False
    return ("plan" if _PLAN.search(own) else "actual"), False


def _label(clause: str, found: list[Quantity], one: Quantity, start: int, at: int) -> str:
    """The clause's words around the figure: from the figure before to the figure behind."""
    first = found[at - 1].end - start if at else 0
    last = found[at + 1].start - start if at + 1 < len(found) else len(clause)
    unit = one.written[len(re.match(r"[\d.,\s]*", one.written)[0]) :]  # type: ignore[index]
    return f"{clause[max(0, first) : one.start - start]} {unit} {clause[one.end - start : last]}"
