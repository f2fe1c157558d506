"""Which of Vietnamese, English and French a text is in; Vietnamese also as typed without diacritics."""

import re
from typing import TYPE_CHECKING, Literal

from khue.domains.knowledge.reading import syllables

if TYPE_CHECKING:
    from lingua import LanguageDetector

Language = Literal["vi", "en", "fr"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# letters with marks that only Vietnamese has among the three
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịĩọỏốồổỗộớờởỡợụủũứừửữựỵỷỹỳ]")
_ENGLISH = frozenset(
    "a name the of and to in is was for that which what who whose how when where why did do does are were be been by "
    "with from as on at an it its his her their this these those has have had not or many much after before "
    "between during than there they he she can could would should will may must i my we our you your if about into "
    "also other most".split()
)
_FRENCH = frozenset(
    "le la les un une des du de et est en que qui qu quoi quel quelle quels quelles comment pourquoi quand où ou "
    "à au aux par pour dans sur avec sans ne pas plus son sa ses leur leurs ce cette ces cet il elle ils elles on nous "
    "vous je mon ma mes se y sont été être avoir a ont peut peuvent doit faut faire fait si entre après avant "
    "combien lors mais comme tout tous toute toutes aussi même quelles".split()
)
_CONTRACTED = frozenset({"s", "t", "re", "ve", "ll"})
# without their marks, as they are typed in a hurry
_VIETNAMESE_WORDS = frozenset(
    "la gi cua bao nhieu nao trong co da nhung cac dau duoc khong nam ai khi cho voi tai sao nguoi va mot nay nhu the "
    "phai tu den theo bi duoi tren sau truoc may luc dang lam ve voi cung nhat ten".split()
)
_SAMPLE = 4000
_letters: "LanguageDetector | None" = None


def detect(text: str, default: Language = "vi") -> Language:
    """The most likely language of a document or a short question; `default` when there is nothing to go by."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return default
    scores = scored(sample, words)
    best = max(scores, key=lambda language: scores[language])
    if scores[best] > 0:
        return best
    return _of_bare_words(sample) if any(len(word) > 2 for word in words) else default


def _of_bare_words(sample: str) -> Language:
    """English or French by their letters, where no small word tells: "passport renewal fee"."""
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    global _letters
    if _letters is None:
        # the models of two languages without the longest letter groups: a few megabytes
        _letters = (
            LanguageDetectorBuilder.from_languages(Lingua.ENGLISH, Lingua.FRENCH).with_low_accuracy_mode().build()
        )
    return "fr" if _letters.detect_language_of(sample) == Lingua.FRENCH else "en"


def scored(sample: str, words: list[str]) -> dict[Language, float]:
    """Evidence for each language per word of a lower-case sample."""
    french = english = vietnamese = 0.0
    for word in words:
        parts = re.split(r"['’]", word)
        if parts[-1] in _CONTRACTED and len(parts) > 1:
            english += 1
            continue
        french += any(part in _FRENCH for part in parts) + 0.5 * (len(parts) > 1 and len(parts[0]) <= 2)
        english += any(part in _ENGLISH for part in parts)
        vietnamese += syllables.strip(word) in _VIETNAMESE_WORDS
    n = len(words)
    marked = len(_VIETNAMESE.findall(sample)) / n
    accents = len(re.findall("[éèêëàâçîïôûùœ]", sample)) / n
    plain = sum(1 for word in words if syllables.is_plain_syllable(word)) / n
    # nearly every word of unmarked Vietnamese is a possible syllable; English and French rarely pass half
    unmarked = max(0.0, plain - 0.6) * 2.0
    return {
        "vi": 3 * marked + unmarked + vietnamese / n,
        "en": english / n,
        "fr": french / n + (0 if marked else accents),
    }
