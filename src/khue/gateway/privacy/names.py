"""Names of persons: titles and fields before them, and what Vietnamese, English and French names are made of."""

from collections.abc import Iterator

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import names, plain_names, provinces
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.titles import TITLES, exact, folded, things, titles
from khue.gateway.privacy.words import Word

LONGEST = 5
PARTICLES = frozenset("de du des la le van von der den di da dos bin binti al el ben y".split())


def find(page: Page) -> Iterator[Finding]:
    reading = _Reading(page)
    for at, word in enumerate(page.words):
        if not word.text[0].isupper() and not reading.is_bare:
            continue
        yield from reading.name_at(at)


class _Reading:
    """One page's words with the titles and things among them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = page.words
        self.is_bare = not page.has_marks
        self.title_after: dict[int, str] = {}
        self.thing_after: set[int] = set()
        for mark in titles().marks(self.words, page.text):
            if self._is_exact(mark.first, mark.last, exact(*TITLES)):
                self.title_after[mark.last + 1] = mark.meaning
        for thing in things().marks(self.words, page.text):
            if self._is_exact(thing.first, thing.last, exact("things")):
                self.thing_after.add(thing.last + 1)
        self.free_from = 0

    def _is_exact(self, first: int, last: int, known: frozenset[str]) -> bool:
        return self.is_bare or " ".join(word.text.lower() for word in self.words[first : last + 1]) in known

    def name_at(self, at: int) -> Iterator[Finding]:
        if at < self.free_from:
            return
        score, last = 0.0, at
        title = self._title(at)
        for score_, last_ in (self._titled(at, title), self._vietnamese(at), self._given_first(at), self._western(at)):
            if score_ > score:
                score, last = score_, last_
        if not score:
            return
        start, end = self.words[at].start, self.words[last].end
        self.free_from = last + 1
        yield Finding(start, end, Kind.PERSON, self.page.text[start:end], score)

    def _title(self, at: int) -> str:
        title = self.title_after.get(at, "")
        if not title:
            return ""
        gap = self.page.text[self.words[at - 1].end : self.words[at].start]
        allowed = " \u00a0.:*_\t\n|-–=" if title == "field" else " \u00a0.:,*_"
        if len(gap) > 8 or set(gap) - set(allowed):
            return ""
        if title == "field" and set(gap) <= set(" \u00a0"):
            return "formal"
        return title

    def _joined(self, at: int) -> bool:
        """Whether a word continues the one before it."""
        gap = self.page.text[self.words[at - 1].end : self.words[at].start]
        return gap in {" ", "\u00a0", "  ", "-", "'", "’", ". "} and (gap != ". " or len(self.words[at - 1].text) == 1)

    def _is_name_word(self, word: Word) -> bool:
        return word.text[0].isupper() and word.text.lower() not in exact("stop")

    def _run(self, at: int, longest: int = LONGEST) -> int:
        """The last word of the capitalised run that begins here."""
        last = at
        is_caps = self.words[at].text.isupper() and len(self.words[at].text) > 1
        while last + 1 < len(self.words) and last - at + 1 < longest and self._joined(last + 1):
            following = self.words[last + 1]
            if not self._is_name_word(following):
                ahead = self.words[last + 2] if last + 2 < len(self.words) else None
                if following.text in PARTICLES and ahead and self._joined(last + 2) and self._is_name_word(ahead):
                    last += 2
                    continue
                break
            if is_caps and not following.text.isupper():
                break
            last += 1
        return last

    def _titled(self, at: int, title: str) -> tuple[float, int]:
        word = self.words[at]
        if not title:
            return 0, at
        if not word.text[0].isupper():
            return self._bare_name(at)
        if not self._is_name_word(word) or self._is_place(at):
            return 0, at
        last = self._run(at)
        if title == "familiar":
            return 0.95, last
        if last == at and not (title == "field" and word.plain in plain_names("given")):
            return 0, at
        return (0.95 if title == "field" or self._looks_like_a_name(at, last) else 0), last

    def _looks_like_a_name(self, at: int, last: int) -> bool:
        first = self.words[at].plain
        known = plain_names("surnames") | plain_names("english") | plain_names("french") | plain_names("given")
        return first in known or self.words[last].plain in plain_names("surnames")

    def _bare_name(self, at: int) -> tuple[float, int]:
        """nguyen van an, in a text without marks and capitals, after a title."""
        if self.words[at].plain not in plain_names("surnames"):
            return 0, at
        last = at
        parts = plain_names("given") | plain_names("middle")
        while last + 1 < len(self.words) and last - at < 3 and self._joined(last + 1):
            if self.words[last + 1].plain not in parts or self.words[last + 1].text[0].isupper():
                break
            last += 1
        return (0.85 if last > at + 1 else 0), last

    def _is_place(self, at: int) -> bool:
        two = " ".join(word.plain for word in self.words[at : at + 2])
        three = " ".join(word.plain for word in self.words[at : at + 3])
        behind = " ".join(word.plain for word in self.words[max(0, at - 1) : at + 1])
        return bool({two, three, behind} & (folded("not_people") | provinces())) or self.words[at].plain in provinces()

    def _is_thing(self, at: int, last: int) -> bool:
        """A street, a school, a firm that bears the name."""
        for back in range(at, max(-1, at - 4), -1):
            if back in self.thing_after:
                return True
            if back == 0 or not self._joined(back) or not self.words[back - 1].text[0].isupper():
                break
        following = self.words[last + 1] if last + 1 < len(self.words) else None
        return following is not None and self._joined(last + 1) and following.plain in folded("things_after")

    def _vietnamese(self, at: int) -> tuple[float, int]:
        word = self.words[at]
        if not self._is_name_word(word) or not self._is_surname(word):
            return 0, at
        if (
            at
            and self._joined(at)
            and self.words[at - 1].text[0].isupper()
            and self._is_name_word(self.words[at - 1])
            and at not in self.title_after
            and not self._begins(at - 1)
        ):
            return 0, at
        last = self._syllables(at)
        size = last - at + 1
        if size < 2 or self._is_place(at) or self._is_thing(at, last):
            return 0, at
        is_weak = word.plain in plain_names("weak_surnames")
        is_caps = word.text.isupper()
        middle_fits = size > 2 and self.words[at + 1].plain in plain_names("middle")
        last_fits = self.words[last].plain in plain_names("given") or len(self.words[last].text) == 1
        if size >= 3 and last_fits and (middle_fits or not (is_weak or is_caps)):
            return 0.85, last
        if size >= 3 and not is_weak and middle_fits:
            return 0.8, last
        if size == 2 and last_fits and not is_weak and not is_caps and word.text in names("surnames"):
            return 0.6, last
        return 0, at

    def _begins(self, at: int) -> bool:
        """Whether the word begins a sentence or line: its capital then says nothing."""
        before = self.page.text[max(0, self.words[at].start - 3) : self.words[at].start].rstrip(' \u00a0*-•"“(')
        return not before or before[-1] in ".!?:\n;"

    def _is_surname(self, word: Word) -> bool:
        if word.text.isascii() and (self.is_bare or word.plain not in plain_names("weak_surnames")):
            return word.plain in plain_names("surnames")
        return word.text.capitalize() in names("surnames")

    def _syllables(self, at: int) -> int:
        parts = plain_names("given") | plain_names("middle") | plain_names("surnames")
        last = at
        is_caps = self.words[at].text.isupper() and len(self.words[at].text) > 1
        while last + 1 < len(self.words) and last - at + 1 < LONGEST and self._joined(last + 1):
            word = self.words[last + 1]
            if not self._is_name_word(word) or len(word.text) > 7 or (is_caps and not word.text.isupper()):
                break
            if word.plain not in parts and (last - at >= 2 or len(word.text) == 1 and last == at):
                break
            last += 1
        return last

    def _given_first(self, at: int) -> tuple[float, int]:
        """Minh Anh Nguyen: the western order, surname last."""
        last = self._run(at, 4)
        for end in range(last, at, -1):
            surname = self.words[end]
            rest = self.words[at:end]
            fits = surname.plain in plain_names("surnames") - plain_names("weak_surnames") and len(surname.plain) > 2
            if fits and all(word.plain in plain_names("given") | plain_names("middle") for word in rest):
                is_thing = self._is_thing(at, end) or self._is_place(at)
                return (0 if is_thing or rest[0].plain in plain_names("surnames") else 0.65), end
        return 0, at

    def _western(self, at: int) -> tuple[float, int]:
        word = self.words[at]
        if word.text.capitalize() not in names("english") | names("french") or not self._is_name_word(word):
            return 0, at
        last = self._run(at, 4)
        if last == at or self._is_thing(at, last):
            return 0, at
        return 0.75, last
