import unicodedata

import pytest

from khue.domains.knowledge.search import tokens


def test_syllables_and_their_pairs_are_terms():
    assert tokens.terms("Đăng ký khai sinh").plain == [
        "dang", "ky", "khai", "sinh", "dang_ky", "ky_khai", "khai_sinh",
    ]  # fmt: skip


def test_marks_are_kept_in_one_form_and_dropped_in_the_other():
    written, bare = tokens.terms("thuế"), tokens.terms("thue")
    assert written.plain == bare.plain == ["thue"]
    assert written.marked != bare.marked


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy")])
def test_both_ways_to_place_a_tone_are_one_term(one, other):
    assert tokens.terms(one).marked == tokens.terms(other).marked


def test_decomposed_text_gives_the_same_terms():
    text = "Ủy ban nhân dân quận Đống Đa"
    assert tokens.terms(unicodedata.normalize("NFD", text)) == tokens.terms(text)


def test_tones_tell_words_apart():
    marked = {tokens.terms(word).marked[0] for word in ("ma", "má", "mà", "mả", "mã", "mạ")}
    assert len(marked) == 6


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("thủ tục 1.001193.", "1.001193"),
        ("Quyết định số 163/QĐ-BTP,", "163/qd-btp"),
        ("theo Nghị định 30/2020/NĐ-CP", "30/2020/nd-cp"),
        ("57-NQ/TW", "57-nq/tw"),
    ],
)
def test_codes_stay_whole(text, code):
    assert code in tokens.codes(text)
    assert code in tokens.terms(text).marked


def test_a_word_with_a_hyphen_is_no_code():
    assert tokens.codes("e-mail, vis-à-vis, và/hoặc") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("permits", "permit"), ("issued", "issue"), ("procédures", "procedure"), ("délivrées", "délivré")],
)
def test_endings_of_english_and_french_words_fall(one, other):
    assert tokens.terms(one).marked == tokens.terms(other).marked


@pytest.mark.parametrize("syllable", ["nghiêng", "quyết", "giấy", "thuyền", "ở", "y", "trường"])
def test_vietnamese_syllables_are_not_cut(syllable):
    assert tokens.terms(syllable).plain == [tokens.fold(syllable)]
