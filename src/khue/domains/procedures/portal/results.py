"""`ket_qua_xu_ly`: results with their codes, then the portal's keywords and description, then parts of its page."""

import re

from khue.domains.procedures.portal.letters import LOWER, UPPER
from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import Parsed, Result, Results

# what follows is the page's form for choosing an agency, not the procedure
PAGE_FORM = "Chọn cơ quan thực hiện"
CODE_LABEL = "Mã: "
KEYWORDS_LABEL = "Từ khóa"
DESCRIPTION_LABEL = "Mô tả"
UNSTATED = "Không có thông tin"
SEPARATORS = re.compile(rf"{CODE_LABEL.strip()}|{KEYWORDS_LABEL}|{DESCRIPTION_LABEL}|{UNSTATED}")

_CODE = re.compile(
    r"Mã: (?P<code>KQ[.-]?[GH]\d\d\.\d{4,7}|\d{3}(?:\.\d\d){2}\.[GH]\d\d-KQ\d+"
    # some authorities type anything: "G04-KQ003172", "VBTT", "sfbkjas"
    rf"|[Cc]hưa xác định(?: rõ)?(?=Từ khóa)|Cơ quan(?= )|\S{{1,30}}?(?=Từ khóa|[{UPPER}][{LOWER}]|[+-] |\s|$))"
)
_TAIL = re.compile(
    rf"{KEYWORDS_LABEL}(?P<keywords>(?:(?!{KEYWORDS_LABEL}).)*?){DESCRIPTION_LABEL}(?P<description>.*)$", re.DOTALL
)


def cut(source: str) -> str:
    return source.split(PAGE_FORM)[0]


def split_conditions(conditions: str) -> tuple[str, str]:
    """Where a procedure names no result, the portal's keywords hang on the conditions before them."""
    before, label, after = cut(conditions).partition(KEYWORDS_LABEL)
    return (before, label + after) if DESCRIPTION_LABEL in after else (conditions, "")


def results(source: str) -> Parsed[Results]:
    source = cut(source)
    tail = _tail(source)
    body = source[: tail.start()] if tail else source
    rows, position = [], 0
    for match in _CODE.finditer(body):
        rows.append(Result(body[position : match.start()].strip(), match["code"]))
        position = match.end()
    value = Results(tuple(rows), *(_stated(tail[name]) for name in ("keywords", "description")) if tail else ())
    rest = body[position:].strip()
    remains = (rest,) if rest and rest != UNSTATED else ()
    return Parsed(value, remains, lost_characters(source, leaves(value), SEPARATORS))


def _tail(source: str) -> re.Match[str] | None:
    """Keywords and description follow the last code."""
    last = max((match.end() for match in _CODE.finditer(source)), default=0)
    return _TAIL.search(source, last)


def _stated(text: str) -> str:
    text = text.strip()
    return "" if text == UNSTATED else text
