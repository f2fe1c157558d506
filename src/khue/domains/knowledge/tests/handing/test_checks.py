"""What a program can see in a conversation that was handed in."""

import pytest
from pydantic import ValidationError

from khue.domains.knowledge.handing import checks, settings

TERM = "Trong 60 ngày kể từ ngày sinh con, cha hoặc mẹ đăng ký khai sinh."
FEE = "Lệ phí đăng ký thường trú là 20.000 đồng."


def sentence(text, *, title="Đăng ký khai sinh", codes=(), supported=True):
    cited = {"document": title, "title": title, "codes": list(codes), "quote": text, "n": 1}
    return {"text": text, "supported": supported, "citations": [cited] if supported else []}


def exchange(question, *sentences, **more):
    shown = list(sentences or [sentence(TERM)])
    return {"question": question, "status": "answered", "language": "vi", "zone": "machine", "found": {}, **more} | {
        "sentences": shown
    }


def handed_in(*exchanges, note="", identifiers=()):
    found = None if identifiers is None else dict.fromkeys(identifiers, 1)
    return {"note": {"text": note, "identifiers": found}, "things": [{"exchanges": list(exchanges)}]}


def is_met(check, given, **said):
    return check(given, said)["passed"]


def test_the_same_question_twice_is_one():
    given = handed_in(exchange("Khai sinh ở đâu?"), exchange("khai sinh o dau"), exchange("Hết?", status="failed"))
    assert is_met(checks.questions, given, least=1) and not is_met(checks.questions, given, least=2)


@pytest.mark.parametrize("name", ["khai sinh", "KHAI SINH", "dang ky khai", "1.001193"])
def test_a_document_is_known_by_part_of_its_title_or_its_code(name):
    given = handed_in(exchange("?", sentence(TERM, codes=["1.001193"])))
    assert is_met(checks.cites, given, any=[name], least=1)
    assert not is_met(checks.cites, given, any=["thường trú"], least=1)


def test_what_only_an_unsupported_sentence_says_is_not_cited_or_stated():
    given = handed_in(exchange("?", sentence(TERM, supported=False)))
    assert not is_met(checks.cites, given, any=[], least=1)
    assert not is_met(checks.states, given, values=["60 ngày"], place="answers")


@pytest.mark.parametrize("value", ["60 ngày", "60 days", "sixty days", "5 weeks | 60 jours"])
def test_a_figure_is_known_in_any_spelling(value):
    assert is_met(checks.states, handed_in(exchange("?")), values=[value], place="answers")


@pytest.mark.parametrize("value", ["30 ngày", "60 tháng", "60 ngày 8.000 đồng"])
def test_another_figure_or_unit_is_not_the_same(value):
    assert not is_met(checks.states, handed_in(exchange("?")), values=[value], place="answers")


def test_how_many_are_lacking_is_told_but_not_which():
    facts = checks.states(handed_in(exchange("?")), {"values": ["60 ngày", "8.000 đồng"], "place": "either"})
    assert facts == {"passed": False, "lacking": 1, "of": 2}


def test_figures_may_be_wanted_in_the_note():
    given = handed_in(exchange("?"), note="Nộp 8 000 ₫.")
    assert is_met(checks.states, given, values=["8.000 đồng"], place="note")
    assert not is_met(checks.states, given, values=["60 ngày"], place="note")


def test_every_sentence_has_to_be_supported():
    assert is_met(checks.supported, handed_in(exchange("?"), exchange("!", status="answered")))
    assert not is_met(
        checks.supported, handed_in(exchange("?", sentence(TERM), sentence("Miễn phí.", supported=False)))
    )
    assert not is_met(checks.supported, handed_in())


def test_the_language_of_all_questions():
    given = handed_in(exchange("?"), exchange("Where?", language="en"))
    assert not is_met(checks.in_language, given, language="vi")


def test_personal_data_in_a_question_or_the_note():
    assert is_met(checks.no_identifiers, handed_in(exchange("?")))
    assert not is_met(checks.no_identifiers, handed_in(exchange("?", found={"cccd": 1})))
    assert not is_met(checks.no_identifiers, handed_in(exchange("?"), identifiers=["person"]))


def test_what_could_not_be_looked_through_is_not_called_clean():
    with pytest.raises(ValueError):
        checks.no_identifiers(handed_in(exchange("?"), identifiers=None), {})


@pytest.mark.parametrize(("zone", "met"), [("", True), ("institution", True), ("country", False), ("abroad", False)])
def test_how_far_questions_went(zone, met):
    assert is_met(checks.stays, handed_in(exchange("?"), exchange("!", zone=zone)), zone="institution") is met


def test_every_figure_of_the_note_stands_in_what_was_cited():
    given = exchange("?", sentence(TERM), sentence(FEE, title="Đăng ký thường trú"))
    assert is_met(checks.note_backed, handed_in(given, note="60 ngày; 20.000 đồng."))
    facts = checks.note_backed(handed_in(given, note="60 ngày; 25.000 đồng."), {})
    assert (facts["passed"], facts["lacking"]) == (False, ["25.000"])
    assert not is_met(checks.note_backed, handed_in(given, note="Không có con số."))


def test_the_note_names_its_documents():
    given = exchange("?", sentence(FEE, title="Đăng ký thường trú tại nơi ở hợp pháp", codes=["1.004222"]))
    for note in ("Theo tài liệu Đăng ký thường trú tại nơi ở", "Thủ tục 1.004222."):
        assert is_met(checks.note_names_sources, handed_in(given, note=note), least=1)
    assert not is_met(checks.note_names_sources, handed_in(given, note="Theo tài liệu."), least=1)


def test_settings_without_a_figure_are_refused():
    with pytest.raises(ValidationError):
        settings.States(values=["nhiều"])
