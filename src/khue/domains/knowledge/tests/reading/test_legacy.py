"""Old Vietnamese encodings: every letter there and back, running text recognised, nothing else touched."""

import unicodedata

import pytest

from khue.domains.knowledge.reading import encodings, legacy

MARKED = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
LETTER_TO_TCVN3 = {letter: code for code, letter in legacy.TCVN3.items()}
LETTER_TO_VNI = {letter: code for code, letter in legacy.VNI.items()}
VIETNAMESE = (
    "Cơ quan đăng ký hộ tịch tiếp nhận hồ sơ và kiểm tra ngay toàn bộ hồ sơ. Nếu hồ sơ đầy đủ và hợp lệ thì cấp giấy "
    "khai sinh cho người yêu cầu trong thời hạn năm ngày làm việc, kể từ ngày nhận đủ hồ sơ."
)
FRENCH = (
    "Où est né l'élève ? Le maïs, la forêt, août, Noël, l'œuvre et le garçon français : « à la mairie », dès l'été, "
    "vous êtes déjà prié de déposer la requête et le reçu, ça et là, grâce à Zoé, né à Nîmes près de l'hôpital."
)
ENGLISH = "The café in São Paulo costs £5 ± 2 at 20°C; naïve résumé, 3½ miles, ©2026 Müller & Søn, §5, µm."


def as_tcvn3(text):
    return "".join(LETTER_TO_TCVN3.get(c, c) for c in text)


def as_vni(text):
    return "".join(LETTER_TO_VNI.get(c, c) for c in text)


@pytest.mark.parametrize("letter", MARKED)
def test_every_small_letter_returns_from_both_codes(letter):
    assert legacy.from_tcvn3(as_tcvn3(letter)) == letter
    assert legacy.from_vni(as_vni(letter)) == letter
    assert legacy.from_vni(as_vni(letter.upper())) == letter.upper()


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_capitals_without_a_tone_have_a_code_in_tcvn3(letter):
    assert legacy.from_tcvn3(as_tcvn3(letter)) == letter


def test_known_words():
    assert legacy.from_tcvn3("Céng hoµ x· héi chñ nghÜa ViÖt Nam") == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert legacy.from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"


@pytest.mark.parametrize(("write", "name"), [(as_tcvn3, "tcvn3"), (as_vni, "vni")])
@pytest.mark.parametrize("bytes_of", [lambda text: text.encode("latin-1"), lambda text: text.encode("utf-8")])
def test_running_text_is_recognised_as_bytes_and_as_letters(write, name, bytes_of):
    assert legacy.found(write(VIETNAMESE)) == name
    assert encodings.decode(bytes_of(write(VIETNAMESE))) == VIETNAMESE


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH, ENGLISH, FRENCH.upper(), "où", "été", "Âge : 5 ans", "Đỗ Phủ"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_living_text_stays_as_it_is(text, encoding):
    if encoding.startswith("utf-16-") and len(text) < 30:
        pytest.skip("too short to tell without a byte order mark")
    assert encodings.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [FRENCH.replace("œ", "oe"), ENGLISH])
def test_latin_1_stays_as_it_is(text):
    assert encodings.decode(text.encode("latin-1")) == text


def toned(letter):
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tones


def test_windows_1258_and_decomposed_letters_become_nfc():
    # Windows-1258 writes the tone after the letter, and has â ă ê ô ơ ư đ as one code
    written = "".join(toned(letter) for letter in VIETNAMESE)
    assert encodings.decode(written.encode("cp1258")) == VIETNAMESE
    assert encodings.decode(unicodedata.normalize("NFD", VIETNAMESE).encode()) == VIETNAMESE


def test_a_font_gives_the_code_away_even_for_one_word():
    assert legacy.in_font("Céng hoµ", ".VnTime") == "Cộng hoà"
    assert legacy.in_font("Céng hoµ", ".VnTimeH") == "CỘNG HOÀ"
    assert legacy.in_font("Coäng hoøa", "VNI-Times") == "Cộng hòa"
    assert legacy.in_font("Cộng hoà", ".VnTime") == "Cộng hoà"
    assert legacy.in_font("été", "Times New Roman") == "été"
