"""Files as other systems write them, in their own ways."""

from pathlib import Path

import pytest

from khue.domains.academy.interchange.formats import read
from khue.domains.academy.quizzing.items import Kind
from khue.domains.academy.quizzing.scoring import mark

FILES = Path(__file__).parent / "files"
GIFT, MOODLE, QTI_21, QTI_3 = (
    (FILES / name).read_text() for name in ("documentation.gift", "moodle.xml", "qti21-choice.xml", "qti3-gap.xml")
)


def test_gift_of_the_documentation():
    found = read(GIFT.encode(), "gift", "en")
    items = found.paper.items
    kinds = [Kind.SINGLE, Kind.SINGLE, Kind.SHORT, Kind.NUMBER, Kind.NUMBER, Kind.NUMBER, Kind.MATCHING, Kind.ESSAY]
    assert [item.kind for item in items] == kinds
    assert found.paper.title == "Public service"
    assert items[0].prompt["en"] == "The National Portal opened in _____ with few services."
    assert [mark(items[0], [option.key]).share for option in items[0].body.options] == [0, 1, 0.5]
    assert items[1].title == "True or false" and mark(items[1], ["o2"]).share == 1
    assert items[1].body.options[0].feedback["en"] == "It was so until 2025."
    assert items[2].feedback["en"] == "Decree 30." and mark(items[2], "A deputy").share == 0.5
    assert mark(items[3], "2020", language="en").share == 1 and mark(items[4], "5.1", language="en").share == 0
    assert mark(items[5], "3.1", language="en").share == 0.5
    assert [right.text["en"] for right in items[6].body.rights] == ["thủ đô", "cố đô", "cảng"]
    assert items[7].prompt["en"] == "Write about {braces} and = signs."
    assert [problem.code for problem in found.problems] == ["unknown_type", "braces"]


def test_moodle_as_it_exports():
    found = read(MOODLE.encode(), "moodle", "vi")
    choice, truth, number, essay = found.paper.items
    assert found.paper.title == "Cấp xã"
    assert choice.prompt["vi"] == "Lệ phí là **bao nhiêu**?\n\n- trực tiếp\n- trực tuyến" and choice.points == 2
    assert mark(choice, ["o1", "o2", "o3"]).share == 1 and choice.body.options[0].feedback["vi"] == "*Phải*"
    assert mark(truth, ["o1"]).share == 1 and truth.body.options[1].feedback["vi"] == "Xem lại."
    assert mark(number, "5050 m").share == 1 and mark(number, "5,2").share == 0
    assert essay.prompt["vi"] == "Xem hình."
    assert [(problem.where, problem.code) for problem in found.problems] == [
        ("Cloze", "unknown_type"),
        ("Img", "pictures"),
    ]


def test_a_choice_of_qti_21():
    (item,) = read(QTI_21.encode(), "qti21", "en").paper.items
    assert item.prompt["en"] == "Look at the text in the picture.\n\nWhat does it say?"
    assert item.title == "Unattended Luggage" and not item.body.shuffled
    assert item.body.options[0].text["en"] == "You must *stay*." and item.body.options[0].feedback["en"] == "Yes."
    assert mark(item, ["ChoiceA"]).share == 1


def test_a_gap_of_qti_3_mapped_to_points():
    (item,) = read(QTI_3.encode(), "qti3", "en").paper.items
    assert item.prompt["en"] == "> Now is the winter; this sun of _____;"
    assert [key.share for key in item.body.keys] == [1, 0.5]


@pytest.mark.parametrize("form", ["qti21", "qti3"])
def test_either_version_is_read_under_either_name(form):
    assert read(QTI_21.encode(), form, "en").paper.items and read(QTI_3.encode(), form, "en").paper.items


def test_two_questions_in_one_item_are_said_to_be_too_many():
    two = QTI_3.replace("</p></blockquote>", '<qti-text-entry-interaction response-identifier="R2"/></p></blockquote>')
    assert [problem.code for problem in read(two.encode(), "qti3", "en").problems] == ["several_questions"]
