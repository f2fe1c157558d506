"""Recommendations: who is asked for what."""

import re

_ASKS = re.compile(
    r"^(?:[-+•*\d.)\s]*)(?:(?:tỉnh|ubnd|ủy ban nhân dân|sở|đơn vị|địa phương)[^,;]{0,60}?\s+)?"
    r"(?P<verb>(?:kính )?đề nghị|kiến nghị|đề xuất|kính mong)"
    r"(?:\s+với)?\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"^(?:các\s+)?(?P<whom>(?:Chính phủ|Thủ tướng(?: Chính phủ)?|Quốc hội|Ủy ban Thường vụ Quốc hội|Trung ương"
    r"|(?:Bộ|Ban|Ngân hàng|Văn phòng|Ủy ban nhân dân|UBND|HĐND|Hội đồng nhân dân|Sở|Cục|Tổng cục|Thanh tra|Kiểm toán)"
    r"(?:\s+(?:[A-ZĐÀ-Ỹ]\w*|và|nhân dân|tỉnh|thành phố|hàng|quốc gia|nhà nước))+)"
    r"(?:\s*,\s*(?:Bộ|Ban|Sở)(?:\s+(?:[A-ZĐÀ-Ỹ]\w*|và))+)*)"
)
_BARE = re.compile(
    r"^(?P<whom>(?:các |những )?(?:bộ, ngành(?: trung ương)?|bộ ngành|cơ quan (?:có thẩm quyền|trung ương)|cấp trên))"
)
HEADING = re.compile(r"kiến nghị|đề xuất|recommand|recommend", re.IGNORECASE)


def recommendation(sentence: str, heading: str) -> tuple[str, str] | None:
    """(whom, what); None for a sentence that asks for nothing. Under a heading of recommendations a list item that
    begins with whom it asks is one too."""
    found = _ASKS.match(sentence)
    rest = found["rest"] if found else sentence.lstrip("-+•* ") if HEADING.search(heading) else ""
    if not rest or len(rest.split()) < 4:
        return None
    whom = _WHOM.match(rest) or _BARE.match(rest)
    if whom is None:
        return ("", rest.strip()) if found else None
    what = rest[whom.end() :].lstrip(" ,:;").strip()
    return (_tidy(whom["whom"]), what) if len(what.split()) >= 3 else None


def _tidy(whom: str) -> str:
    """ "Bộ Nội vụ và" → "Bộ Nội vụ"."""
    return re.sub(r"\s+(?:và|tỉnh|thành phố)$", "", whom.strip())
