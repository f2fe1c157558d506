"""The marks of a Vietnamese question typed without them, put back as other texts spell its words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, pairwise

from khue.domains.knowledge.search.tokens import fold

# how people ask, which the texts that answer seldom hold
ASKING = """
bao nhiêu tiền, hết bao nhiêu tiền, mất bao nhiêu, bao lâu, mất bao lâu, bao nhiêu ngày, mấy ngày, mấy tháng, mấy bản,
mất mấy ngày, ở đâu, nộp ở đâu, làm ở đâu, khi nào, bao giờ, thế nào, như thế nào, ra sao, làm sao để, là gì, cần gì,
cần giấy tờ gì, cần những giấy tờ gì, gồm những gì, phải làm gì, phải nộp gì, có phải nộp, có được không, được không,
có cần không, có mất tiền không, có mất phí không, ai được, những ai, vì sao, tại sao, tôi muốn, tôi cần, cho tôi hỏi,
cho em hỏi, cho mình hỏi, xin hỏi, cho hỏi, làm thủ tục, thủ tục gì, lệ phí, thời hạn, bị mất, làm lại, xin cấp, muốn
làm, đi làm, nhà tôi, con tôi, của tôi, thì sao, có hiệu lực, trong năm nào, vào năm nào, năm bao nhiêu, người nào
"""
# how often a way of asking counts as seen, beside texts that hold thousands of other pairs
SAID = 30
OWN = 0.1  # what a word's own frequency counts beside that of its pairs
_WORD = re.compile(r"[^\W\d_]+")


class Spelling:
    """How texts spell Vietnamese syllables and pairs of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._own: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text, times in chain(((text, SAID) for text in ASKING.split(",")), ((text, 1) for text in texts)):
            words = _WORD.findall(text.lower())
            self._own.update({word: times * count for word, count in Counter(words).items()})
            self._pairs.update({pair: times * count for pair, count in Counter(pairwise(words)).items()})
        self._forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._own:
            self._forms[fold(word)].append(word)

    def read(self, question: str) -> str:
        """With the likeliest marks; a word that no text has stays as it is."""
        places = list(_WORD.finditer(question))
        best = self._best([place.group() for place in places])
        parts, end = [], 0
        for place, word in zip(places, best, strict=True):
            parts += [question[end : place.start()], _in_case(word, place.group())]
            end = place.end()
        return "".join([*parts, question[end:]])

    def _best(self, words: list[str]) -> list[str]:
        """The row of forms whose neighbours stand beside each other most (Viterbi's way)."""
        rows: list[tuple[float, list[str]]] = [(0.0, [""])]
        for word in words:
            rows = [self._best_before(form, rows) for form in self._options(word)]
        return max(rows)[1][1:]

    def _best_before(self, form: str, rows: list[tuple[float, list[str]]]) -> tuple[float, list[str]]:
        score, row = max((score + math.log1p(self._pairs[row[-1], form]), row) for score, row in rows)
        return score + OWN * math.log1p(self._own[form]), [*row, form]

    def _options(self, word: str) -> list[str]:
        """A word that has marks already stays."""
        small = word.lower()
        return self._forms.get(small) or [small]


def _in_case(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return f"{word[0].upper()}{word[1:]}" if like[0].isupper() else word
