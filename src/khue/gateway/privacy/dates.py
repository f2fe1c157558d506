"""Dates of birth: a date, or a year, that words beside it call one."""

import re
from collections.abc import Iterator
from functools import cache

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import content, phrases
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.words import Lexicon

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|janvier|fevrier|mars|avril|mai|"
    "juin|juillet|aout|septembre|octobre|novembre|decembre|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
DATE = re.compile(
    r"(?<![^\W_])(?:"
    r"\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:\d{4}|\d{2})"
    r"|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|(?:ngay )?\d{1,2} thang \d{1,2},? nam \d{4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?[ \-](?:{MONTHS})\.?,?[ \-]\d{{4}}"
    rf"|(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|(?:19|20)\d{2}"
    # with letters that a scanner made of digits
    r"|[\doli|]{1,2}[/.\-][\doli|]{1,2}[/.\-][12il|][\doli|]{3}"
    r")(?![^\W_])"
)
# 11/5/1959 là ngày sinh
FULL = re.compile(r"(?<![^\W_])\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}(?= ?(?:\(| la | is | est |, ))")
BEHIND = re.compile(r" ?(?:\(| la | is | est |, )(?:the |his |her |sa |la )?\Z")
REACH = 25


@cache
def birth() -> Lexicon[bool]:
    """Words that announce a birth, and such as only hold them ("phát sinh")."""
    listed = content("labels")["birth"]
    return Lexicon(dict.fromkeys(phrases(listed["labels"]), True) | dict.fromkeys(phrases(listed["not"]), False))


def find(page: Page) -> Iterator[Finding]:
    marks = [mark for mark in page.marks(birth()) if mark.meaning]
    for mark in marks:
        at = DATE.search(page.plain, mark.end, min(len(page.text), mark.end + REACH + 24))
        if at and at.start() - mark.end <= REACH and "\n\n" not in page.text[mark.end : at.start()]:
            yield Finding(at.start(), at.end(), Kind.BIRTH_DATE, page.text[at.start() : at.end()], 0.95)
    yield from _named_after(page, [mark.start for mark in marks if not DATE.match(page.plain, mark.end + 1)])


def _named_after(page: Page, labels: list[int]) -> Iterator[Finding]:
    """A date that is called a birth by the words behind it."""
    for start in labels:
        for at in FULL.finditer(page.plain, max(0, start - 20), start):
            if BEHIND.fullmatch(page.plain, at.end(), start):
                yield Finding(at.start(), at.end(), Kind.BIRTH_DATE, page.text[at.start() : at.end()], 0.8)
