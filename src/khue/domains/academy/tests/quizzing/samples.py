"""One item of each kind, as an author writes it."""

from typing import Any

from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item

SINGLE: dict[str, Any] = {
    "key": "portal-name",
    "type": "single",
    "points": 2,
    "tags": ["portal"],
    "text": {"vi": "Cổng nào công khai **thủ tục hành chính** cả nước?", "en": "Which portal lists *all* procedures?"},
    "feedback": {"vi": "Cổng Dịch vụ công quốc gia.", "en": "The National Public Service Portal."},
    "choices": [
        {"key": "a", "text": {"vi": "Cổng Dịch vụ công quốc gia", "en": "The national portal"}, "right": True},
        {
            "key": "b",
            "text": {"vi": "Trang tin của tỉnh", "en": "A province's site"},
            "feedback": {"vi": "Chỉ có thủ tục của tỉnh.", "en": "Only the province's own."},
        },
        {"key": "c", "text": {"vi": "Công báo", "en": "The gazette"}, "share": 0.5},
    ],
}
MULTIPLE: dict[str, Any] = {
    "key": "personal-data",
    "type": "multiple",
    "text": {"vi": "Đâu là dữ liệu cá nhân?"},
    "when_right": {"vi": "Đúng cả."},
    "when_partly": {"vi": "Còn thiếu."},
    "when_wrong": {"vi": "Xem lại chuyên đề 4."},
    "choices": [
        {"key": "a", "text": {"vi": "Số căn cước"}, "right": True},
        {"key": "b", "text": {"vi": "Ngày sinh"}, "right": True},
        {"key": "c", "text": {"vi": "Tên tỉnh"}},
        {"key": "d", "text": {"vi": "Dân số cả nước"}},
    ],
}
ORDERING: dict[str, Any] = {
    "key": "innovation-steps",
    "type": "ordering",
    "text": {"vi": "Sắp xếp các bước đổi mới sáng tạo."},
    "sequence": [{"vi": "Hiểu vấn đề"}, {"vi": "Nêu ý tưởng"}, {"vi": "Thử nghiệm"}, {"vi": "Nhân rộng"}],
}
MATCHING: dict[str, Any] = {
    "key": "who-does-what",
    "type": "matching",
    "text": {"vi": "Nối cơ quan với việc."},
    "pairs": [
        {"left": {"vi": "Tư pháp – hộ tịch"}, "right": {"vi": "Đăng ký khai sinh"}},
        {"left": {"vi": "Công an cấp xã"}, "right": {"vi": "Đăng ký tạm trú"}},
        {"left": {"vi": "Phòng kinh tế"}, "right": {"vi": "Hộ kinh doanh"}},
    ],
    "extra": [{"vi": "Cấp hộ chiếu"}],
}
NUMBER: dict[str, Any] = {
    "key": "distance",
    "type": "number",
    "text": {"vi": "Quãng đường là bao nhiêu?"},
    "answers": [{"answer": 1234.5, "tolerance": 0.5}, {"answer": 1234.5, "tolerance": 20, "share": 0.5}],
    "units": [{"names": {"vi": "m", "en": "m"}}, {"names": {"vi": "km"}, "factor": 1000}],
}
SHORT: dict[str, Any] = {
    "key": "capital",
    "type": "short",
    "text": {"vi": "Thủ đô cũ của nước Việt là gì?"},
    "accept": {"vi": ["Hoa Lư", "cố đô Hoa Lư"], "en": ["Hoa Lu citadel"]},
    "answers": [{"text": "*Huế*", "share": 0.25, "feedback": {"vi": "Muộn hơn nhiều."}}],
}
ESSAY: dict[str, Any] = {
    "key": "own-office",
    "type": "essay",
    "points": 5,
    "text": {"vi": "Nêu một việc của cơ quan anh, chị mà AI giúp được."},
    "guidance": {"vi": "Nêu rõ việc, dữ liệu, rủi ro."},
    "words": 200,
}
ALL = [SINGLE, MULTIPLE, ORDERING, MATCHING, NUMBER, SHORT, ESSAY]


def items() -> list[Item]:
    return [notation.item(given) for given in ALL]
