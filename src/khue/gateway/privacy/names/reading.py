"""One page's words with the titles and things among them: what may begin a name, and how far a name goes."""

import re

from khue.gateway.privacy.lists import names
from khue.gateway.privacy.names.parts import JOINTS, LONGEST, PARTICLES, SYLLABLE, known
from khue.gateway.privacy.page import Page
from khue.gateway.privacy.titles import FAMILIAR, TITLES, exact, things, titles
from khue.gateway.privacy.words import Mark, Word

AND = re.compile(r"(?:,|;| và| and| et| với| &|, and|, et|, và) \Z")
FIELD_GAP = frozenset(" \u00a0.:*_\t\n|-–=<\"“'(")
TITLE_GAP = frozenset(" \u00a0.:,*_\"“'")
MIDDLES = frozenset({"van", "thi"})
DOTTED = frozenset("m mm mr mrs ms mme mlle me dr prof ts ths bs gs pgs ks ls cn st c d mgr".split())
STOPS = re.compile(r"\s*(?:[^\w\s]|\Z)|\n")
# P. KHTC, Quý IV
ABBREVIATION = re.compile(r"[BCDĐFGHJKLMNPQRSTVWXZ]{2,6}\Z|[IVX]{2,4}\Z|[A-ZĐ]{2,}[a-zà-ỹ]")
INITIALS = re.compile(r"[BCDĐFGHJKLMNPQRSTVWXZ]{2,6}\Z")
SEXES = frozenset({"Nam", "Nữ"})
NO_SURNAMES = frozenset("do sieu thanh khu hoi".split())  # Đô Thị, Siêu Thị
LEADS = frozenset("người bên chủ họ tên nguoi ben chu personne person".split())
OPENS = frozenset('.!?:;\n|•"“(-–*/,')
# what a form asks next; its first word may end a name
NEXT_FIELDS = frozenset(
    "sinh ngay, sinh nam, sinh tai, dan toc, quoc tich, ton giao, gioi tinh, que quan, thuong tru, tam tru, can cuoc, "
    "chung minh, ho chieu, ngay sinh, ngay cap, noi sinh, noi cap, nam sinh, dien thoai, dia chi, chuc vu".split(", ")
)
FIRST_OF_FIELDS = frozenset(phrase.split()[0] for phrase in NEXT_FIELDS)
# Giàng A Páo là tên thôn
NAMESAKE = re.compile(
    r" (?:là tên|được đặt tên|est le nom|is the name|la ten) (?!gọi|khai sinh|thật|của (?:tôi|em|con|cháu))"
)


class Reading:
    def __init__(self, page: Page) -> None:
        self.page, self.words, self.text = page, page.words, page.text
        self.known = known()
        self.title_before: dict[int, tuple[str, int]] = {}
        self.thing_before: set[int] = set()
        self.thing_begins: set[int] = set()
        self.next_of_list = -1
        written, named = exact(*TITLES), exact("things")
        for mark in page.marks(titles()):
            if page.means(mark.first, mark.last, written):
                self.title_before[mark.last + 1] = mark.meaning, mark.first
        for thing in page.marks(things()):
            if page.means(thing.first, thing.last, named) and not (self._may_be_surname(thing) or self._ends(thing)):
                self.thing_before.add(thing.last + 1)
                self.thing_begins.add(thing.first)

    def _ends(self, thing: Mark[bool]) -> bool:
        """Whether it is only the end of a longer title: the "động", a cave, of "người lao động"."""
        title = self.title_before.get(thing.last + 1)
        return title is not None and title[1] < thing.first

    def _may_be_surname(self, thing: Mark[bool]) -> bool:
        """Without marks "Ho" and "Le" may be a lake and a feast, but are surnames."""
        word = self.words[thing.first]
        return self.page.is_folded and thing.first == thing.last and word.text[0].isupper()

    def beginnings(self) -> list[int]:
        """The words that a name may begin with."""
        if self.page.is_folded:
            return list(range(len(self.words)))
        plainly = self.known.unmarked | self.known.strong
        return [
            at
            for at, (_, _, text, _) in enumerate(self.words)
            if text[0].isupper() or at in self.title_before or text in plainly and self.is_typed_plainly(at)
        ]

    def is_typed_plainly(self, at: int) -> bool:
        """nguyen …, vu thi …: only a name looks so, also among words with marks."""
        word = self.words[at]
        if word.text in self.known.unmarked:
            return True
        following = self.words[at + 1].text if at + 1 < len(self.words) else ""
        return following in MIDDLES and word.text in self.known.strong and self.joined(at + 1)

    def is_abbreviated(self, first: int, last: int) -> bool:
        """NQ-CP, VN"""
        return all(INITIALS.match(word.text) for word in self.words[first : last + 1])

    def is_title(self, at: int) -> bool:
        """Anh Toàn ơi; M. Nguyen: the word opens a title, and no name."""
        if self.title_before.get(at + 1, ("", -1))[1] != at or at + 1 >= len(self.words):
            return False
        if self.title(at + 1) not in FAMILIAR or not self.is_name_word(at + 1):
            return False
        if len(self.words[at + 1].text) == 1 and self.text.startswith(".", self.words[at + 1].end):  # M. T. Pham
            return False
        last = self.run(at + 1)
        return last > at + 1 or STOPS.match(self.text, self.words[last].end) is None

    def is_given(self, at: int) -> bool:
        """A given name alone, behind which nothing goes on: Hằng, …"""
        word = self.words[at]
        if (
            word.text not in names("given")
            and not (self.page.is_folded and word.plain in self.known.given)
            or word.text in SEXES
            or at in self.thing_begins
            or self.is_place(at)
        ):
            return False
        return STOPS.match(self.text, word.end) is not None

    def found_until(self, last: int) -> None:
        """What follows a name behind a comma or an "and" is likely to be one."""
        if last + 1 < len(self.words):
            between = self.text[self.words[last].end : self.words[last + 1].start]
            if AND.fullmatch(between) or between == ", ":
                self.next_of_list = last + 1
            elif last + 2 < len(self.words) and AND.fullmatch(
                self.text[self.words[last].end : self.words[last + 2].start]
            ):
                self.next_of_list = last + 2

    def title(self, at: int) -> str:
        if at not in self.title_before:
            return "field" if self._is_led(at) else ""
        title, first = self.title_before[at]
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        if len(gap) > 8 or not (FIELD_GAP if title.endswith("field") else TITLE_GAP).issuperset(gap):
            return ""
        if gap.startswith(".") and self.words[at - 1].plain not in DOTTED:  # … du juge. Le tribunal
            return ""
        if self.words[first].plain == "m" and not gap.startswith(".") or title in FAMILIAR and "," in gap:
            return ""
        if title.endswith("field") and not set(gap) - {" ", "\u00a0"}:
            return "western" if title == "western_field" else "formal"
        opening = self.words[first]
        if title == "familiar" and opening.text[0].isupper() and self.page.has_marks and not self.begins(first):
            return "formal"
        return title

    def _is_led(self, at: int) -> bool:
        """Người được ủy quyền: …; any field that begins with such a word."""
        if not at or self.text[self.words[at - 1].end : self.words[at].start] not in {": ", " : ", ":"}:
            return False
        for back in range(at - 1, max(-1, at - 8), -1):
            if self.words[back].text.lower() in LEADS:
                return True
            if not back or self.text[self.words[back - 1].end : self.words[back].start] != " ":
                return False
        return False

    def begins(self, at: int) -> bool:
        """Whether the word begins a sentence, a line or a field: its capital then says nothing."""
        start = self.words[at].start
        before = self.text[max(0, start - 3) : start].rstrip(" \u00a0")
        return not before or before[-1] in OPENS

    def joined(self, at: int) -> bool:
        """Whether a word continues the one before it."""
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        return gap in JOINTS or gap == ".-" or gap == ". " and len(self.words[at - 1].text) == 1

    def is_hyphened(self, at: int) -> bool:
        return self.text[self.words[at].end : self.words[at].end + 1] == "-"

    def is_last(self, at: int) -> bool:
        """Whether the capitals end here: then "Trường" ends a name and begins no school."""
        return at + 1 >= len(self.words) or not self.joined(at + 1) or not self.words[at + 1].text[0].isupper()

    def is_name_word(self, at: int) -> bool:
        word = self.words[at]
        if not word.text[0].isupper():
            return False
        if word.text.lower() not in self.known.stop:
            return True
        if self._is_before_thi(word) or word.plain == "my" and self._ends_a_name(at):
            return True
        # ông Ông Văn Huyên, anh Trường
        is_given = word.plain in self.known.given and self.is_last(at)
        return at in self.title_before and (is_given or self.is_surname(word))

    def is_surname(self, word: Word) -> bool:
        if self.page.is_folded:
            return word.plain in self.known.plain_surnames
        if self.page.has_marks and (word.text.lower() in self.known.surnames or self._is_misread(word)):
            return True
        if self._is_before_thi(word):
            return True
        return word.text.isascii() and (word.plain in self.known.strong or self._is_before_middle(word))

    def _is_before_thi(self, word: Word) -> bool:
        """Mã Thị …: whatever else the word may be"""
        is_so = self.text[word.end : word.end + 5] == " Thị " and word.text[1:].islower()
        return is_so and word.plain not in NO_SURNAMES

    def _ends_a_name(self, at: int) -> bool:
        """Thảo My; Trà My"""
        before = self.words[at - 1] if at and self.joined(at) else None
        return before is not None and before.text[0].isupper() and before.plain in self.known.parts and self.is_last(at)

    def _is_misread(self, word: Word) -> bool:
        """Nguyên Vǎn …: a mark that a scanner lost, before what stands behind surnames only."""
        return word.plain in self.known.strong and self.page.plain[word.end : word.end + 5] in {" thi ", " van "}

    def _is_before_middle(self, word: Word) -> bool:
        """Ho Thi …, Mai Van …, in a text of another language or with marks elsewhere."""
        if word.plain not in self.known.weak or not word.text[0].isupper():
            return False
        return self.text[word.end : word.end + 5].lower() in {" thi ", " van "}

    def run(self, at: int, longest: int = LONGEST) -> int:
        """The last word of the capitalised run that begins here."""
        last = at
        is_caps = len(self.words[at].text) > 1 and self.words[at].text.isupper()
        while last + 1 < len(self.words) and last - at + 1 < longest and self.joined(last + 1):
            ahead = last + 1
            while ahead + 1 < len(self.words) and self._is_particle(ahead) and self.joined(ahead + 1):
                if not self.words[ahead + 1].text[0].isupper() and self.words[ahead].text[0].isupper():
                    break
                ahead += 1
            if not self.is_name_word(ahead) or self._begins_a_thing(ahead) or self._begins_a_field(ahead):
                break
            if is_caps and self.page.has_marks and not self.words[ahead].text.isupper():
                break
            last = ahead
        return last

    def _begins_a_field(self, at: int) -> bool:
        """Pờ Lóng Chừ Sinh ngày: …"""
        return " ".join(self.page.plains[at : at + 2]) in NEXT_FIELDS and self.joined(at)

    def _begins_a_thing(self, at: int) -> bool:
        """Not in Saint-Clair, nor where all is in capitals."""
        return at in self.thing_begins and not self.words[at].text.isupper() and not self.is_hyphened(at)

    def _is_particle(self, at: int) -> bool:
        """de, van; also Le Goff, De Luca where no Vietnamese is meant."""
        word = self.words[at].text
        return word in PARTICLES or word.lower() in PARTICLES and not self.page.has_marks

    def vietnamese_run(self, at: int, *, is_titled: bool = False) -> int:
        last = at
        is_caps = _is_caps(self.words[at]) and _is_caps(self.words[min(at + 1, len(self.words) - 1)])
        while last + 1 < len(self.words) and last - at + 1 < LONGEST and self.joined(last + 1):
            word = self.words[last + 1]
            if not word.text[0].isupper() or is_caps != _is_caps(word) and len(word.text) > 1:
                break
            is_part = word.plain in self.known.parts
            is_after_middle = self.words[at + 1].plain in MIDDLES and last > at  # Luong Thi My Hanh
            is_open = last == at or is_after_middle or self.is_last(last + 1)
            if word.text.lower() in self.known.stop and not (is_part and is_open):
                break
            if word.plain in FIRST_OF_FIELDS and self._begins_a_field(last + 1):
                break
            # Danh Thị Sà Rươne
            is_open_to_all = (
                is_titled or self.words[last].plain in MIDDLES or is_after_middle and self.is_last(last + 1)
            )
            if not is_part and (last - at >= 3 or not is_open_to_all and not SYLLABLE.match(word.plain)):
                break
            last += 1
        return last

    def is_place(self, at: int) -> bool:
        plains = [word.plain for word in self.words[max(0, at - 1) : at + 3]]
        behind, *here = plains if at else ["", *plains]
        phrases = {" ".join(here[:2]), " ".join(here[:3]), f"{behind} {here[0]}"}
        if here[0] not in self.known.given:
            phrases.add(here[0])
        return not phrases.isdisjoint(self.known.not_people)

    def holds_a_term(self, at: int, last: int) -> bool:
        """QUẢN LÝ VĂN BẢN; Theo Quy định."""
        end = last + 2 if at == last else last + 1
        small = [word.text.lower() for word in self.words[at:end]]
        return any(f"{one} {two}" in self.known.terms for one, two in zip(small, small[1:], strict=False))

    def is_thing(self, at: int, last: int) -> bool:
        """A street, a school, a firm that bears the name."""
        for back in range(at, max(-1, at - 4), -1):
            if back == 0 or not self.joined(back):
                break
            if back in self.thing_before:
                return True
            if not self.words[back - 1].text[0].isupper():
                break
        return self.bears(last)

    def bears(self, last: int) -> bool:
        if NAMESAKE.match(self.text, self.words[last].end):
            return True
        following = self.words[last + 1] if last + 1 < len(self.words) else None
        return following is not None and self.joined(last + 1) and following.text.lower() in self.known.things_after

    def continues(self, at: int) -> bool:
        """Whether the word stands inside a longer proper name."""
        if not at or at in self.title_before or not self.joined(at):
            return False
        before = self.words[at - 1]
        if len(before.text) > 1 and before.text.isupper() and not self.words[at].text.isupper():
            return False
        return before.text[0].isupper() and self.is_name_word(at - 1) and not self.begins(at - 1)


def _is_caps(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()
