"""Sentences of Vietnamese, English and French, in documents and in answers.

A sentence never spans two lines. When in doubt it is left whole: a citation that holds a little more is better than
one cut in the middle of "TP. Hồ Chí Minh" or "Điều 5. Hồ sơ".
"""

import re

# never the end of a sentence, whatever follows
_TITLES = frozenset(
    "tp ths th.s ts t.s pgs gs bs ks cn ls ncs cv q p h tx tt nxb gs.ts pgs.ts đ/c đ.c "
    "mr mrs ms dr prof st mt messrs hon gen col lt sgt capt rev vs e.g i.e cf viz "
    "mm mme mlle mgr me av bd boul éd p.ex c.-à-d env".split()
)
# the end unless a number follows: "art. 5", "No. 12", "p. 3"
_BEFORE_NUMBER = frozenset(
    "art arts no nos n° nr sec secs fig figs ch chap vol pp par paras al ann annex app tel tél fax ext réf ref "
    "đt sđt đ k đk mst cccd cmnd stt".split()
)
# dotted words that do end a sentence when a capital follows
_DOTTED_END = frozenset({"v.v", "a.m", "p.m", "etc"})
_LETTERED = frozenset(
    "nhóm hạng loại mẫu bảng lục khu tổ điểm án cấp vitamin group class type annex table category appendix "
    "catégorie groupe annexe tableau classe".split()
)
_NUMBERED = (
    r"(?:điều|chương|mục|tiểu mục|phần|khoản|bước|bảng|hình|phụ lục|mẫu|câu|bài"
    r"|article|art|section|chapter|step|table|figure|part|annex|chapitre|titre|étape|tableau|annexe|partie)"
)
# "1.", "1.2.", "IV.", "a.", "Điều 5.", "Bước 2." at the start of a line number what follows
_LABEL = re.compile(
    rf"\s*(?:[-–•*+]\s*)?(?:{_NUMBERED}\s+)?(?:\d{{1,4}}(?:\.\d{{1,3}})*[a-zđ]?|[IVXLCDM]{{1,7}}|[A-Za-zĐđ])\.(?=\s)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*(?:\s»)?(?:\s?\[\d{1,3}\])*)(?P<gap>\s+|$)"
    r"|(?<=[a-zà-ỹ]{2})(?P<glued>\.)(?=[A-ZÀ-ỴĐ][a-zà-ỹđ])",
)
_LONGEST_WORD = 40
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'«]+$")
_STARTS = re.compile(r"[\"'“‘«(\[–•*+-]*\s*(?:[A-ZÀ-ÝĂĐĨŨƠƯẠ-ỸŒ]|\d)")


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in `text`, without the white space around it."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        found.extend(_in_line(text, line.start(), line.end()))
    return found


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def _in_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    label = _LABEL.match(text, start, end)
    found = []
    begin = start
    for stop in _STOP.finditer(text, label.end() if label else start, end):
        if stop.start() > begin and _ends_here(text, begin, stop, end):
            cut = stop.end("close") if stop["mark"] else stop.end("glued")
            found.append(_trimmed(text, begin, cut))
            begin = cut
    found.append(_trimmed(text, begin, end))
    return [(first, last) for first, last in found if first < last]


def _ends_here(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    if stop.end() >= end:
        return True
    at = stop.start("mark") if stop["mark"] else stop.start("glued")
    word = _WORD_BEFORE.search(text, max(begin, at - _LONGEST_WORD), at)
    before = word[0].lower() if word else ""
    if stop["glued"]:
        return before not in _TITLES
    if not _STARTS.match(text, stop.end(), end):
        return False
    if stop["mark"] != ".":
        return True
    if before in _TITLES or (before in _BEFORE_NUMBER and text[stop.end()].isdigit()):
        return False
    if len(before) == 1 and word is not None and word[0].isalpha():
        return _letter_ends(text, begin, word)
    if "." in before and re.fullmatch(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}", before):
        return before in _DOTTED_END
    return True


def _letter_ends(text: str, begin: int, word: re.Match[str]) -> bool:
    """ "M. Dupont" and "J. Smith" go on; "nhóm B. Các dự án" ends."""
    if word[0].islower():
        return True
    previous = _WORD_BEFORE.search(text[max(begin, word.start() - _LONGEST_WORD) : word.start()].rstrip())
    return previous is not None and previous[0].lower() in _LETTERED


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
