"""Dates of birth: a date, or a year, that words beside it call one."""

import re
from collections.abc import Iterator

from khue.gateway.privacy.findings import Finding, Kind
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
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)? (?:{MONTHS})\.?,? \d{{4}}"
    rf"|(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|(?:19|20)\d{2}"
    r")(?![^\W_])"
)
BIRTH: Lexicon[bool] = Lexicon(
    dict.fromkeys(
        "sinh ngày|ngày sinh|sinh năm|năm sinh|sinh|ngày tháng năm sinh|ngày, tháng, năm sinh|ns|sn|born|born on|"
        "date of birth|birth date|birthdate|dob|d.o.b|year of birth|né le|née le|né|née|date de naissance|"
        "naissance|birthday|sinh nhật|sn ngày|né(e) le".split("|"),
        True,
    )
    | dict.fromkeys(
        "phát sinh|học sinh|sinh viên|khai sinh|thí sinh|vệ sinh|sinh học|sinh hoạt|tuyển sinh|an sinh|sinh sống|"
        "nghiên cứu sinh|hy sinh|sinh thái|dân sinh|tái sinh|mưu sinh|giấy khai sinh|đăng ký khai sinh|sinh con".split("|"),
        False,
    )
)
REACH = 25


def find(page: Page) -> Iterator[Finding]:
    marks = [mark for mark in BIRTH.marks(page.words, page.text) if mark.meaning]
    for mark in marks:
        at = DATE.search(page.plain, mark.end, min(len(page.text), mark.end + REACH + 24))
        if at and at.start() - mark.end <= REACH and "\n\n" not in page.text[mark.end : at.start()]:
            yield Finding(at.start(), at.end(), Kind.BIRTH_DATE, page.text[at.start() : at.end()], 0.95)
