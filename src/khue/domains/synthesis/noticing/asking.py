"""Recommendations: who is asked for what."""

import re

_ASKS = re.compile(
    r"^(?:[-+•*\d.)\s]*)(?:(?:tỉnh|ubnd|ủy ban nhân dân|sở|đơn vị|địa phương)[^,;]{0,60}?\s+)?"
    r"(?P<verb>(?:kính )?đề nghị|kiến nghị|đề xuất|kính mong)"
    r"(?:\s+với)?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
# what ministries and departments are of
_FIELDS = "|".join(
    (
        "Nội vụ", "Khoa học và Công nghệ", "Tài chính", "Tư pháp", "Công an", "Quốc phòng", "Y tế", "Ngoại giao",
        "Giáo dục và Đào tạo", "Xây dựng", "Công Thương", "Công thương", "Nông nghiệp và Môi trường", "Du lịch",
        "Văn hóa, Thể thao và Du lịch", "Văn hóa và Thể thao", "Dân tộc và Tôn giáo",
    )
)  # fmt: skip
_WHOM = re.compile(
    rf"^(?:các\s+)?(?P<whom>(?:Bộ|Sở)\s+(?:{_FIELDS})(?:(?:\s*,\s*|\s+và\s+)(?:Bộ|Sở)\s+(?:{_FIELDS}))*"
    r"|Chính phủ|Thủ tướng(?: Chính phủ)?|Quốc hội|Ủy ban Thường vụ Quốc hội|Trung ương|Ngân hàng Nhà nước"
    r"|(?:Ủy ban nhân dân|UBND|HĐND|Hội đồng nhân dân)\s+(?:tỉnh|thành phố|xã|phường|các (?:xã|cấp))"
    r"|Văn phòng (?:Chính phủ|Quốc hội|(?:Ủy ban nhân dân|UBND)(?:\s+(?:tỉnh|thành phố))?)"
    r"|(?:Bộ|Ban|Sở|Cục|Tổng cục|Thanh tra|Kiểm toán)(?:\s+[A-ZĐÀ-Ỹ]\w*)+)"
)
# with what a request goes on where no "đề nghị" stands before it; what somebody has done or does is none
_WISHES = re.compile(
    r"^(?:[,:]\s*)?(?:sớm|cần|nên|xem xét|quan tâm|tiếp tục|hướng dẫn|ban hành|bổ sung|sửa đổi|chỉ đạo|tháo gỡ|hỗ trợ"
    r"|bố trí|hoàn thiện|quy định|cho phép|cho ý kiến|có (?:cơ chế|chính sách|hướng dẫn|văn bản)|tăng cường|nghiên cứu"
    r"|phân bổ|cấp|thống nhất|trình|rà soát|đẩy nhanh|mở rộng|điều chỉnh|giao|tạo điều kiện"
    r"|phối hợp|đầu tư|kiến nghị)(?!\w)",
    re.IGNORECASE,
)
# offices of the place itself: what they "go on with" is their work, unless somebody asks for it
_OWN = re.compile(r"(?:Sở|Ủy ban nhân dân|UBND|HĐND|Hội đồng nhân dân|Văn phòng (?:Ủy ban|UBND))(?!\w)")
_BARE = re.compile(
    r"^(?P<whom>(?:các |những )?(?:bộ, ngành(?: trung ương)?|bộ ngành|cơ quan (?:có thẩm quyền|trung ương)|cấp trên))"
)
HEADING = re.compile(r"kiến nghị|đề xuất|recommand|recommend", re.IGNORECASE)


def recommendation(sentence: str, heading: str) -> tuple[str, str] | None:
    """(whom, what); None for a sentence that asks for nothing. Under a heading of recommendations a list item that
    begins with whom it asks, and goes on as a wish does, is one too."""
    found = _ASKS.match(sentence)
    rest = found["rest"] if found else sentence.lstrip("-+•* ") if HEADING.search(heading) else ""
    if not rest or len(rest.split()) < 4:
        return None
    whom = _WHOM.match(rest) or _BARE.match(rest)
    if whom is None:
        return ("", rest.strip()) if found else None
    said = rest[whom.end() :].strip()
    if not found and not said.startswith(":") and (_OWN.match(whom["whom"]) or not _WISHES.match(said)):
        return None
    what = said.lstrip(" ,:;").strip()
    return (_tidy(whom["whom"]), what) if len(what.split()) >= 3 else None


def _tidy(whom: str) -> str:
    """ "Bộ Nội vụ và" → "Bộ Nội vụ"."""
    return re.sub(r"\s+(?:và|tỉnh|thành phố)$", "", whom.strip())
