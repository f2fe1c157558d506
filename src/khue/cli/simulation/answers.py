"""What somebody answers in a quiz: found by the question as the page shows it, as people find it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborNode

from khue.gateway.browser import Page, Values

if TYPE_CHECKING:
    from khue.domains.academy.api import Course

LANGUAGE = "vi"
NOT_LETTERS = re.compile(r"[\W_]+")
LEARNED = "Theo bài học: nêu căn cứ trước, rồi mới đến ý kiến; chỗ nào chưa rõ thì hỏi lại người phụ trách."
NOT_LEARNED = "Chưa rõ, cần hỏi lại."


@dataclass(frozen=True)
class Question:
    """`known` None: the page shows it otherwise than the programme writes it."""

    position: str
    kind: str
    known: Any
    node: LexborNode

    def answer(self, *, is_right: bool) -> Values:
        """As the page's form sends it."""
        if self.known is None:
            return {}
        return ANSWERS[self.kind](self, is_right)

    @property
    def name(self) -> str:
        return f"a{self.position}"

    def options(self) -> Iterator[tuple[str, str]]:
        """Value and text of each."""
        for label in self.node.css("label.option"):
            box, words = label.css_first("input"), label.css_first("span")
            if box and words:
                yield box.attributes["value"] or "", words.text()

    def lines(self) -> Iterator[tuple[str, LexborNode]]:
        """Of what is put in order or matched: its text, and the list to choose from."""
        for part in self.node.css("li[data-part], dl.match > div"):
            words, choose = part.css_first(".order-text, dt"), part.css_first("select")
            if words and choose:
                yield words.text(), choose


class Known:
    """The questions of a programme with their answers."""

    def __init__(self, course: "Course") -> None:
        quizzes = [folder.quiz for folder in course.topics if folder.quiz]
        self.items = {plain(_said(item.text)): item for quiz in quizzes for item in quiz.items}

    def questions(self, page: Page) -> Iterator[Question]:
        for node in page.tree().css("fieldset[data-question]"):
            words = node.css_first(".question-text")
            found = self.items.get(plain(words.text())) if words else None
            yield Question(node.attributes["data-question"] or "", node.attributes["data-kind"] or "", found, node)


def plain(text: str) -> str:
    """Letters and figures only: Markdown and its HTML come to the same."""
    return NOT_LETTERS.sub("", unicodedata.normalize("NFC", text)).casefold()


def _said(text: Any) -> str:
    return str(text.get(LANGUAGE) or next(iter(text.values())))


def _choice(question: Question, is_right: bool) -> Values:
    right = {plain(_said(choice.text)) for choice in question.known.choices if choice.right}
    chosen = [value for value, words in question.options() if (plain(words) in right) == is_right]
    return {question.name: chosen[:1] if question.kind == "single" else chosen}


def _order(question: Question, is_right: bool) -> Values:
    sequence = [plain(_said(text)) for text in question.known.sequence]
    places = sequence if is_right else sequence[::-1]
    return {_name(choose): [str(_place(places, words))] for words, choose in question.lines()}


def _place(places: Sequence[str], words: str) -> int:
    return places.index(plain(words)) + 1 if plain(words) in places else 1


def _match(question: Question, is_right: bool) -> Values:
    lefts = [plain(_said(pair.left)) for pair in question.known.pairs]
    rights = [plain(_said(pair.right)) for pair in question.known.pairs]
    belongs = dict(zip(lefts, rights if is_right else rights[1:] + rights[:1], strict=True))
    return {_name(choose): _chosen(choose, belongs.get(plain(words), "")) for words, choose in question.lines()}


def _chosen(choose: LexborNode, wanted: str) -> list[str]:
    found = (option.attributes.get("value") or "" for option in choose.css("option") if plain(option.text()) == wanted)
    return [next(found, "")]


def _name(choose: LexborNode) -> str:
    return choose.attributes["name"] or ""


def _number(question: Question, is_right: bool) -> Values:
    value = question.known.answer if is_right else question.known.answer * 3 + 1000
    unit = f" {_said(question.known.unit)}" if question.known.unit else ""
    return {question.name: [f"{value:f}".replace(".", ",") + unit]}


def _short(question: Question, is_right: bool) -> Values:
    accepted = question.known.accept.get(LANGUAGE) or next(iter(question.known.accept.values()))
    return {question.name: [accepted[0].replace("*", "") if is_right else NOT_LEARNED]}


def _essay(question: Question, is_right: bool) -> Values:
    return {question.name: [LEARNED if is_right else NOT_LEARNED]}


ANSWERS = {
    "single": _choice,
    "multiple": _choice,
    "ordering": _order,
    "matching": _match,
    "number": _number,
    "short": _short,
    "essay": _essay,
}
