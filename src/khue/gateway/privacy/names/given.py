"""Given names without surname or title, as colleagues write: "mai Phong trực thay Quang", "(Thu Trang, một cửa)"."""

import re

from khue.gateway.privacy.lists import names, provinces
from khue.gateway.privacy.names.reading import Reading

# given names that are more often a people, a language, a side of the world, a subject of school, a season
NOT_ALONE = frozenset(
    "Anh Nam Bắc Trung Đông Tây Thái Hoa Kinh Dao Nhật Hàn Việt Nga Mỹ Đức Toán Văn Lý Hóa Hoá Sinh Sử Địa Tin "
    "Quý Thu Xuân Hạ Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi "
    "Công Chính Phú Tiến Tự Lễ Hội Tỉnh Thành Đảng Đoàn Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Nhất Nhì Nữ Thị Tịch "
    "Phó Tiên Phong Hồng Cửu Khoa Quyền Tính Viết Đăng Lập Khai Thư Tiếp Thông Hoàn Cầm Hán Cơ Quan Ca Chi Đội "
    "Đại Kỳ Thế Thống Kim Sông Núi Biên Đồng Dự".split()
)
# what goes on behind a person: others of two words begin so ("Quốc gia", "Phát triển")
ON = frozenset(
    "đi đến nộp trực nói gửi làm viết với và đã đang sẽ chưa không có là cho ở về xin nhắc photo soạn in gọi hỏi "
    "xem giúp hay thì mà được cần phải phòng nghỉ thay lên xuống ra cũng vẫn mới hả à ơi nhé ạ nha mai chiều sáng rồi "
    "bên kể cùng lấy chụp quên mất dặn nhờ chuyển sửa check đọc mang đưa theo tổng".split()
)
# in English and French texts: words before one who is called by the first name, and behind
CUES = frozenset(
    "with and or by for to said ask tell told that met called emailed cc thank says avec et ou par pour chez de dit "
    "que demande vois voir appelez rappelez contactez prévenez remercie selon".split()
)
GOES_ON = frozenset(
    "from has had is was will would can said says wrote called already needs wants sent asked told and or in at who "
    "au aux a est était sera va veut peut doit et ou dit demande propose reste part remplace qui du de en".split()
)
# first names that are as often a month, a virtue, a place, a word
DOUBTFUL = frozenset(
    "will mark may june april august rose grace faith hope joy grant frank bill rich drew chase jack summer autumn "
    "dawn paris nancy milan victoria charlotte florence sydney austin dallas jordan chad georgia virginia carolina "
    "madison lincoln pierre claire aurore marine ange prudence constance olive violette marguerite iris christian "
    "noel noël pascal baptiste santa saint bank art guy ray ford case page banks pat dot gene miles max major dean "
    "king prince earl duke".split()
)
OPENING = re.compile(r"[(@\[]\s?\Z|[:,;] \Z|\d \Z")
CLOSING = re.compile(r"\s*(?:[,;:.?!)\]]|\Z)| [–-] ")


def name(reading: Reading, at: int) -> tuple[float, int]:
    words, last = reading.words, reading.run(at)
    if not reading.page.has_marks or words[at].text.isupper() or last - at > 1:
        return 0, at
    if not may_stand_alone(reading, last) or not _follows_plainly(reading, at):
        return 0, at
    if reading.is_place(at) or reading.is_thing(at, last) or at in reading.thing_begins:
        return 0, at
    if last == at:
        return (0.5 if words[at].text in names("given") and words[at].text not in NOT_ALONE else 0), at
    is_pair = words[at].text in names("given") | names("middle") and words[last].text in names("given")
    return (0.55 if is_pair else 0), last


def foreign(reading: Reading, at: int) -> tuple[float, int]:
    """rappelez Mathilde au …; said Thuy from HR: a first name alone in an English or French text."""
    word, known = reading.words[at], reading.known
    if reading.page.has_marks or reading.page.is_folded or len(word.text) < 3 or not word.text[1:].islower():
        return 0, at
    if not at or reading.text[reading.words[at - 1].end : word.start] != " " or reading.run(at) != at:
        return 0, at
    if not reading.words[at - 1].text.islower():
        return 0, at
    is_western = word.text.lower() in known.western and word.text.lower() not in DOUBTFUL
    is_vietnamese = word.text.isascii() and word.plain in known.given - provinces()
    if not (is_western or is_vietnamese) or reading.is_thing(at, at) or at in reading.thing_begins:
        return 0, at
    is_cued = reading.words[at - 1].text in CUES
    following = reading.words[at + 1].text if at + 1 < len(reading.words) and reading.joined(at + 1) else ""
    is_followed = following in GOES_ON or CLOSING.match(reading.text, word.end) is not None
    if is_western:
        return (0.55 if is_cued or following in GOES_ON else 0), at
    return (0.5 if is_cued and is_followed else 0), at


def may_stand_alone(reading: Reading, at: int) -> bool:
    """Whether the word may be all there is: a sign follows, or what goes on behind a person."""
    if CLOSING.match(reading.text, reading.words[at].end):
        return True
    return at + 1 < len(reading.words) and reading.joined(at + 1) and reading.words[at + 1].text in ON


def _follows_plainly(reading: Reading, at: int) -> bool:
    """Behind a small word, or a sign that opens an item: neither first in a sentence nor inside a longer name."""
    start = reading.words[at].start
    if OPENING.search(reading.text, max(0, start - 4), start):
        return True
    return at > 0 and reading.joined(at) and reading.words[at - 1].text.islower()
