"""What a format can hold comes back as it was; what it cannot is listed, and nothing else."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khue.domains.academy.interchange import checking
from khue.domains.academy.interchange.formats import FORMATS, read, write
from khue.domains.academy.interchange.paper import Loss, Paper
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.draws import Section
from khue.domains.academy.quizzing.items import Item
from khue.domains.academy.tests.quizzing import samples

LANGUAGES = Loss("", "languages")
QTI = [LANGUAGES, Loss("distance", "units"), Loss("own-office", "words")]
LOST = {
    "qti21": QTI,
    "qti3": QTI,
    "moodle": [LANGUAGES],
    "gift": [
        LANGUAGES,
        Loss("portal-name", "points"),
        *(Loss("personal-data", f"when_{name}") for name in ("partly", "right", "wrong")),
        Loss("distance", "units"),
        *(Loss("own-office", name) for name in ("guidance", "points", "words")),
    ],
}
each_format = pytest.mark.parametrize("form", FORMATS)


@each_format
def test_the_list_of_losses_is_the_whole_truth(form):
    paper = Paper("Bài kiểm tra", tuple(samples.items()))
    written = write(paper, form)
    assert list(written.losses) == LOST[form]
    back = read(written.octets, form, "vi")
    assert back.problems == () and back.paper.title == "Bài kiểm tra"
    lost = {(loss.key, loss.field) for loss in written.losses}
    for before, after in zip(paper.items, back.paper.items, strict=True):
        one, other = checking.comparable(before, "vi"), checking.comparable(after, "vi")
        differ = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
        assert differ == {name for key, name in lost if key == before.key}


@each_format
def test_every_language_travels_in_its_own_file(form):
    written = write(Paper("Quiz", (notation.item(samples.SINGLE),), "en"), form)
    back = read(written.octets, form, "en").paper.items[0]
    assert back.prompt == {"en": "Which portal lists *all* procedures?"}
    assert [option.text["en"] for option in back.body.options] == [
        "The national portal",
        "A province's site",
        "The gazette",
    ]


@pytest.mark.parametrize("form", ["qti21", "qti3"])
def test_draws_and_the_time_limit_travel_in_a_test(form):
    sections = (Section(keys=("portal-name", "personal-data"), draw=1, shuffled=True), Section(keys=("capital",)))
    paper = Paper("Bài", tuple(replace(item, prompt={"vi": "?"}) for item in samples.items()), "vi", sections, 900)
    written = write(paper, form)
    back = read(written.octets, form, "vi").paper
    assert back.sections == sections and back.time_limit_s == 900
    assert not [loss for loss in written.losses if not loss.key and loss.field != "languages"]


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_a_list_of_questions_cannot_hold_draws_or_a_limit(form):
    paper = Paper("Bài", (notation.item(samples.ORDERING),), "vi", (Section(draw=1),), 60)
    assert write(paper, form).losses == (Loss("", "sections"), Loss("", "time_limit_s"))


@pytest.mark.parametrize("marking", ["parts", "neighbours", "all"])
@each_format
def test_how_an_order_is_marked_travels(form, marking):
    paper = Paper("Bài", (notation.item(samples.ORDERING | {"marking": marking}),))
    assert write(paper, form).losses == ()


@each_format
def test_the_same_paper_is_the_same_file(form):
    paper = Paper("Bài", tuple(samples.items()))
    assert write(paper, form).octets == write(paper, form).octets


# Anything an author may write ------------------------------------------------------------------

letters = st.text(st.sampled_from("aăâđeêhoưy ộừỵ?!.,;–()%&'\"0123456789/"), min_size=1, max_size=30)
hard = st.text(st.sampled_from("a b\\#=~{}:*_[]<>|`&;\n->%$/"), min_size=1, max_size=30)
texts = st.one_of(letters, hard).map(str.strip).filter(lambda text: text.strip("\\ \n"))
# "1. Hà Nội" is the beginning of a list, in Markdown
ordinary = letters.map(str.strip).filter(lambda t: t and "  " not in t and not re.match(r"\d+[.)]( |$)", t))
shares = st.sampled_from([0.0, 0.5, 0.25, 1 / 3, -0.5, -1.0])


@st.composite
def items(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Item:
    kind = draw(st.sampled_from(["single", "multiple", "ordering", "matching", "number", "short", "essay"]))
    given: dict = {"key": "x", "type": kind, "text": draw(text), "feedback": draw(st.one_of(st.just(""), text))}
    if kind in {"single", "multiple"}:
        choices = [
            {"text": draw(text), "share": draw(shares), "feedback": draw(st.one_of(st.just(""), text))}
            for _ in range(3)
        ]
        given["choices"] = [{"text": draw(text), "share": 1.0}, *choices]
    elif kind == "ordering":
        given["sequence"] = draw(st.lists(text, min_size=2, max_size=4))
    elif kind == "matching":
        rights = draw(st.lists(text, min_size=2, max_size=4, unique=True))
        given["pairs"] = [{"left": draw(text), "right": right} for right in rights]
    elif kind == "number":
        numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
        given["answers"] = [{"answer": draw(numbers), "tolerance": abs(draw(numbers))}]
    elif kind == "short":
        right, half = draw(st.lists(text, min_size=2, max_size=2, unique_by=str.casefold))
        given["answers"] = [{"text": right, "language": "vi"}, {"text": half, "share": 0.5, "language": "vi"}]
    return notation.item(given)


@each_format
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(item=items(ordinary))
def test_ordinary_texts_come_back_whole(form, item):
    lost = {loss.field for loss in write(Paper("Bài", (item,)), form).losses}
    assert lost == set()


@each_format
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(item=items(texts))
def test_whatever_is_written_can_be_read_and_what_differs_is_listed(form, item):
    written = write(Paper("Bài", (item,)), form)
    back = read(written.octets, form, "vi").paper.items
    fields = {loss.field for loss in written.losses}
    if not back:
        assert "item" in fields
    elif checking.comparable(item, "vi") != checking.comparable(back[0], "vi"):
        assert fields
