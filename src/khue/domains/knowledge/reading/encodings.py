"""Bytes to Unicode text: UTF-8, UTF-16, Windows-1258 and 1252, and the old Vietnamese encodings TCVN3 and VNI."""

import codecs
import re
import unicodedata

from khue.domains.knowledge.reading import legacy, syllables
from khue.domains.knowledge.reading.blocks import Unreadable

_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


def decode(content: bytes, *, legacy_too: bool = True) -> str:
    """Clean NFC text. Raises Unreadable for bytes that are no text. Without `legacy_too` old Vietnamese codes stay as
    they are, for forms of file that tell the font of each piece."""
    text = _unicode(content)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 200:
        raise Unreadable("binary")
    return clean(legacy.converted(text)) if legacy_too else text


def clean(text: str) -> str:
    """NFC, line ends as \\n, no control characters, zero-width marks or soft hyphens."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", text.translate(_DROPPED))


_DROPPED = {0xFEFF: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xAD: None, 0xA0: " ", 0x202F: " "}


def _unicode(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    if wide := _utf16_without_bom(content):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        # a file cut in the middle of a letter, or with one bad byte in ten thousand, is still UTF-8
        bad = content.decode("utf-8", "replace").count("\ufffd")
        good = sum(1 for byte in content if byte >= 0xC2)
        if good and bad <= max(1, good // 50) and problem.start > 0 and good > 20:
            return content.decode("utf-8", "replace").replace("\ufffd", "")
    if content.count(0) > len(content) // 100:
        raise Unreadable("binary")
    return _one_byte(content)


def _utf16_without_bom(content: bytes) -> str | None:
    sample = content[:4000]
    if len(sample) < 4 or len(sample) % 2:
        sample = sample[: len(sample) // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _one_byte(content: bytes) -> str:
    """Windows-1258 when its reading has more Vietnamese words in it than that of the old encodings or Latin-1."""
    latin = content.decode("cp1252", "replace") if _fits(content, "cp1252") else content.decode("latin-1")
    if legacy.found(latin):
        return latin
    vietnamese = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    return vietnamese if _marked_syllables(vietnamese) > _marked_syllables(latin) else latin


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _marked_syllables(text: str) -> int:
    """Words with a mark that Vietnamese spelling allows, less those that it does not."""
    words = [word for word in _WORD.findall(text.lower()) if not word.isascii()]
    good = sum(1 for word in words if syllables.is_syllable(word))
    return 2 * good - len(words)
