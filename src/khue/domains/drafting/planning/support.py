"""Does a sentence say what its source says: figures and names to the letter, and enough of its words?"""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
# words of the form, which carry no fact
_FORM = {
    "vi": "và của các những cho với trong ngoài trên dưới tại về việc là được bị có không để từ đến theo này đó khi "
    "thì mà cũng như do vì nên đã đang sẽ bởi hoặc một đề nghị kính gửi trân trọng xin mời quý cơ quan đơn vị đồng chí "
    "thực hiện tiến hành tổ chức nhằm xem xét quyết định báo cáo trình hiện nay đến nay sau đây cụ thể nội dung "
    "hồi chúng tôi số lượng tổng cộng gồm bao chưa còn ra vào lại rất ít nhiều nhất đều cần phải tham dự người",
    "en": "the a an of to in on at for with by and or is are was were be been has have had will would shall should may "
    "can could please kindly we our you your it its this that these those as from not no i am there which who regards "
    "dear sir madam sincerely request ask inform hereby also",
    "fr": "le la les un une des de du d l à au aux en dans sur pour par avec et ou est sont était étaient être été a "
    "ont avait nous notre nos vous votre vos il elle ils ce cette ces cet qui que qu ne pas se s sera seront prie "
    "prions veuillez bien vouloir également ainsi afin",
}
_STOP = {language: frozenset(words.split()) for language, words in _FORM.items()}
# these turn what is said
_NOT = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|cấm|ngừng|hủy|huỷ|hoãn|not|never|no|cancel\w*|ne|pas|jamais|annul\w*)(?!\w)",
    re.IGNORECASE,
)


def content(text: str, language: str) -> list[str]:
    """The words that carry what is said."""
    words = (unicodedata.normalize("NFC", word.lower()) for word in _WORD.findall(text))
    return [word for word in words if word not in _STOP.get(language, _STOP["vi"])]


def share(text: str, source: str, language: str) -> float:
    """Of the content words of `text`, how many stand in `source`; 1 where there are none."""
    told = content(text, language)
    held = {_stem(word, language) for word in content(source, language)}
    return sum(_stem(word, language) in held for word in told) / len(told) if told else 1.0


def _stem(word: str, language: str) -> str:
    return word if language == "vi" else word[: max(4, len(word) - 3)]


def turned(text: str, source: str) -> bool:
    """One of the two says "not", the other does not."""
    return bool(_NOT.search(text)) != bool(_NOT.search(source))


# words that change what is said when they come or go, and words that a sentence may bring without saying more
_TURNS = {
    "vi": "đã đang sẽ phải cần nên không chưa chẳng cấm hoặc chỉ hết nếu trừ nhất mới vẫn còn hay thể đều từ đến",
    "en": "may might could should must not no never if unless or only without except already still "
    "from until before after since between",
    "fr": "peut peuvent pourrait doit doivent devrait si ou sauf ne pas jamais seulement sans déjà encore entre depuis",
}
_BRINGS = {
    "vi": "năm ngày tháng lúc quý ông bà việc số vào bị được tình trạng công tác",
    "en": "send provide provided take place hold held holding attend please ensure note available kindly further but",
    "fr": "merci tenir tiendra tiendront aura auront lieu adresser transmettre noter note disposition effectuer mais",
}
# plain words and what an office calls the same
_EQUAL = {
    "vi": (("tiền", "kinh phí"), ("xong", "hoàn thành"), ("hỏng", "hư hỏng"), ("lo", "đảm nhiệm"),
           ("tuyển", "tuyển dụng"), ("mua", "mua sắm"), ("sửa", "sửa chữa"), ("sửa", "sửa đổi"), ("chật", "chật hẹp"),
           ("nhận", "tiếp nhận"), ("cấp", "cung cấp"), ("họp", "cuộc họp"), ("dạy", "giảng dạy"), ("thay", "thay thế")),
    "en": (("ask", "request"), ("names", "list"), ("need", "require"), ("get", "obtain"), ("start", "begin")),
    "fr": (("demander", "solliciter"), ("avant", "plus tard")),
}  # fmt: skip


def is_same(text: str, source: str, language: str, *, names: Sequence[str] = ()) -> bool:
    """The sentence says what the note says and no more: its words, in another form. `names`: of writer and reader."""
    said, held = _words(text), _words(source)
    turns = set(_TURNS[language].split())
    if set(said) & turns != set(held) & turns:
        return False
    if language == "en" and any(word.endswith("ing") for word in set(said) - set(held) - set(_BRINGS["en"].split())):
        return False
    known = {_stem(word, language) for word in [*held, *_words(" ".join(names)), *_BRINGS[language].split()]}
    kept = {_stem(word, language) for word in said}
    for plain, formal in _EQUAL[language]:
        one, other = ({_stem(word, language) for word in words.split()} for words in (plain, formal))
        known |= other if one <= known else one if other <= known else set()
        kept |= one if other <= kept else other if one <= kept else set()
    stop = _STOP[language] - turns
    brought = {_stem(word, language) for word in said if word not in stop} - known
    lost = {_stem(word, language) for word in held if word not in stop} - kept
    return not brought and not lost


def _words(text: str) -> list[str]:
    return [unicodedata.normalize("NFC", word.lower()) for word in _WORD.findall(text)]


def best(text: str, sources: Sequence[str], language: str) -> tuple[int, float]:
    """The source that holds most of its words; (-1, 0) without sources."""
    shares = [share(text, source, language) for source in sources]
    at = max(range(len(shares)), key=shares.__getitem__, default=-1)
    return at, shares[at] if shares else 0.0
