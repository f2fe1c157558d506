"""What passes as stated by the evidence, and what does not."""

import numpy as np
import pytest

from khue.domains.knowledge.answering.check import Reason, check
from khue.domains.knowledge.answering.evidence import Sentence, Source

FEE = "Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng, nộp khi nhận hồ sơ."
NO_FEE = "Người thuộc hộ nghèo không phải nộp lệ phí đăng ký khai sinh."
LIMIT = "Thời hạn giải quyết tối đa 60 ngày kể từ ngày nhận đủ hồ sơ."
SACKS = "Jared Allen, a 5-time pro bowler, led with 136 sacks, along with Kony Ealy, who had 5 sacks in just 9 starts."


def evidence(*texts, language="vi", title=""):
    sources = [
        Source(document=f"d{n}", passage=n, title=title, text=text, language=language, sentences=((0, len(text)),))
        for n, text in enumerate(texts)
    ]
    return [Sentence(source, 0, len(source.text), 0.9, 0.5, 0.7) for source in sources]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng.", FEE),
        ("Lệ phí đăng ký khai sinh là 8.000 ₫.", FEE),
        ("Người thuộc hộ nghèo không phải nộp lệ phí.", NO_FEE),
        ("Thời hạn giải quyết tối đa là sáu mươi ngày.", LIMIT),
    ],
)
def test_what_stands_there_is_supported(claim, source):
    verdict = check(claim, evidence(source), language="vi")
    assert verdict.supported
    assert verdict.cited[0].text == source


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("Lệ phí đăng ký khai sinh là 80.000 đồng.", FEE, Reason.FACT),
        ("Người thuộc hộ nghèo phải nộp lệ phí đăng ký khai sinh.", NO_FEE, Reason.TURNED),
        ("Lệ phí đăng ký khai sinh quá hạn không phải nộp khi nhận hồ sơ.", FEE, Reason.TURNED),
        ("Thời hạn giải quyết tối thiểu 60 ngày kể từ ngày nhận đủ hồ sơ.", LIMIT, Reason.TURNED),
        ("Hồ sơ phải được công chứng tại văn phòng luật sư.", FEE, Reason.WORDS),
        ("Vậy đó là.", FEE, Reason.NOTHING),
    ],
)
def test_what_does_not_stand_there_is_not_supported(claim, source, reason):
    assert check(claim, evidence(source), language="vi").reason == reason


def test_the_sentence_that_states_it_is_cited():
    verdict = check("Thời hạn giải quyết là 60 ngày.", evidence(FEE, NO_FEE, LIMIT), language="vi")
    assert [sentence.text for sentence in verdict.cited] == [LIMIT]


def test_a_figure_that_stands_there_for_something_else_is_not_supported():
    assert check("Jared Allen had 5 sacks.", evidence(SACKS, language="en"), language="en").reason == Reason.ATTACHED
    assert check("Kony Ealy had 5 sacks in just 9 starts.", evidence(SACKS, language="en"), language="en").supported


def test_words_of_the_question_alone_are_no_answer():
    verdict = check("Lệ phí cấp hộ chiếu.", evidence(FEE), language="vi", question="Lệ phí cấp hộ chiếu là bao nhiêu?")
    assert not verdict.supported


def test_another_meaning_is_not_supported():
    verdict = check(
        "Lệ phí đăng ký khai sinh quá hạn nộp khi nhận hồ sơ.",
        evidence(FEE),
        language="vi",
        similarities=np.array([0.5]),
    )
    assert verdict.reason == Reason.MEANING


SEASON = "Tuy nhiên, Chivas đã bị đình chỉ sau mùa giải MLS 2014, một đội khác sẽ trở lại vào năm 2018."
SPECIES = "Sau đó có thêm ba loài sứa lược được tìm thấy ở Burgess Shale và các dãy núi đá khác ở Canada."
MERIT = "Merit Network, một tập đoàn phi lợi nhuận do các trường đại học Michigan quản lý, được thành lập vào năm 1966."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Chivas đã bị đình chỉ vào năm 2014.", SEASON),
        ("Có 3 loài được tìm thấy ở Burgess Shale.", SPECIES),
        ("Merit Network được thành lập ở Michigan vì nó là một tập đoàn phi lợi nhuận.", MERIT),
        ("Sứa lược được tìm thấy ở Burgess Shale là Ctenophora.", SPECIES),
        ("Merit Network được thành lập vào năm bao nhiêu là 1966.", MERIT),
    ],
)
def test_what_a_small_model_has_said_of_these_sources_does_not_pass(claim, source):
    assert not check(claim, evidence(source), language="vi").supported


def test_a_title_does_not_say_whom_a_sentence_is_about():
    source = evidence("Thoát Lý, với tư cách là người đỡ đầu, đã bị đày đến Qara Khitai.", title="Genghis Khan")
    asked = "Thoát Lý bị lưu đày đến đâu?"
    assert not check("Genghis Khan bị đày đến Qara Khitai.", source, language="vi", question=asked).supported
    assert check("Thoát Lý đã bị đày đến Qara Khitai.", source, language="vi", question=asked).supported


def test_a_title_that_the_question_names_says_what_a_sentence_is_about():
    source = evidence("Lệ phí là 200.000 đồng khi nộp trực tiếp.", title="Cấp hộ chiếu phổ thông")
    asked = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"
    assert check("Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng.", source, language="vi", question=asked).supported


def test_one_entry_of_a_list_does_not_answer_for_another():
    """However long it is: it says nothing of what was asked."""
    alumni = (
        "Cựu sinh viên gồm người giàu thứ ba ở Mỹ là bà Lan, giám đốc điều hành ngân hàng Đông Dương kiêm nguyên tỉnh"
        " trưởng tỉnh Sông Thanh là ông Bình."
    )
    another = "Giám đốc điều hành ngân hàng Đông Dương kiêm nguyên tỉnh trưởng tỉnh Sông Thanh là ông Bình."
    asked = "Người giàu thứ ba ở Mỹ là ai?"
    assert not check(another, evidence(alumni), language="vi", question=asked).supported
    assert check("Người giàu thứ ba ở Mỹ là bà Lan.", evidence(alumni), language="vi", question=asked).supported


@pytest.mark.parametrize(
    ("language", "question", "echo", "answer"),
    [
        (
            "vi",
            "Phí cấp lại thẻ thư viện là bao nhiêu?",
            "Phí cấp lại thẻ thư viện.",
            "Phí cấp lại thẻ thư viện là 20.000 đồng.",
        ),
        (
            "en",
            "What is the fee for a new library card?",
            "The fee for a new library card.",
            "The fee for a new library card is 20,000 VND.",
        ),
        (
            "fr",
            "Quel est le tarif de la nouvelle carte ?",
            "Le tarif de la nouvelle carte.",
            "Le tarif de la nouvelle carte est de 20 000 VND.",
        ),
    ],
)
def test_the_question_s_own_words_are_no_answer(language, question, echo, answer):
    found = evidence(answer, language=language)
    assert not check(echo, found, language=language, question=question).supported
    assert check(answer, found, language=language, question=question).supported


def test_what_was_asked_may_be_confirmed():
    said = "Thẻ thư viện được cấp lại trong ngày."
    asked = "Thẻ thư viện được cấp lại trong ngày phải không?"
    assert check(said, evidence(said), language="vi", question=asked).supported


VERIFY = "Trường hợp phải xác minh, thời hạn không quá 3 ngày làm việc."
AT_ONCE = "Thời hạn giải quyết đăng ký khai sinh: trong ngày; Mức thu (đồng): 0"


@pytest.mark.parametrize(
    ("claim", "source", "question", "language", "supported"),
    [
        (
            "Thời hạn giải quyết đăng ký khai sinh là trong ngày.",
            VERIFY,
            "Thời hạn giải quyết đăng ký khai sinh là bao lâu?",
            "vi",
            False,
        ),
        (
            "Thời hạn giải quyết đăng ký khai sinh là trong ngày.",
            AT_ONCE,
            "Thời hạn giải quyết đăng ký khai sinh là bao lâu?",
            "vi",
            True,
        ),
        (
            "The result is given the same day.",
            "The result is given in 3 days.",
            "When is the result given?",
            "en",
            False,
        ),
        ("The time limit is a matter of days.", "The time limit is 3 days.", "What is the time limit?", "en", False),
        ("The fee is paid each year.", "The fee of 5 euros is paid each year.", "When is the fee paid?", "en", True),
    ],
)
def test_a_time_without_a_figure_is_not_one_with_a_figure(claim, source, question, language, supported):
    found = evidence(source, language=language, title="Đăng ký khai sinh")
    assert check(claim, found, language=language, question=question).supported is supported


def test_a_mere_name_or_figure_is_no_statement():
    asked = "Lệ phí đăng ký khai sinh quá hạn là bao nhiêu?"
    assert check("8.000 đồng.", evidence(FEE), language="vi", question=asked).reason == Reason.NOTHING
    said = "Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng."
    assert check(said, evidence(FEE), language="vi", question=asked).supported


LAUREATES = (
    "Nổi bật là Paul Samuelson, người Mỹ đầu tiên đoạt giải, và Eugene Fama, được biết đến với công trình của mình về "
    "lý thuyết danh mục đầu tư."
)


def test_what_is_said_of_one_person_is_not_said_of_another():
    asked = "Ai được biết đến với công trình về lý thuyết danh mục đầu tư?"
    for name, told in [("Paul Samuelson", False), ("Eugene Fama", True)]:
        said = f"{name} được biết đến với công trình của mình về lý thuyết danh mục đầu tư."
        assert check(said, evidence(LAUREATES), language="vi", question=asked).supported is told


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "Remote sensing scientists use the measurement of the radiance.",
            "Some remote sensing scientists have proposed using the measurement of the radiance.",
        ),
        (
            "Honda and Toyota opened plants in 1981.",
            "Honda and Toyota, affected by the 1981 voluntary restraints, opened plants.",
        ),
    ],
)
def test_what_is_proposed_is_not_done_and_a_year_stays_with_its_word(claim, source):
    assert not check(claim, evidence(source, language="en"), language="en").supported


def test_where_the_answer_is_no_word_may_be_new():
    source = "Mối tương quan giữa chủ nghĩa tư bản, chế độ quý tộc và chủ nghĩa đế quốc đã gây nhiều tranh cãi."
    said = "Mối tương quan giữa chủ nghĩa tư bản, chủ nghĩa đế quốc và chủ nghĩa đế quốc quốc tế."
    assert not check(said, evidence(source), language="vi").supported


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "Public Health England exhumed 25 bodies.",
            "Scientists with Public Health England announced the results of an examination of 25 bodies exhumed there.",
        ),
        ("The mausoleum was returned to Mongolia in 1954.", "In 1954 the bier and relics were returned to Mongolia."),
    ],
)
def test_who_did_what_must_stand_there_in_that_order_and_of_that_thing(claim, source):
    asked = "How many bodies did Public Health England exhume, and when was the mausoleum returned?"
    assert not check(claim, evidence(source, language="en"), language="en", question=asked).supported


def test_a_price_may_be_said_with_another_verb():
    source = evidence("Lệ phí: 8.000 đồng cho một bản sao trích lục hộ tịch.")
    asked = "Một bản sao trích lục hộ tịch mất bao nhiêu tiền?"
    assert check("Một bản sao trích lục hộ tịch mất 8.000 đồng.", source, language="vi", question=asked).supported


def test_what_is_said_of_the_services_is_not_said_of_the_company():
    source = evidence("Cùng ngày đó các dịch vụ của NTL được đổi tên thành Virgin Media.")
    asked = "Các dịch vụ của NTL được đổi tên thành gì?"
    assert not check("NTL được đổi tên thành Virgin Media.", source, language="vi", question=asked).supported
    said = "Các dịch vụ của NTL được đổi tên thành Virgin Media."
    assert check(said, source, language="vi", question=asked).supported


@pytest.mark.parametrize(
    ("language", "question", "claim", "source", "holds"),
    [
        (
            "vi",
            "Đăng ký thường trú mất bao lâu?",
            "Đăng ký thường trú mất 12 tháng kể từ ngày đủ điều kiện.",
            "Người đủ điều kiện đăng ký thường trú phải đăng ký trong 12 tháng kể từ ngày đủ điều kiện.",
            False,
        ),
        (
            "vi",
            "Cấp hộ chiếu mất bao lâu?",
            "Cấp hộ chiếu mất 8 ngày làm việc.",
            "Cơ quan phải cấp hộ chiếu trong 8 ngày làm việc.",
            True,
        ),
        (
            "en",
            "How long does registering a move take?",
            "Registering a move takes 14 days.",
            "Whoever moves must register the move within 14 days.",
            False,
        ),
        (
            "en",
            "How long does a passport take?",
            "A passport takes 8 working days.",
            "A passport must be issued within 8 working days.",
            True,
        ),
    ],
)
def test_by_when_one_must_act_is_not_how_long_it_takes(language, question, claim, source, holds):
    assert check(claim, evidence(source, language=language), language=language, question=question).supported is holds


COPY = "Lệ phí cấp bản sao trích lục hộ tịch, giấy khai sinh: 8.000 đồng một bản sao."


@pytest.mark.parametrize(
    ("language", "question", "claim", "reason"),
    [
        ("en", "How much does a new passport cost?", "A new passport costs 8,000 đồng.", Reason.WORDS),
        ("en", "How much does a new passport cost?", "It costs 8,000 đồng.", Reason.WORDS),
        ("fr", "Combien coûte un passeport ?", "Un passeport coûte 8 000 đồng.", Reason.WORDS),
        ("en", "How much is a copy of a birth certificate?", "A copy of a birth certificate costs 8,000 đồng.", ""),
        ("fr", "Combien coûte une copie d’acte de naissance ?", "La copie d’acte de naissance coûte 8 000 đồng.", ""),
        (
            "en",
            "How much is a copy of a birth certificate?",
            "A copy of a birth certificate costs 80,000 đồng.",
            "fact",
        ),
        ("en", "What does the thing cost?", "The thing costs 8,000 đồng.", Reason.ACROSS),
    ],
)
def test_a_figure_across_languages_needs_the_thing_that_it_is_said_of(language, question, claim, reason):
    near = np.array([0.9])
    assert check(claim, evidence(COPY), language=language, question=question, similarities=near).reason == reason


def test_across_languages_nothing_is_supported_without_nearness():
    claim, asked = "A copy of a birth certificate costs 8,000 đồng.", "How much is a copy of a birth certificate?"
    for near in (None, np.array([0.8])):
        found = check(claim, evidence(COPY), language="en", question=asked, similarities=near)
        assert found.reason == Reason.MEANING


def test_a_syllable_of_another_vietnamese_word_names_no_thing():
    source = evidence("The state agency answers in 3 days.", language="en")
    verdict = check("Cơ quan nhà nước trả lời trong 3 ngày.", source, language="vi", similarities=np.array([0.9]))
    assert verdict.reason == Reason.ACROSS  # "nhà nước" speaks neither of a house nor of water


@pytest.mark.parametrize(
    ("language", "claim", "source", "reason"),
    [
        (
            "en",
            "The identity card is issued within 7 working days.",
            "Thẻ căn cước được cấp trong 7 ngày làm việc.",
            "",
        ),
        ("en", "The identity card is issued every year.", "Thẻ căn cước được cấp trong 7 ngày.", Reason.FACT),
        ("fr", "Une coopérative compte au moins 5 membres.", "Hợp tác xã phải có ít nhất 5 thành viên.", ""),
        ("fr", "Une coopérative compte au plus 5 membres.", "Hợp tác xã phải có ít nhất 5 thành viên.", Reason.TURNED),
        ("fr", "Une coopérative compte moins de 5 membres.", "Hợp tác xã phải có ít nhất 5 thành viên.", Reason.TURNED),
        ("en", "A vehicle with more than 9 seats is inspected.", "Xe trên 9 chỗ phải kiểm định.", ""),
    ],
)
def test_limits_and_spans_hold_across_languages(language, claim, source, reason):
    assert check(claim, evidence(source), language=language, similarities=np.array([0.9])).reason == reason
