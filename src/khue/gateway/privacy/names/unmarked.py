"""nguyen van an: names typed without marks and capitals."""

import re

from khue.gateway.privacy.names.parts import SYLLABLE
from khue.gateway.privacy.names.reading import MIDDLES, Reading
from khue.gateway.privacy.page import VIETNAMESE, WESTERN

# words of two syllables that begin as a surname does, once the marks are gone
COLLISIONS = frozenset(
    "le phi, le hoi, le tet, le tan, tran trong, tran lan, dang ky, dang khai, dang lam, dang o, dang co, do la, "
    "do co, ho so, ho khau, ho tro, ho ngheo, ho gia, ho tich, ly do, ly lich, ly hon, cao hon, cao cap, mai nop, "
    "ha noi, ha tang, vo chong, vu viec, vu an, luu y, luu tru, luu hanh, thai san, thai do, ton giao, ton tai, "
    "dinh ky, dinh muc, dinh danh, doan the, doan vien, truong hop, truong phong, truong thon, to khai, to dan, "
    "to chuc, to trinh, phan anh, phan hoi, phan loai, phan mem, phan cong, pham vi, pham toi, hoang mang, chu "
    "ho, chu tich, chu dau, duong pho, duong day, thanh pho, kim loai, giang vien, cung cap, vi tri, vi pham, van "
    "ban, van phong, mai kia, dao tao, dong y, son nha, tang luong, giap ranh, dieu kien, don vi".split(", ")
)
# what follows a name typed without capitals
NOT_OF_NAMES = frozenset(
    {"thuong tru", "tam tru", "sinh ngay", "sinh nam", "hien o", "hien dang", "que quan", "dien thoai"}
    | {"trinh tu", "trinh do", "trinh bay", "trinh ky", "trinh duyet"}
    | COLLISIONS
)
# san pham, to trinh: words that end as a surname begins
ENDS_OF_WORDS = frozenset(
    "san pham, thuc pham, duoc pham, my pham, tac pham, vi pham, an pham, thuong pham, che pham, van pham, hang pham, "
    "to trinh, cong trinh, quy trinh, chuong trinh, qua trinh, lo trinh, phap trinh, giao trinh, hanh trinh, "
    "tien trinh, phai trinh, giai trinh, thuyet trinh, thanh phan, bo phan, co phan, mot phan, "
    "hoc phan, khung hoang, khai hoang, xet trinh, kinh trinh".split(", ")
)
AND_WORDS = frozenset("va voi la o da ve nay".split())
ENDS = re.compile(r"\s*(?:[^\w\s]|\d|\Z)")
# without its mark this title is as often another word
FOLDED_DOUBT = frozenset("co bo ban con me chu ma chau di cau bac cu thay dien em vien ho uy".split())
# "anh em", "chi phi": no given names behind these words
NO_GIVEN = frozenset("em ba ta hai chi hung huong phi tiet dao dan dinh hang tieu doan bo hoi nam thi y linh-".split())


def name(reading: Reading, at: int) -> tuple[float, int]:
    word, known = reading.words[at], reading.known
    if word.plain not in known.plain_surnames or word.plain in AND_WORDS or not word.text.isascii():
        return 0, at
    has_title = reading.title(at) != "" and not _is_doubtful(reading, at)
    if at in reading.thing_before and not has_title or _is_phrase(reading, at):
        return 0, at
    is_plain = reading.is_typed_plainly(at)
    last = _end(reading, at, has_title or is_plain)
    size, is_strong = last - at + 1, word.plain in known.strong
    if has_title and (reading.page.is_folded or is_plain or _is_among_western(reading, at, last)):
        return (0.85 if size > 2 or size == 2 and is_strong else 0), last
    if reading.page.has_marks:
        return (0.7 if size > 2 and is_plain else 0), last
    if not reading.page.is_folded or size < 3 or not is_strong:
        return 0, last
    if _has_middle(reading, at) or _ends(reading, last) and is_plain:
        return 0.7, last
    is_known = all(plain in known.parts for plain in reading.page.plains[at : last + 1])
    return (0.62 if is_known and _ends(reading, last) else 0), last


def _end(reading: Reading, at: int, is_sure: bool) -> int:
    last = at
    while last - at < 2 and _goes_on(reading, last + 1, is_unknown_fine=is_sure):
        last += 1
    ahead = last + 1
    if last - at < 2 or ahead >= len(reading.words) or reading.page.plains[ahead] in VIETNAMESE:
        return last
    stops = ENDS.match(reading.text, reading.words[ahead].end) is not None
    is_fourth = _goes_on(reading, ahead, is_unknown_fine=is_sure and stops) and _ends(reading, ahead)
    return ahead if is_fourth else last


def _is_among_western(reading: Reading, at: int, last: int) -> bool:
    """mr giang seo phu"""
    is_whole = last - at == 2 and WESTERN.isdisjoint(reading.page.plains[at : last + 1])
    return is_whole and not reading.page.has_marks and reading.title(at) == "western_familiar"


def given_only(reading: Reading, at: int) -> float:
    """chi linh, where the clause ends behind it."""
    word = reading.words[at]
    is_addressed = at > 0 and reading.page.plains[at - 1] in {"anh", "chi", "ong"} and reading.title(at) != ""
    is_given = word.plain in reading.known.given and word.plain not in NO_GIVEN and word.text.isascii()
    return 0.6 if reading.page.is_folded and is_addressed and is_given and ENDS.match(reading.text, word.end) else 0


def _is_doubtful(reading: Reading, at: int) -> bool:
    """bo, co, ho: one word that without its mark is as often no title."""
    is_alone = reading.title_before[at][1] == at - 1 if at in reading.title_before else False
    return is_alone and reading.words[at - 1].plain in FOLDED_DOUBT and not _has_middle(reading, at)


def _has_middle(reading: Reading, at: int) -> bool:
    return not MIDDLES.isdisjoint(reading.page.plains[at + 1 : at + 2])


def _ends(reading: Reading, at: int) -> bool:
    """Whether a clause ends here, or one of the commonest words follows."""
    if at + 1 < len(reading.words) and reading.page.plains[at + 1] in VIETNAMESE | AND_WORDS:
        return True
    return ENDS.match(reading.text, reading.words[at].end) is not None


def _is_phrase(reading: Reading, at: int) -> bool:
    if at and " ".join(reading.page.plains[at - 1 : at + 1]) in ENDS_OF_WORDS:
        return True
    return " ".join(reading.page.plains[at : at + 2]) in NOT_OF_NAMES


def _goes_on(reading: Reading, at: int, *, is_unknown_fine: bool) -> bool:
    if at >= len(reading.words) or not reading.joined(at):
        return False
    word = reading.words[at]
    if not word.text.isascii() or word.text[0].isupper() or word.plain in AND_WORDS:
        return False
    if _is_phrase(reading, at):
        return False
    if word.plain in reading.known.parts:
        return True
    return is_unknown_fine and word.plain not in VIETNAMESE and SYLLABLE.match(word.plain) is not None
