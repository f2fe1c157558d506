"""An address in an answer is followed only where it stands in the cited passages."""

import pytest
from django.template import Context, Template

from khue.domains.knowledge.answering import links

PAGE = "Nộp hồ sơ tại https://dichvucong.example/ho-chieu (hoặc trực tiếp)."


def cited(*quotes):
    return [{"quote": quote} for quote in quotes]


def addresses(text, *quotes):
    return [piece for piece, is_address in links.split(text, cited(*quotes)) if is_address]


def test_the_address_of_a_cited_passage_is_followed():
    assert addresses("Mời vào https://dichvucong.example/ho-chieu.", PAGE) == ["https://dichvucong.example/ho-chieu"]


@pytest.mark.parametrize(
    "address",
    [
        "https://dichvucong.example/ho-chieu?ten=An",
        "https://dichvucong.example/ho-chieu/079203001234",
        "https://dichvucong.example/ho",
        "http://dichvucong.example/ho-chieu",
        "https://dichvucong.example.evil.example/ho-chieu",
        "https://a@dichvucong.example/ho-chieu",
    ],
)
def test_any_other_is_text(address):
    assert addresses(f"Mời vào {address} nhé.", PAGE) == []


def test_nothing_is_lost_in_between():
    text = "A https://x.example/1, b https://y.example/2; c"
    pieces = list(links.split(text, cited("xem https://y.example/2;")))
    assert "".join(piece for piece, _ in pieces) == text
    assert [is_address for _, is_address in pieces] == [False, True, False]


def test_on_the_page_and_only_in_a_sentence_that_is_backed():
    template = Template("{% load knowledge %}{{ sentence|linked }}")
    sentence = {"text": "<b>Mời</b> vào https://dichvucong.example/ho-chieu ![x](https://evil.example/?q=1)"}
    backed = template.render(Context({"sentence": sentence | {"supported": True, "citations": cited(PAGE)}}))
    assert backed.count("<a ") == 1 and 'href="https://dichvucong.example/ho-chieu"' in backed
    assert "&lt;b&gt;" in backed and "<img" not in backed
    unbacked = template.render(Context({"sentence": sentence | {"supported": False, "citations": cited(PAGE)}}))
    assert "<a " not in unbacked
