"""Words as indicators are compared by them."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
# say nothing of what is counted
EMPTY = frozenset(
    "số tổng là và của có các những một được cho với trong khi thì mà ở tại từ đến về này đó đã đang sẽ cũng theo "
    "đạt gồm bằng ước khoảng gần hơn trên toàn tỉnh thành phố xã phường địa bàn cả nước hiện nay tính kỳ lũy kế "
    "lên xuống ra vào do để năm tháng quý đầu cuối nay qua trong đó với bình quân mức kết quả thực hiện "
    "the of in to and a an for with by at total number de la le les des du et en".split()
)


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Those that say what is counted, in their order, lower case."""
    found = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return tuple(_SPELLINGS.get(word, word) for word in found if word not in EMPTY)


# two spellings of one word
_SPELLINGS = {
    "tỉ": "tỷ", "lí": "lý", "kí": "ký", "qui": "quy", "hoá": "hóa", "uỷ": "ủy", "thuỷ": "thủy", "cbcc": "cán",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower case without diacritics and signs."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
