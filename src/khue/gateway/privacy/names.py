"""Names of persons: titles and fields before them, and what Vietnamese, English and French names are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khue.gateway.privacy.findings import Finding, Kind
from khue.gateway.privacy.lists import names, plain_names, provinces
from khue.gateway.privacy.page import VIETNAMESE, Page
from khue.gateway.privacy.titles import FAMILIAR, TITLES, exact, folded, things, titles
from khue.gateway.privacy.words import Mark, Word, plain

LONGEST = 5
PARTICLES = frozenset("de du des la le van von der den di da dos bin binti al el ben y d".split())
JOINTS = frozenset({" ", "\u00a0", "  ", "-", "'", "’"})
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?\Z|[a-z]\Z"
)
AND = re.compile(r"(?:,|;| và| and| et| với| &|, and|, et|, và) \Z")
FIELD_GAP = frozenset(" \u00a0.:*_\t\n|-–=<\"“'(")
TITLE_GAP = frozenset(" \u00a0.:,*_\"“'")
BESIDE = re.compile(r"[ ,;|(<–\-\t:]{1,4}")
# what follows a name typed without capitals
NOT_OF_NAMES = frozenset(
    {"thuong tru", "tam tru", "sinh ngay", "sinh nam", "hien o", "hien dang", "que quan", "dien thoai"}
)
AND_WORDS = frozenset("va voi la o da ve nay".split())
ACTS = re.compile(
    r" (?:wrote|signed|said|called|filed|left|paid|applied|asked|complained|lives|lived|works|worked|retired|married"
    r"|died|submitted|arrived|phoned|resigned|testified|who (?:lives|works|was|is)"
    r"|a (?:fait|déposé|signé|rédigé|quitté|reçu|demandé|appelé|écrit|payé|déclaré|répondu|épousé|témoigné|démissionné)"
    r"|habite|vit|travaille|souhaite|déclare|conteste|s'est plainte?|est (?:née?|décédée?|arrivée?|partie?|venue?)"
    r"|cho biết|nộp đơn|làm đơn|khai rằng|trình bày|sinh năm|sinh ngày|thường trú|ký tên|xin nghỉ)(?![^\W_])"
)
ENDS = re.compile(r"\s*(?:[^\w\s]|\d|\Z)")
# without its mark this title is as often another word
FOLDED_DOUBT = frozenset("co bo ban con me chu ma chau di cau bac cu thay dien em vien ho uy".split())
# "anh em", "chi phi": no given names behind these words
NO_GIVEN = frozenset("em ba ta hai chi hung huong phi tiet dao dan dinh hang tieu doan bo hoi nam thi y linh-".split())
# in a list: the date or year behind a name
ROSTER = re.compile(
    r"[ \t,;|–\-]{1,4}(?:(?:nam|nữ|nu|male|female|homme|femme)[ \t,;|–\-]{1,4})?"
    r"(\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d{2}|(?:19|20)\d{2})(?=[ \t]?[,;|–\-\t]|\s*\Z)"
)
LEADS = frozenset("người bên chủ họ tên nguoi ben chu personne person".split())
OPENS = frozenset('.!?:;\n|•"“(-–*/,')


@dataclass(frozen=True)
class _Known:
    """What names are made of: as written, or plain."""

    surnames: frozenset[str]
    plain_surnames: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    weak_names: frozenset[str]
    unmarked: frozenset[str]
    given: frozenset[str]
    middle: frozenset[str]
    parts: frozenset[str]
    highland: frozenset[str]
    western: frozenset[str]
    western_surnames: frozenset[str]
    stop: frozenset[str]
    things_after: frozenset[str]
    not_people: frozenset[str]


@cache
def known() -> _Known:
    surnames, weak_names = plain_names("surnames"), names("weak_surnames")
    # Đặng is a surname for sure although Đàng, which looks like it without marks, is not
    strong = frozenset(plain(name) for name in names("surnames") - weak_names)
    given, middle = plain_names("given"), plain_names("middle")
    return _Known(
        surnames=frozenset(name.lower() for name in names("surnames")),
        plain_surnames=surnames,
        strong=strong,
        weak=surnames - strong,
        weak_names=frozenset(name.lower() for name in weak_names),
        # among words with marks these can only be names typed without
        unmarked=frozenset("nguyen tran pham hoang huynh phan bui ngo trinh".split()),
        given=given,
        middle=middle,
        parts=given | middle | surnames,
        highland=frozenset(name.lower() for name in names("highland")),
        western=frozenset(part.lower() for part in names("english") | names("french")),
        western_surnames=frozenset(name.lower() for name in names("western_surnames")),
        stop=exact("stop"),
        things_after=exact("things_after"),
        not_people=folded("not_people") | provinces(),
    )


def find(page: Page) -> Iterator[Finding]:
    reading = _Reading(page)
    free_from = 0
    for at in reading.beginnings():
        if at < free_from:
            continue
        score, last = reading.name_at(at)
        if score:
            start, end = reading.words[at].start, reading.words[last].end
            yield Finding(start, end, Kind.PERSON, page.text[start:end], score)
            if born := ROSTER.match(page.text, end):
                yield Finding(born.start(1), born.end(1), Kind.BIRTH_DATE, born[1], 0.7)
            reading.found_until(last)
            free_from = last + 1


class _Reading:
    """One page's words with the titles and things among them."""

    def __init__(self, page: Page) -> None:
        self.page, self.words, self.text = page, page.words, page.text
        self.known = known()
        self.title_before: dict[int, tuple[str, int]] = {}
        self.thing_before: set[int] = set()
        self.thing_begins: set[int] = set()
        self.next_of_list = -1
        for mark in page.marks(titles()):
            if page.means(mark.first, mark.last, exact(*TITLES)):
                self.title_before[mark.last + 1] = mark.meaning, mark.first
        for thing in page.marks(things()):
            if page.means(thing.first, thing.last, exact("things")) and not self._may_be_surname(thing):
                self.thing_before.add(thing.last + 1)
                self.thing_begins.add(thing.first)

    def _may_be_surname(self, thing: Mark[bool]) -> bool:
        """Without marks "Ho" and "Le" may be a lake and a feast, but are surnames."""
        word = self.words[thing.first]
        return self.page.is_folded and thing.first == thing.last and word.text[0].isupper()

    def beginnings(self) -> list[int]:
        """The words that a name may begin with."""
        if self.page.is_folded:
            return list(range(len(self.words)))
        return [
            at
            for at, word in enumerate(self.words)
            if word.text[0].isupper() or at in self.title_before or word.text in self.known.unmarked
        ]

    def name_at(self, at: int) -> tuple[float, int]:
        word = self.words[at]
        title = self._title(at)
        if not word.text[0].isupper():
            found = self._behind_particle(at, title) or self._small(at)
            return found if found[0] else (self._given_only(at), at)
        if not self._is_name_word(at):
            return 0, at
        if title and (found := self._titled(at, title))[0]:
            return found
        if self._is_surname(word) and (found := self._vietnamese(at))[0]:
            return found
        return self._other(at)

    def _behind_particle(self, at: int, title: str) -> tuple[float, int] | None:
        """Mr van der Berg."""
        if title not in FAMILIAR or self.page.is_folded or self.words[at].text not in PARTICLES:
            return None
        ahead = at + 1
        while ahead < len(self.words) and self._joined(ahead) and self.words[ahead].text.lower() in PARTICLES:
            ahead += 1
        if ahead >= len(self.words) or not self._joined(ahead) or not self._is_name_word(ahead):
            return None
        return 0.9, self._run(ahead)

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

    def _title(self, at: int) -> str:
        if at not in self.title_before:
            return "field" if self._is_led(at) else ""
        title, first = self.title_before[at]
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        if len(gap) > 8 or not (FIELD_GAP if title.endswith("field") else TITLE_GAP).issuperset(gap):
            return ""
        if self.words[first].plain == "m" and not gap.startswith(".") or title in FAMILIAR and "," in gap:
            return ""
        if title.endswith("field") and not set(gap) - {" ", "\u00a0"}:
            return "western" if title == "western_field" else "formal"
        opening = self.words[first]
        if title in FAMILIAR and opening.text[0].isupper() and self.page.has_marks and not self._begins(first):
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

    def _begins(self, at: int) -> bool:
        """Whether the word begins a sentence, a line or a field: its capital then says nothing."""
        start = self.words[at].start
        before = self.text[max(0, start - 3) : start].rstrip(" \u00a0")
        return not before or before[-1] in OPENS

    def _joined(self, at: int) -> bool:
        """Whether a word continues the one before it."""
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        return gap in JOINTS or gap == ". " and len(self.words[at - 1].text) == 1

    def _is_name_word(self, at: int) -> bool:
        word = self.words[at]
        if not word.text[0].isupper():
            return False
        if word.text.lower() not in self.known.stop:
            return True
        # ông Ông Văn Huyên, anh Trường
        is_given = word.plain in self.known.given and self._is_last(at)
        return at in self.title_before and (is_given or self._is_surname(word))

    def _is_surname(self, word: Word) -> bool:
        if self.page.is_folded:
            return word.plain in self.known.plain_surnames
        if self.page.has_marks and word.text.lower() in self.known.surnames:
            return True
        return word.text.isascii() and (word.plain in self.known.strong or self._is_before_middle(word))

    def _is_before_middle(self, word: Word) -> bool:
        """Ho Thi …, Mai Van …, in a text of another language or with marks elsewhere."""
        if word.plain not in self.known.weak or not word.text[0].isupper():
            return False
        return self.text[word.end : word.end + 5].lower() in {" thi ", " van "}

    def _run(self, at: int, longest: int = LONGEST) -> int:
        """The last word of the capitalised run that begins here."""
        last = at
        is_caps = len(self.words[at].text) > 1 and self.words[at].text.isupper()
        while last + 1 < len(self.words) and last - at + 1 < longest and self._joined(last + 1):
            ahead = last + 1
            while ahead + 1 < len(self.words) and self._is_particle(ahead) and self._joined(ahead + 1):
                ahead += 1
            if not self._is_name_word(ahead) or ahead in self.thing_begins and not self.words[ahead].text.isupper():
                break
            if is_caps and self.page.has_marks and not self.words[ahead].text.isupper():
                break
            last = ahead
        return last

    def _is_particle(self, at: int) -> bool:
        """de, van; also Le Goff, De Luca where no Vietnamese is meant."""
        word = self.words[at].text
        return word in PARTICLES or word.lower() in PARTICLES and not self.page.has_marks

    def _titled(self, at: int, title: str) -> tuple[float, int]:
        if self._is_place(at) or at in self.thing_begins and not self._is_surname(self.words[at]):
            return 0, at
        last = self._run(at) if not self._is_surname(self.words[at]) else self._vietnamese_run(at, is_titled=True)
        if self._bears(last):
            return 0, at
        if title in FAMILIAR:
            return 0.95, last
        if last == at:
            is_first_name = title == "western" and self.words[at].text.lower() in self.known.western
            return (0.8 if is_first_name else 0), at
        if title in {"western", "western_field", "field"}:
            return 0.93, last
        return (0.93 if self._looks_like_a_name(at, last) else 0), last

    def _looks_like_a_name(self, at: int, last: int) -> bool:
        first = self.words[at]
        return self._is_surname(first) or first.text.lower() in self.known.western or self._is_surname(self.words[last])

    def _small(self, at: int) -> tuple[float, int]:
        """nguyen van an: without marks and capitals."""
        word = self.words[at]
        if word.plain not in self.known.plain_surnames or word.plain in AND_WORDS or not word.text.isascii():
            return 0, at
        has_title = self._title(at) != "" and not self._is_doubtful(at)
        if at in self.thing_before and not has_title:
            return 0, at
        last = at
        while last - at < 2 and self._goes_on(last + 1, is_unknown_fine=has_title):
            last += 1
        following = self.page.plains[last + 1 : last + 2]
        if (
            last - at == 2
            and self._goes_on(last + 1, is_unknown_fine=False)
            and self._ends(last + 1)
            and not (VIETNAMESE.intersection(following))
        ):
            last += 1
        size, is_strong = last - at + 1, word.plain in self.known.strong
        if has_title and (self.page.is_folded or word.text in self.known.unmarked):
            return (0.85 if size > 2 or size == 2 and is_strong else 0), last
        if self.page.has_marks:
            return (0.7 if size > 2 and word.text in self.known.unmarked else 0), last
        if not self.page.is_folded or size < 3 or not is_strong:
            return 0, last
        is_alone = self._ends(last) and word.text in self.known.unmarked
        return (0.7 if self._has_middle(at) or is_alone else 0), last

    def _is_doubtful(self, at: int) -> bool:
        """bo, co, ho: one word that without its mark is as often no title."""
        is_alone = self.title_before[at][1] == at - 1
        return is_alone and self.words[at - 1].plain in FOLDED_DOUBT and not self._has_middle(at)

    def _given_only(self, at: int) -> float:
        """chi linh, where the clause ends behind it."""
        word = self.words[at]
        is_addressed = at > 0 and self.page.plains[at - 1] in {"anh", "chi", "ong"} and self._title(at) != ""
        is_given = word.plain in self.known.given and word.plain not in NO_GIVEN and word.text.isascii()
        return 0.6 if self.page.is_folded and is_addressed and is_given and ENDS.match(self.text, word.end) else 0

    def _has_middle(self, at: int) -> bool:
        return self.page.plains[at + 1 : at + 2] in (["van"], ["thi"])

    def _ends(self, at: int) -> bool:
        """Whether a clause ends here, or one of the commonest words follows."""
        if at + 1 < len(self.words) and self.page.plains[at + 1] in VIETNAMESE | AND_WORDS:
            return True
        return ENDS.match(self.text, self.words[at].end) is not None

    def _goes_on(self, at: int, *, is_unknown_fine: bool) -> bool:
        if at >= len(self.words) or not self._joined(at):
            return False
        word = self.words[at]
        if not word.text.isascii() or word.text[0].isupper() or word.plain in AND_WORDS:
            return False
        if word.plain + " " + self.page.plains[min(at + 1, len(self.words) - 1)] in NOT_OF_NAMES:
            return False
        return word.plain in self.known.parts or is_unknown_fine and SYLLABLE.match(word.plain) is not None

    def _is_place(self, at: int) -> bool:
        plains = [word.plain for word in self.words[max(0, at - 1) : at + 3]]
        behind, *here = plains if at else ["", *plains]
        phrases = {" ".join(here[:2]), " ".join(here[:3]), f"{behind} {here[0]}"}
        if here[0] not in self.known.given:
            phrases.add(here[0])
        return not phrases.isdisjoint(self.known.not_people)

    def _is_thing(self, at: int, last: int) -> bool:
        """A street, a school, a firm that bears the name."""
        for back in range(at, max(-1, at - 4), -1):
            if back == 0 or not self._joined(back):
                break
            if back in self.thing_before:
                return True
            if not self.words[back - 1].text[0].isupper():
                break
        return self._bears(last)

    def _bears(self, last: int) -> bool:
        following = self.words[last + 1] if last + 1 < len(self.words) else None
        return following is not None and self._joined(last + 1) and following.text.lower() in self.known.things_after

    def _vietnamese(self, at: int) -> tuple[float, int]:
        if self._continues(at):
            return 0, at
        last = self._vietnamese_run(at)
        if last == at or self._is_place(at) or self._is_thing(at, last) or self.words[at].text == "Đường":
            return 0, at
        return self._weight(at, last), last

    def _continues(self, at: int) -> bool:
        """Whether the word stands inside a longer proper name."""
        if not at or at in self.title_before or not self._joined(at):
            return False
        before = self.words[at - 1]
        if len(before.text) > 1 and before.text.isupper() and not self.words[at].text.isupper():
            return False
        return before.text[0].isupper() and self._is_name_word(at - 1) and not self._begins(at - 1)

    def _weight(self, at: int, last: int) -> float:
        size = last - at + 1
        first, final = self.words[at], self.words[last]
        is_marked = self.page.has_marks and first.text.lower() in self.known.surnames
        is_weak = first.text.lower() in self.known.weak_names if is_marked else first.plain in self.known.weak
        is_caps = len(first.text) > 1 and first.text.isupper()
        has_middle = size > 2 and self.words[at + 1].plain in self.known.middle
        if size > 3 and not is_caps:  # a fourth or fifth part may be any
            final = self.words[at + 2]
        ends_well = final.plain in self.known.given or len(final.text) == 1
        judged = self.words[at : last + 1] if is_caps else self.words[at : min(last, at + 2) + 1]
        all_known = all(word.plain in self.known.parts for word in judged)
        if is_caps or not is_marked:
            return 0.8 if size > 2 and all_known and (has_middle or not is_weak) else 0
        if size > 2:
            if self.words[at + 1].text.lower() in {"thị", "văn"}:
                return 0.85
            if is_weak:
                return 0.8 if has_middle and ends_well else 0.7 if ends_well and all_known else 0
            return 0.85 if ends_well else 0.75
        return 0.6 if not is_weak and (ends_well or not self._begins(at)) else 0

    def _vietnamese_run(self, at: int, *, is_titled: bool = False) -> int:
        last = at
        is_caps = len(self.words[at].text) > 1 and self.words[at].text.isupper()
        while last + 1 < len(self.words) and last - at + 1 < LONGEST and self._joined(last + 1):
            word = self.words[last + 1]
            if not word.text[0].isupper() or is_caps and not word.text.isupper():
                break
            is_part = word.plain in self.known.parts
            if word.text.lower() in self.known.stop and not (is_part and (last == at or self._is_last(last + 1))):
                break
            if not is_part and (last - at >= 3 or not is_titled and not SYLLABLE.match(word.plain)):
                break
            last += 1
        return last

    def _is_highland(self, at: int, last: int) -> bool:
        """Y Moan Ênuôl, H'Hen Niê; Tráng A Dương."""
        words = self.words[at : last + 1]
        if any(word.text.lower() in self.known.highland for word in words):
            return True
        starts_so = words[0].text in {"H", "K"} and self.text[words[0].end] in "'’"
        return starts_so or len(words) == 3 and words[1].text == "A" and words[0].text.lower() in self.known.surnames

    def _is_last(self, at: int) -> bool:
        """Whether the capitals end here: then "Trường" ends a name and begins no school."""
        return at + 1 >= len(self.words) or not self._joined(at + 1) or not self.words[at + 1].text[0].isupper()

    def _other(self, at: int) -> tuple[float, int]:
        """Western names, and Vietnamese ones with the surname last."""
        word, last = self.words[at], self._run(at, 4)
        if last == at or self._continues(at) or self._is_thing(at, last) or at in self.thing_begins:
            return 0, at
        if word.text.lower() in self.known.western or self._is_highland(at, last):
            return 0.75, last
        if word.text.isupper() and self.words[last].text.lower() in self.known.western:
            return 0.7, last
        if self.words[last].text.lower() in self.known.western_surnames and last - at < 3 and not self._begins(at):
            return 0.65, last
        if self._is_beside(last) and last - at < 3 and not self._is_place(at):
            return 0.65, last
        if at == self.next_of_list and not self._is_place(at):
            return 0.65, last
        if last - at == 1 and self._acts(last) and not self._is_place(at):
            return 0.6, last
        return self._surname_last(at, last)

    def _acts(self, last: int) -> bool:
        """Bertille Cassagne a signé: what only people do follows."""
        return not self.words[last].text.isupper() and ACTS.match(self.text, self.words[last].end) is not None

    def _is_beside(self, last: int) -> bool:
        """Capitals right before a number or an address of a person."""
        end = self.words[last].end
        gap = BESIDE.match(self.text, end)
        return gap is not None and gap.end() in self.page.personal or ROSTER.match(self.text, end) is not None

    def _surname_last(self, at: int, last: int) -> tuple[float, int]:
        """Minh Anh Nguyen."""
        if self.page.has_marks and not all(word.text.isascii() for word in self.words[at : last + 1]):
            return 0, at
        if self.page.is_folded or at + 1 in self.title_before or self._is_place(at):
            return 0, at
        for end in range(last, at, -1):
            given = self.words[at:end]
            if self.words[end].plain in self.known.strong and all(
                word.plain in self.known.given or word.plain in self.known.middle for word in given
            ):
                is_surname_first = (
                    given[0].plain in self.known.strong or self.page.has_marks and given[0].plain in {"anh", "chi"}
                )
                return (0 if is_surname_first else 0.65), end
        return 0, at
