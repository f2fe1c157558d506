"""Weighing sentences, choosing what is sent, completing a follow-up."""

import numpy as np

from khue.domains.knowledge.answering import middles, prompt
from khue.domains.knowledge.answering.calibration import is_enough
from khue.domains.knowledge.answering.evidence import Sentence, Source, choose, tokens_of, weigh
from khue.domains.knowledge.answering.followup import completed
from khue.domains.knowledge.answering.quoting import quotes
from khue.domains.knowledge.answering.writing import Draft
from khue.domains.knowledge.reading.sentences import spans

BIRTH = "Đăng ký khai sinh trong 60 ngày. Lệ phí khai sinh quá hạn là 8.000 đồng. Mang theo giấy chứng sinh."
PASSPORT = "Hộ chiếu phổ thông có giá trị 10 năm. Lệ phí hộ chiếu là 200.000 đồng."


def source(text, number=0, **more):
    return Source(
        document=f"d{number}", passage=number, title="", text=text, language="vi", sentences=tuple(spans(text)), **more
    )


def ranked(question, *texts):
    return weigh(question, None, [source(text, n) for n, text in enumerate(texts)], language="vi")


def test_the_sentence_with_the_rare_words_comes_first():
    assert ranked("Lệ phí hộ chiếu là bao nhiêu?", BIRTH, PASSPORT)[0].text == "Lệ phí hộ chiếu là 200.000 đồng."


def test_a_question_without_diacritics_is_weighed_alike():
    assert ranked("le phi ho chieu la bao nhieu", BIRTH, PASSPORT)[0].text == "Lệ phí hộ chiếu là 200.000 đồng."


def test_a_sentence_that_goes_on_about_what_stands_before_it_has_its_words():
    text = "Nộp giấy xác nhận tình trạng hôn nhân nếu có. Giấy này có giá trị 6 tháng. Hộ chiếu có giá trị 10 năm."
    found = ranked("Giấy xác nhận tình trạng hôn nhân có giá trị mấy tháng?", text)
    assert found[0].text == "Giấy này có giá trị 6 tháng."


def test_across_languages_only_what_stands_out_from_its_language_counts():
    """All texts of a language are near to any question; without their middle the near one is far from the others."""
    of_questions, of_texts = (middles._middles()[kind] for kind in ("questions", "texts"))
    about = np.eye(len(of_texts["vi"]), dtype=np.float32)[:2] * 0.4
    question = of_questions["en"] + about[0]
    near, far = of_texts["vi"] + about[0], of_texts["vi"] + about[1]
    assert float(question @ far) / np.linalg.norm(question) / np.linalg.norm(far) > 0.7
    assert middles.nearest(question, "en", [(far, "vi")]) < 0.1
    assert middles.nearest(question, "en", [(far, "vi"), (near, "vi")]) > 0.99
    assert middles.nearest(question, "de", [(near, "vi")]) == 0.0


def test_meaning_decides_where_words_do_not():
    near, far = np.eye(2, dtype=np.float32)
    vectors = np.stack([far, near])
    found = weigh("gì đó khác", near, [source(PASSPORT, vectors=vectors)], language="vi")
    assert found[0].text == "Lệ phí hộ chiếu là 200.000 đồng."
    assert found[0].cosine == 1.0


def test_a_quotation_stands_at_its_place_in_the_document():
    text = "Tiêu đề\n" + PASSPORT
    found = weigh("lệ phí hộ chiếu", None, [source(PASSPORT, start=8)], language="vi")[0]
    start, end = found.place
    assert text[start:end] == found.text


def test_what_does_not_fit_is_left_out_and_named():
    sent, left_out = choose(ranked("lệ phí", BIRTH, PASSPORT), budget=30)
    assert sent and left_out
    assert sum(tokens_of(s.text, "vi") for s in sent) <= 30
    assert not {s.text for s in sent} & {s.text for s in left_out}


def test_the_prompt_stays_within_its_budget_whatever_the_passages():
    long = "Điều kiện áp dụng đối với hồ sơ là " + "rất dài và " * 3000
    built = prompt.build("điều kiện " * 2000, ranked("điều kiện hồ sơ", long, BIRTH), language="vi")
    assert built.cut
    assert tokens_of(built.instruction + built.text, "vi") < 700


def test_the_instruction_comes_first_and_is_the_same_for_every_question():
    one = prompt.build("Lệ phí?", ranked("lệ phí", BIRTH), language="vi")
    other = prompt.build("Thời hạn?", ranked("thời hạn", PASSPORT), language="vi")
    assert one.instruction == other.instruction


def test_nothing_is_never_enough():
    assert not is_enough("Lệ phí?", [], language="vi")


def test_unrelated_words_are_not_enough():
    question = "Đỉnh núi cao nhất châu Phi tên là gì?"
    assert not is_enough(question, ranked(question, BIRTH, PASSPORT), language="vi")


def test_a_short_follow_up_takes_up_the_question_before():
    assert completed("Còn lệ phí?", "Hồ sơ cấp hộ chiếu gồm gì?", language="vi").startswith("Hồ sơ cấp hộ chiếu gồm gì")
    whole = "Thời hạn cấp giấy phép lái xe hạng B là bao lâu?"
    assert completed(whole, "Hồ sơ cấp hộ chiếu gồm gì?", language="vi") == whole
    assert completed("Còn lệ phí?", "", language="vi") == "Còn lệ phí?"


def test_a_quotation_that_was_said_already_is_not_repeated():
    found = ranked("Lệ phí hộ chiếu là bao nhiêu?", BIRTH, PASSPORT)
    assert found[0] not in quotes(found, said=["Lệ phí hộ chiếu là 200.000 đồng."])
    assert quotes(found)[0] is found[0]


def test_a_sentence_is_given_out_when_the_next_begins():
    draft = Draft(spans)
    given = [sentence for piece in ["Lệ phí là 8.", "000 đồng", ". Nộp", " tại xã."] for sentence in draft.add(piece)]
    assert given == ["Lệ phí là 8.000 đồng."]
    assert draft.rest() == ["Nộp tại xã."]


def test_the_mark_of_a_list_item_is_not_quoted():
    text = "- Tờ khai theo mẫu: 1 bản chính."
    sentence = Sentence(Source("d", 1, "t", text, start=100), 0, len(text), 0.9, 0.5, 0.7)
    assert sentence.text == "Tờ khai theo mẫu: 1 bản chính."
    assert sentence.place == (102, 100 + len(text))
