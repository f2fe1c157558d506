"""What a Vietnamese syllable can be: onset, rhyme and tone, so that text can be told from noise.

The inventory is that of the orthography as taught in schools; rhymes ending in c, ch, p, t carry only the tones
sắc and nặng.
"""

import unicodedata
from functools import lru_cache

ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split()) | {""}
RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăt uân uâng uât uây ue uen ueo uet uê uêch uên "
    "uênh uêt ui uit uynh uin uc um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uyt uyu uyp "
    "ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu".split()
)
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_MARKS = str.maketrans("ăâđêôơư", "aadeoou")
PLAIN_RHYMES = frozenset(rhyme.translate(_MARKS) for rhyme in RHYMES)
PLAIN_ONSETS = ONSETS - {"đ"}


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """A lower-case word that Vietnamese spelling allows."""
    tones = 0
    stopped = False
    letters = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            tones += 1
            stopped = mark in "\u0300\u0303\u0309"
        else:
            letters.append(mark)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if tones > 1 or (stopped and plain.endswith(("c", "ch", "p", "t"))):
        return False
    return _divides(plain, ONSETS, RHYMES)


@lru_cache(maxsize=20_000)
def is_plain_syllable(word: str) -> bool:
    """A lower-case word that is a Vietnamese syllable with all its marks left out."""
    return _divides(word, PLAIN_ONSETS, PLAIN_RHYMES)


def _divides(word: str, onsets: frozenset[str], rhymes: frozenset[str]) -> bool:
    return any(
        word[:cut] in onsets and (word[cut:] in rhymes or (word[:cut] == "g" and word[cut:] in {"i", "in"}))
        for cut in range(min(3, len(word)), -1, -1)
    )


def strip(text: str) -> str:
    """Without any mark: "Đăng ký" → "Dang ky"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")
