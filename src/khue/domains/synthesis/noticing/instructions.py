"""Sentences that speak to a model and not to a reader. They stay in the report; no model reads them here."""

import re

_PATTERNS = re.compile(
    r"bỏ qua (?:mọi|tất cả|các|những).{0,30}(?:hướng dẫn|chỉ dẫn|yêu cầu|quy tắc)"
    r"|(?:ignore|disregard|forget).{0,20}(?:previous|all|above|prior).{0,20}(?:instruction|rule|prompt)"
    r"|ignor\w+ .{0,20}instructions"
    r"|(?:lời nhắc|thông điệp|câu lệnh) hệ thống|system prompt|as an ai|là (?:một )?(?:mô hình ngôn ngữ|trợ lý ai)"
    r"|(?:mô hình|trợ lý|hệ thống|công cụ) (?:ai|trí tuệ nhân tạo|tổng hợp)"
    r".{0,30}(?:hãy|phải|cần) (?:viết|ghi|kết luận|xếp|bỏ)"
    r"|(?:khi tổng hợp|nếu bạn là (?:ai|mô hình)).{0,40}(?:hãy|phải|chỉ) (?:viết|ghi|nêu|kết luận|bỏ)",
    re.IGNORECASE,
)


def is_instruction(text: str) -> bool:
    return bool(_PATTERNS.search(text))
