"""`can_cu_phap_ly`: rows of title and code, flattened: "Luật Khiếu nại năm 201102/2011/QH13Nghị định …05/2012/NĐ-CP…".

A code cell stands glued between its title and the next one. Codes are also mentioned inside titles; there a space or
a stop follows, or the same code as the cell.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest

from khue.domains.procedures.portal.letters import LOWER, UPPER
from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import LegalBasis, Parsed

HEADER = "Tên văn bản pháp lýMã văn bản"
UNSTATED = "Không có thông tin"
SEPARATORS = re.compile(re.escape(HEADER))

# who signs and what kind it is; longer before shorter, so that "BTCNghị định" ends after BTC
_BODIES = (
    "UBTVQH|UBTƯMTTQVN|UBTWMTTQVN|BNNPTNT|BLĐTBXH|BLDTBXH|BVHTTDL|BVHTTDL|BGDĐT|BKHCN|BKHĐT|BTNMT|BNNMT|BGTVT|BTTTT|"
    "VPCP|NHNN|UBND|HĐND|BHXH|BCĐ|BQP|BCA|BNG|BNV|BTC|BTP|BXD|BYT|BCT|BKH|TTg|TTCP|TANDTC|VKSNDTC|TCHQ|TCT|UBCK|"
    "UBDT|UBCKNN|CTN|HĐBT|VPQH|TLĐ|KTNN|BTM|BTS|BNN|LĐTBXH|BVHTT|BXD|TCTK|BTL|CSXH|MTTW|CP|TW"
)
_KINDS = "VBHN|NĐ|ND|TTLT|TT|NQ|QĐ|QD|CT|PL|L|LĐ|HD|TB|CV|KH|QC"
_SUFFIX = (
    rf"(?:PL-|NQ-)?UBTVQH\d{{1,2}}|(?:NQ-|L-)?QH\d{{1,2}}|(?:{_KINDS})(?:-(?:{_BODIES}))+|(?:{_KINDS})/(?:{_BODIES})(?:-(?:{_BODIES}))*"
    rf"|(?:{_BODIES})|(?:{_KINDS})(?![{LOWER}-])"
)
# cells that are not quite codes: "165/2024/NĐ- CP", "118/2025/NĐ-C", "167/2025"; only where glued to a title
_ODD = rf"(?<=[{LOWER}.;])\d{{1,4}}/\d{{4}}(?:/[A-ZĐ]+- ?[A-ZĐ]+?|/[A-ZĐ]+)?(?=$|[{UPPER}][{LOWER}])"
# the code cell with the kind of the document before it: "Luật Thú y" + "Luật79/2015/QH13"
_KIND_WORDS = "Luậ?t|Luất|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh"
_CELL_WORDS = re.compile(rf"(?<=[{LOWER}{UPPER}.;)\d])(?:(?:{_KIND_WORDS})(?: số)?|[Ss]ố):? ?$")
_ONLY_WORDS = re.compile(rf"(?:{_KIND_WORDS})?(?: ?[Ss]ố)?:? ?")
# a number of at most four digits, or letters after it ("76a/2014"); the year glued before it belongs to the title
_CODE = re.compile(rf"(?P<number>\d+(?:\.\d+|[a-zA-Z])?)(?P<rest>/(?:\d{{4}}/)?(?:{_SUFFIX}))|{_ODD}")
# a last row whose code is none: words ("…phân bón" + "Nghị định 84/2019/NĐ-CP.") or part of one ("năm 2022" + "06")
_LAST_ROWS = (
    re.compile(rf"(?P<title>.*[{LOWER}.;])(?P<code>(?:{_KIND_WORDS})(?: số)? ?\d.*)", re.DOTALL),
    re.compile(r"(?P<title>.*(?<!\d)(?P<part>\d+/\d{4})/\S+?)(?P<code>(?P=part))", re.DOTALL),
    re.compile(r"(?P<title>.*(?:19|20)\d\d)(?P<code>\d{1,4}(?:/\d{4})?)", re.DOTALL),
)
_AFTER_MENTION = re.compile(r"[\s,;:.)\]/”\"-]")


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    text: str


def legal_bases(source: str) -> Parsed[tuple[LegalBasis, ...]]:
    body_at = len(HEADER) if source.startswith(HEADER) else 0
    bases, position = [], body_at
    found = _codes(source, body_at)
    for this, following in zip_longest(found, found[1:]):
        if _is_cell(source, position, this, following):
            bases.append(_basis(source[position : this.start], this.text))
            position = this.end
    rest = source[position:].strip()
    if last := _last_row(rest):
        bases, rest = [*bases, last], ""
    stated = bases or rest != UNSTATED
    remains = (rest,) if rest and stated else ()
    texts = leaves(bases) if stated else iter((UNSTATED,))
    return Parsed(tuple(bases), remains, lost_characters(source, texts, SEPARATORS))


def _last_row(rest: str) -> LegalBasis | None:
    matches = (pattern.fullmatch(rest) for pattern in _LAST_ROWS)
    found = next(filter(None, matches), None)
    return LegalBasis(found["title"].strip(), found["code"].strip()) if found else None


def _basis(title: str, code: str) -> LegalBasis:
    if words := _CELL_WORDS.search(title):
        return LegalBasis(title[: words.start()].strip(), f"{title[words.start() :]}{code}".strip())
    return LegalBasis(title.strip(), code)


def _codes(source: str, start: int) -> list[_Found]:
    found: list[_Found] = []
    for match in _CODE.finditer(source, start):
        number_at = match.start()
        if match["number"]:
            number_at += _glued_digits(match["number"], source[start:number_at], match["rest"])
        found.append(_Found(number_at, match.end(), source[number_at : match.end()]))
    return found


def _glued_digits(number: str, before: str, rest: str) -> int:
    """How many leading digits of a run belong to the title: "năm 2011" + "02/2011/QH13" reads "201102/2011/QH13"."""
    for cut in range(1, len(number)):
        if re.search(rf"(?<!\d){number[cut:]}{re.escape(rest)}", before):
            return cut
    year = re.match(r"(?:19|20)\d\d(?=\d)", number)
    return 4 if year and len(number) >= 5 else max(0, len(number) - 4)


def _is_cell(source: str, position: int, this: _Found, following: _Found | None) -> bool:
    title = source[position : this.start].strip()
    number = this.text.rpartition("/")[0]
    if title and following is None and source[this.end :].strip() == number:
        return False
    if following and not title and following.text == this.text:
        # the code serves as the title: "50/2025/TT-NHNNsố 50/2025/TT-NHNN"
        return not _ONLY_WORDS.fullmatch(source[this.end : following.start])
    if following and following.start == this.end:
        return following.text != this.text and bool(title)
    before = source[: this.start]
    glued_before = bool(re.search(rf"[{LOWER}]$", before)) and not before.lower().endswith("số")
    return glued_before or this.end == len(source) or not _AFTER_MENTION.match(source, this.end)
