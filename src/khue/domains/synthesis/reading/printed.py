"""Tables that a PDF gives as lines, as rows again: where the heading of the columns is understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from khue.domains.knowledge.api import Block
from khue.domains.synthesis.figures.quantities import UNITS

_HEAD = re.compile(
    r"(?:chỉ tiêu|nội dung|danh mục).{0,40}?(?:đơn vị tính|đơn vị|đvt)\s+(?P<columns>.+)$", re.IGNORECASE
)
_COLUMN = re.compile(
    r"(?:thực hiện\s+|ước\s+|kết quả\s+|số liệu\s+)?(?:cùng kỳ(?:\s+năm)?(?:\s+(?:\d{4}|trước))?|kỳ (?:này|trước)"
    r"|\d{1,2}\s+tháng(?:\s+(?:đầu|cuối))?(?:\s+năm)?\s+\d{4}|quý\s+[IV\d]+(?:\s*(?:/|năm)?\s*\d{4})?"
    r"|năm\s+(?:\d{4}|trước)|kế hoạch(?:\s+năm\s+\d{4})?|so (?:sánh|với)[^\d]{0,30}(?:%|\(%\))?"
    r"|tháng\s+\d{1,2}\s*/\s*\d{4})",
    re.IGNORECASE,
)
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_MEASURE = rf"(?:(?:nghìn|triệu|tỷ|tỉ)\s+)*(?:{_UNIT})"
_VALUES = r"(?P<values>(?:[-−]?\d[\d.,]*\s*%?\s*)+)"
_ROW = re.compile(
    rf"^(?:\d{{1,3}}[.)]?\s+)?(?P<label>\S.{{2,140}}?)\s+(?P<unit>{_MEASURE})\s+{_VALUES}$", re.IGNORECASE
)
_REST = re.compile(rf"^(?P<unit>{_MEASURE})\s+{_VALUES}$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:\d{1,3}[.)]?\s+)(?P<label>\S.{2,140})$")


def with_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same blocks, lines of a table that could be read as rows of kind "row"."""
    columns: list[str] = []
    label: Block | None = None
    for block in blocks:
        head = _HEAD.search(block.text) if block.kind != "row" and len(block.text) < 300 else None
        if head:
            columns = [found.strip() for found in _COLUMN.findall(head["columns"])]
        row = _row(block, columns, label) if columns and not head else None
        if label is not None and row is None:
            yield label
        elif row is None and columns and not head and len(block.text) > 250:
            columns = []
        label = block if row is None and columns and not head and _LABEL.match(block.text) else None
        if row is not None:
            yield row
        elif label is None:
            yield block
    if label is not None:
        yield label


def _row(block: Block, columns: Sequence[str], above: Block | None) -> Block | None:
    rest = _REST.match(block.text) if above is not None else None
    held = _LABEL.match(above.text) if above is not None and rest else None
    found = rest or _ROW.match(block.text)
    name = held["label"] if held else found["label"] if found and "label" in found.groupdict() else ""
    if found is None or not name:
        return None
    values = found["values"].split()
    if len(values) != len(columns):
        return None
    cells = "; ".join(f"{column}: {value}" for column, value in zip(columns, values, strict=True))
    return replace(block, kind="row", text=f"Chỉ tiêu: {name}; Đơn vị tính: {found['unit']}; {cells}")
