"""Files as other systems write them, in their own ways."""

import pytest

from khue.domains.academy.interchange.formats import read
from khue.domains.academy.quizzing.items import Kind
from khue.domains.academy.quizzing.scoring import mark

GIFT = r"""
// a comment
$CATEGORY: $course$/top/Public service

The National Portal opened in {~2015 =2019 ~%50%2020#Close.} with few services.

::True or false::Viet Nam has 63 provinces today.{FALSE#It was so until 2025.#Right, there are 34.}

Who signs?{=the minister =%50%a deputy ####Decree 30.}

When?{#2019:1}

How many?{#1..5}

Several{#
    =%100%3.14:0.01#Good.
    =%50%3:0.2
}

Match {=Hà Nội -> thủ đô =Huế -> cố đô = -> cảng}

Write about \{braces\} and \= signs.{}

No answer here, only text.

Broken { =a
"""


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


MOODLE = """<?xml version="1.0" encoding="UTF-8"?><quiz>
<question type="category"><category><text>$course$/top/Dịch vụ công/Cấp xã</text></category></question>
<question type="multichoice"><name><text>Phí</text></name>
 <questiontext format="html"><text><![CDATA[<p>Lệ phí là <b>bao nhiêu</b>?</p><ul><li>trực tiếp</li><li>trực tuyến</li></ul>]]></text></questiontext>
 <generalfeedback format="html"><text></text></generalfeedback><defaultgrade>2.0000000</defaultgrade>
 <single>false</single><shuffleanswers>1</shuffleanswers>
 <answer fraction="33.33333" format="html"><text>a &amp;lt; b</text><feedback format="html"><text><![CDATA[<em>Phải</em>]]></text></feedback></answer>
 <answer fraction="33.33333" format="html"><text>b</text></answer><answer fraction="33.33333" format="html"><text>c</text></answer>
 <answer fraction="-100" format="html"><text>d</text></answer></question>
<question type="truefalse"><name><text>TF</text></name><questiontext format="html"><text>Có 34 tỉnh?</text></questiontext>
 <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text><feedback><text>Xem lại.</text></feedback></answer></question>
<question type="numerical"><name><text>Num</text></name><questiontext format="html"><text>Xa?</text></questiontext>
 <answer fraction="100"><text>5</text><tolerance>0.1</tolerance></answer><answer fraction="0"><text>*</text></answer>
 <units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit><unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units></question>
<question type="cloze"><name><text>Cloze</text></name><questiontext><text>{1:SA:=x}</text></questiontext></question>
<question type="essay"><name><text>Img</text></name><questiontext format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/a.png">Xem hình.]]></text><file name="a.png" encoding="base64">AA==</file></questiontext></question>
</quiz>"""


def test_moodle_as_it_exports():
    found = read(MOODLE.encode(), "moodle", "vi")
    choice, truth, number, essay = found.paper.items
    assert found.paper.title == "Cấp xã"
    assert choice.prompt["vi"] == "Lệ phí là **bao nhiêu**?\n\n- trực tiếp\n- trực tuyến" and choice.points == 2
    assert mark(choice, ["o1", "o2", "o3"]).share == 1 and choice.body.options[0].feedback["vi"] == "*Phải*"
    assert mark(truth, ["o1"]).share == 1 and truth.body.options[1].feedback["vi"] == "Xem lại."
    assert mark(number, "5050 m").share == 1 and mark(number, "5,2").share == 0
    assert essay.prompt["vi"] == "Xem hình."
    assert [(problem.where, problem.code) for problem in found.problems] == [("Cloze", "unknown_type"), ("Img", "pictures")]


QTI_21 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="choice" title="Unattended Luggage" adaptive="false" timeDependent="false">
<responseDeclaration identifier="R1" cardinality="single" baseType="identifier"><correctResponse><value>ChoiceA</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="integer"/>
<itemBody><p>Look at the text in the picture.</p><choiceInteraction responseIdentifier="R1" shuffle="false" maxChoices="1">
<prompt>What does it say?</prompt><simpleChoice identifier="ChoiceA">You must <em>stay</em>.<feedbackInline outcomeIdentifier="F" identifier="ChoiceA" showHide="show">Yes.</feedbackInline></simpleChoice><simpleChoice identifier="ChoiceB">Do not go.</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"""
QTI_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="gap" title="gap">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-correct-response><qti-value>York</qti-value></qti-correct-response>
<qti-mapping default-value="0"><qti-map-entry map-key="York" mapped-value="2"/><qti-map-entry map-key="york" mapped-value="1"/></qti-mapping></qti-response-declaration>
<qti-item-body><blockquote><p>Now is the winter; this sun of <qti-text-entry-interaction response-identifier="RESPONSE" expected-length="15"/>;</p></blockquote></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/></qti-assessment-item>"""


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
