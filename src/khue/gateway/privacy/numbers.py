"""Runs of digits, also spaced, dotted or misread by a scanner, with the label that says what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khue.gateway.privacy.findings import Kind
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.words import Mark

BLANKS = " \u00a0\u2007\u2009\u202f\u200b\u2060"
RUN = re.compile(rf"(?<![^\W_])\d(?:[{BLANKS}.\-–()]{{0,3}}\d)*(?![^\W_])")
GROUP = re.compile(r"\d+")
# letters that a scanner makes of digits
MISREAD = str.maketrans("OoQDlI|!BSZG", "000011118526")
NOISY = re.compile(r"[\dOoQDlI|!BSZG](?:[ .\-]{0,2}[\dOoQDlI|!BSZG]){7,18}(?![^\W_])")
# the same where no label says what to look for
CONFUSED = re.compile(r"(?<![^\W_])(?=\d*[OoIl])[\dO][\dOoIl]{9,11}(?![^\W_])")
SHORTEST, LONGEST = 8, 19
TABLE = 64
AFTER_LABEL = 40
OTHER_REACH = 24
MONEY = re.compile(
    r"\s{0,2}(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|dong|vnđ|vnd|đ(?![^\W_])|₫|\$|€|£|usd|eur|euros?|dollars?|%|lượt|người|hộ|tấn|kg|km|m2|m²|ha(?![^\W_]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """One reading of a run: some of its groups of digits taken together."""

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    between: frozenset[str]
    label: Kind | None
    is_other: bool
    is_near: bool
    before: str
    is_noisy: bool = False

    @property
    def is_even(self) -> bool:
        """Written in one way from start to end."""
        return len(self.between) <= 1 and (min(self.sizes) > 1 or max(self.sizes) == 1)

    @property
    def is_amount(self) -> bool:
        """1.500.000: groups of three behind the first, with one sign between."""
        return (
            len(self.sizes) > 1
            and self.digits[0] != "0"
            and set(self.sizes[1:]) == {3}
            and self.sizes[0] <= 3
            and len(self.between) == 1
            and not self.between & {"-", "–"}
            and not (self.is_near and self.between == {" "})
        )


def numbers(page: Page) -> list[Number]:
    if page.numbers is None:
        page.numbers = list(_numbers(page))
    return page.numbers


def _numbers(page: Page) -> Iterator[Number]:
    for run in RUN.finditer(page.text):
        if run.end() - run.start() >= SHORTEST:
            yield from _readings(page, run.start(), run.end())
    for label in page.labels:
        if label.meaning is not None:
            yield from _misread(page, label)
    for at in CONFUSED.finditer(page.text):
        if sum(letter.isdigit() for letter in at[0]) >= len(at[0]) - 3:
            yield _confused(page, at)


def _readings(page: Page, start: int, end: int) -> Iterator[Number]:
    groups = [(at.start(), at.end()) for at in GROUP.finditer(page.text, start, end)]
    for first in range(len(groups)):
        digits = 0
        # a long row of figures is a table: its numbers are read one by one
        for last in range(first, min(len(groups), first + LONGEST) if len(groups) <= TABLE else first + 1):
            digits += groups[last][1] - groups[last][0]
            if digits > LONGEST:
                break
            if digits >= SHORTEST and not _cuts_spelling(groups, first, last):
                yield _number(page, groups[first : last + 1])


def _cuts_spelling(groups: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether a number spelt digit by digit goes on before or after."""

    def is_digit(at: int) -> bool:
        return 0 <= at < len(groups) and groups[at][1] - groups[at][0] == 1

    return is_digit(first) and is_digit(first - 1) or is_digit(last) and is_digit(last + 1)


def _number(page: Page, groups: list[tuple[int, int]]) -> Number:
    start, end = groups[0][0], groups[-1][1]
    text = page.text
    between = frozenset(text[one[1] : two[0]] for one, two in zip(groups, groups[1:], strict=False))
    label, is_other, is_near = _label(page, start, end)
    return Number(
        start,
        end,
        "".join(text[one:two] for one, two in groups),
        tuple(two - one for one, two in groups),
        between,
        label,
        is_other or MONEY.match(text, end) is not None,
        is_near,
        text[max(0, start - 3) : start],
    )


def _label(page: Page, start: int, end: int) -> tuple[Kind | None, bool, bool]:
    """What the words around say: a kind, whether it is another number, and whether they stand close."""
    after = page.label_after(end)
    if after is not None and after.meaning is not None:
        return after.meaning, False, True
    label = page.label_before(start)
    if label is None:
        return None, False, False
    between = page.text[label.end : start]
    if label.meaning is None:
        is_other = (
            len(between) <= OTHER_REACH and not any(sign in between for sign in ",;") and not re.search(r"\d", between)
        )
        return None, is_other, False
    return label.meaning, False, len(between) <= AFTER_LABEL


def _confused(page: Page, at: re.Match[str]) -> Number:
    label, is_other, is_near = _label(page, at.start(), at.end())
    digits = at[0].translate(MISREAD)
    before = page.text[max(0, at.start() - 3) : at.start()]
    return Number(
        at.start(), at.end(), digits, (len(digits),), frozenset(), label, is_other, is_near, before, is_noisy=True
    )


def _misread(page: Page, label: Mark[Kind | None]) -> Iterator[Number]:
    """Digits of which some were read as letters, close behind a label."""
    for at in NOISY.finditer(page.text, label.end, min(label.end + AFTER_LABEL + LONGEST * 2, len(page.text))):
        raw = re.sub(r"[ .\-]", "", at[0])
        if (
            raw.isdigit()
            or sum(letter.isdigit() for letter in raw) < len(raw) * 0.6
            or page.text[at.start() - 1].isalnum()
        ):
            continue
        digits = raw.translate(MISREAD)
        yield Number(
            at.start(), at.end(), digits, (len(digits),), frozenset(), label.meaning, False, True, "", is_noisy=True
        )
        return
