"""Given names without surname or title, as colleagues write: "mai Phong trực thay Quang", "(Thu Trang, một cửa)"."""

import re

from khue.gateway.privacy.lists import names
from khue.gateway.privacy.names.reading import Reading

# given names that are more often a people, a language, a side of the world, a subject of school, a season
NOT_ALONE = frozenset(
    "Anh Nam Bắc Trung Đông Tây Thái Hoa Kinh Dao Nhật Hàn Việt Nga Mỹ Đức Toán Văn Lý Hóa Hoá Sinh Sử Địa Tin "
    "Quý Thu Xuân Hạ Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi "
    "Công Chính Phú Tiến Tự Lễ Hội Tỉnh Thành Đảng Đoàn Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Nhất Nhì Nữ Thị Tịch "
    "Phó Tiên Phong Hồng Cửu Khoa Quyền Tính Viết Đăng Lập Khai Thư Tiếp Thông Hoàn Cầm Hán Cơ Quan Ca Chi Đội "
    "Đại Kỳ Thế Thống Kim Sông Núi".split()
)
# what goes on behind a person: others of two words begin so ("Quốc gia", "Phát triển")
ON = frozenset(
    "đi đến nộp trực nói gửi làm viết với và đã đang sẽ chưa không có là cho ở về xin nhắc photo soạn in gọi hỏi "
    "xem giúp hay thì mà được cần phải nghỉ thay lên xuống ra cũng vẫn mới hả à ơi nhé ạ nha mai chiều sáng rồi "
    "kể cùng lấy chụp quên mất dặn nhờ chuyển sửa check đọc mang đưa theo tổng".split()
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
