"""Words of a text as they are compared: lower case, Unicode NFC, without the words that carry no content."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?", re.UNICODE)

# function words and the frames of questions; a question's "how many" must not count as a word to be found
EMPTY = {
    "vi": frozenset(
        "là và của có các những một được cho với trong khi thì mà ở tại từ đến về này đó kia ấy nào gì ai đâu sao bao "
        "nhiêu mấy như thế để do bởi vì nên cũng đã đang sẽ rất ra vào lên xuống theo trên dưới hay hoặc nếu bị phải "
        "hiện nay đây cái việc người ta tôi bạn chúng nó họ rằng ạ à nhé hỏi xin vậy cần gồm bằng lúc khoảng".split()
    ),
    "en": frozenset(
        "a an the of to in on at by for with from as is are was were be been being do does did has have had it its "
        "this that these those what which who whom whose when where why how many much and or but if then than so "
        "there their his her he she they them you your i my we our can could would should will shall may might into "
        "about also such any some".split()
    ),
    "fr": frozenset(
        "le la les l un une des du de d à au aux en dans sur pour par avec et ou mais si est sont était étaient être "
        "été a ai as ont avait avoir il elle ils elles on ce cet cette ces qui que qu quoi quel quelle quels quelles "
        "quand où comment combien pourquoi se s y ne son sa ses leur leurs mon ma mes votre vos notre nos je tu nous "
        "vous plus peut faut c n j".split()
    ),
}
ALL_EMPTY = frozenset().union(*EMPTY.values())


def is_empty(word: str) -> bool:
    return word.lower() in ALL_EMPTY


def tokens(text: str) -> list[str]:
    """Every word in order, lower case; an elided article ("l'acte") is cut off."""
    return [word for word, _, _ in spans(text)]


def spans(text: str) -> list[tuple[str, int, int]]:
    """Words with their place in the text."""
    found = []
    for match in WORD.finditer(text):
        word, start = match.group().lower(), match.start()
        head, quote, tail = word.partition("’" if "’" in word else "'")
        if quote and len(head) <= 2:
            word, start = tail, start + len(head) + 1
        elif quote:
            word = head
        found.append((word, start, match.end()))
    return found


def content(text: str, language: str) -> list[str]:
    """The words that carry content, in order, shortened to their stem."""
    empty = EMPTY.get(language, ALL_EMPTY)
    return [stem(word, language) for word in tokens(text) if word not in empty]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Endings of English and French cut off; Vietnamese does not inflect."""
    if language == "vi" or len(word) < 5 or not word.isalpha():
        return word
    endings = (
        "ements",
        "ement",
        "ations",
        "ation",
        "ées",
        "ée",
        "és",
        "ing",
        "ies",
        "ied",
        "aux",
        "es",
        "ed",
        "er",
        "s",
        "é",
        "e",
        "y",
    )
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Without diacritics: đăng → dang."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(letter)
    )


@dataclass(frozen=True)
class Reading:
    """How the texts of one question are compared: a Vietnamese question typed without diacritics meets texts that are
    stripped of theirs."""

    language: str
    stripped: bool

    @classmethod
    def of(cls, question: str, language: str) -> "Reading":
        return cls(language, language == "vi" and not has_diacritics(tokens(question)))

    def content(self, text: str) -> frozenset[str]:
        found = content(text, self.language)
        return frozenset(map(bare, found) if self.stripped else found)

    def pairs(self, text: str) -> frozenset[str]:
        """Neighbouring words that both carry content."""
        empty = EMPTY.get(self.language, ALL_EMPTY)
        found = [("" if word in empty else stem(word, self.language)) for word in tokens(text)]
        found = [bare(word) for word in found] if self.stripped else found
        return frozenset(f"{one} {two}" for one, two in pairwise(found) if one and two)


def has_diacritics(words: Iterable[str]) -> bool:
    return any(bare(word) != word for word in words)
