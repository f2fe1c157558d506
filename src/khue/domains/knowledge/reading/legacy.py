"""TCVN3 (ABC) and VNI-Windows: text made for fonts that drew Vietnamese letters on Latin-1 codes.

TCVN3: TCVN 5712:1993, VN3; one code a letter, capitals with a tone come from separate fonts whose names end in H.
VNI: a base letter followed by a code for its marks; capitals have codes of their own.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from khue.domains.knowledge.reading import syllables

Encoding = Literal["tcvn3", "vni"]

_TCVN3_LETTERS = (
    ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
    ("¨©ª«¬\u00ad®", "ăâêôơưđ"),
    ("µ¶·¸¹", "àảãáạ"),
    ("»¼½¾Æ", "ằẳẵắặ"),
    ("ÇÈÉÊË", "ầẩẫấậ"),
    ("ÌÎÏÐÑ", "èẻẽéẹ"),
    ("ÒÓÔÕÖ", "ềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãä", "òỏõóọ"),
    ("åæçèé", "ồổỗốộ"),
    ("êëìíî", "ờởỡớợ"),
    ("ïñòóô", "ùủũúụ"),
    ("õö÷øù", "ừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
)
TCVN3 = {code: letter for codes, letters in _TCVN3_LETTERS for code, letter in zip(codes, letters, strict=True)}

_VNI_MARKED = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "u": ("ùøûõï", "úùủũụ"),
    "y": ("ùøûõ", "ýỳỷỹ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "ö": ("ùøûõï", "ứừửữự"),
}
_VNI_SINGLE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
VNI = {
    form: letter
    for base, (marks, letters) in _VNI_MARKED.items()
    for mark, letter in zip(marks, letters, strict=True)
    for form, letter in ((base + mark, letter), (base.upper() + mark.upper(), letter.upper()))
} | {form: letter for low, up in _VNI_SINGLE.items() for form, letter in ((low, up), (low.upper(), up.upper()))}

_VNI_FORM = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(TCVN3)
# the words of a text as the old codes divide them: letters and the signs that stand for letters
_WORD = re.compile(r"[A-Za-zÀ-ÿ¡-¿\u00d7\u00f7\u00ad]+")
_FONT: dict[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile(r"^\.vn", re.IGNORECASE),
    "vni": re.compile(r"^vni[-_ ]", re.IGNORECASE),
}
_BEYOND_LATIN1 = re.compile(r"[\u0100-\u024f\u0300-\u036f\u1ea0-\u1ef9]")


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_TABLE)


def from_vni(text: str) -> str:
    return _VNI_FORM.sub(lambda found: VNI[found[0]], text)


def of_font(name: str | None) -> Encoding | None:
    """The encoding that a font's name gives away: ".VnTime", "VNI-Times"."""
    return next((code for code, form in _FONT.items() if name and form.match(name)), None)


def in_font(text: str, name: str | None) -> str:
    """Text set in a font, as Unicode; ".VnTimeH" draws small letters as capitals."""
    code = of_font(name)
    if code is None or _BEYOND_LATIN1.search(text):
        return text
    if code == "vni":
        return from_vni(text)
    plain = from_tcvn3(text)
    return plain.upper() if name is not None and name.rstrip().endswith("H") else plain


def found(text: str) -> Encoding | None:
    """The old encoding that running text is in, if one is nearly certain: most marked words become Vietnamese
    syllables and few of them are words as they stand."""
    if _BEYOND_LATIN1.search(text):
        return None
    words = [word for word in _WORD.findall(text[:200_000]) if not word.isascii()]
    if not words:
        return None
    shares = {"tcvn3": _share(words, from_tcvn3), "vni": _share(words, from_vni)}
    best: Encoding = "tcvn3" if shares["tcvn3"] >= shares["vni"] else "vni"
    needed = 0.85 if len(words) >= 8 else 0.99
    if shares[best] < needed or len(words) < 3 or not _telling(words, best):
        return None
    return best


def converted(text: str) -> str:
    """As Unicode, if it is in an old encoding; else as it is."""
    code = found(text)
    return convert(text, code) if code else text


def convert(text: str, code: Encoding) -> str:
    return unicodedata.normalize("NFC", from_tcvn3(text) if code == "tcvn3" else from_vni(text))


def _share(words: list[str], read_as: Callable[[str], str]) -> float:
    read = [read_as(word.strip("«»“”¡¿")).lower() for word in words]
    return sum(1 for word in read if not word.isascii() and syllables.is_syllable(word)) / len(words)


_VNI_PAIR = re.compile(r"[aeouyôö][ùøûõïáàåãäêéèúüë]")
_TCVN3_SIGNS = frozenset("¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷")


def _telling(words: list[str], code: Encoding) -> bool:
    """Something that no living Latin-1 spelling has: signs inside words, or mark after vowel pairs like "oä", "eå"."""
    if code == "tcvn3":
        return sum(1 for word in words if len(word) > 1 and _TCVN3_SIGNS.intersection(word)) >= max(2, len(words) // 10)
    return sum(1 for word in words if _VNI_PAIR.search(word.lower())) >= max(2, len(words) // 5)
