"""Drafting with a real browser: a template, the sheet that follows, a comment on marked words, other words taken."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from khue.domains.drafting.models import Draft


@pytest.fixture
def draft(page, signed_in, cast, prefer):
    prefer(language="en")
    signed_in("an")
    page.goto(reverse("drafting:template", args=["thay-doi-dia-diem"]))
    page.get_by_role("button", name="Begin from this").click()
    expect(page.locator(".paper")).to_be_visible()
    return Draft.objects.get(owner=cast.an, content__type="thong-bao")


def test_the_sheet_follows_and_a_comment_stays_with_its_words(page, draft):
    page.get_by_label("Issuing agency").fill("Sở Nội vụ")
    expect(page.locator(".paper")).to_contain_text("SỞ NỘI VỤ")
    page.locator(".paper [data-place='body.3']").evaluate(
        "line => { const all = document.createRange(); all.selectNodeContents(line.querySelector('span'));"
        " getSelection().removeAllRanges(); getSelection().addRange(all); }"
    )
    expect(page.locator("#quoted")).to_be_visible()
    page.locator("#comment").get_by_label("Comment").fill("Vì sao đổi?")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".note")).to_contain_text("Vì sao đổi?")
    expect(page.locator(".paper .sheet-note")).to_have_text("1")
    comment = draft.comments.get()
    assert comment.field == "body.3" and comment.quote.startswith("3. Lý do")


def test_one_of_two_changes_is_taken(page, draft, cast):
    old = "Đề nghị các cơ quan, tổ chức và người dân biết để liên hệ."
    new = "Mong các cơ quan, tổ chức và người dân biết để hỏi."
    draft.rewrites.create(by=cast.an, manner="plainer", before=old, after=new, outcome="open")
    page.reload()
    page.locator(".change input").first.uncheck()
    page.get_by_role("button", name="Accept the chosen changes").click()
    expect(page.locator(".paper")).to_contain_text("Đề nghị các cơ quan, tổ chức và người dân biết để hỏi.")
