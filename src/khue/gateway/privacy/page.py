"""A text as the detectors read it."""

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from khue.gateway.privacy.findings import Kind
from khue.gateway.privacy.labels import labels, other_numbers
from khue.gateway.privacy.words import Lexicon, Mark, T, Word, plain, words

if TYPE_CHECKING:
    from khue.gateway.privacy.numbers import Number

# letters that only Vietnamese has
MARKED = re.compile("[\u1ea0-\u1ef9đĐơưƠƯ]")
VIETNAMESE = frozenset(
    "la cua cho va o tai ngay so ten toi ong ba anh chi em nguoi khong duoc nam sinh sdt cccd cmnd duong phuong quan "
    "xa tinh thanh pho dia thuong tru giup gui lien he ngan hang voi nha co da tu nay ho bien".split()
)
# others that tell Vietnamese without its marks: no words of English or French, and not of names only
TELLING = VIETNAMESE | frozenset(
    "duoc nhung phai hoac thon huyen nop xin muon hoi roi nhe oi chuyen khoan tien phi giay hen kham benh vien "
    "hoc lop thay chau chu chong trai gai thieu sao dang ky ket hon chung minh can cuoc bao hiem chua nhan gap "
    "hang thang ngoai trong tren duoi truoc nay sang chieu toan bo phan cua truong trinh duyet soan van gia chuc "
    "xuat trinh ghi nham khai giai quyet thu tuc thue dat nha kiem tra vui long cam ong xac nop kinh bi mat cap "
    "lai doi moi nhanh cham lam viec hom qua hien gio lien lac nhac nho ngu quan thoai giao dich ung ho hoi dong "
    "danh sach dia chi mong voi ve".split()
)
WESTERN = frozenset(
    "the of and is was to at by for her his with from in on this that are a an be my please name phone address date "
    "le les des et du est une un dans pour de au aux sur par avec son sa ses qui que il elle nom ce cette".split()
)
# among small words these can only be names typed without marks
SURNAMES = frozenset("nguyen tran pham hoang huynh phan bui ngo trinh".split())
REACH = 90
FOLLOWS = re.compile(r" ?[(\[\-–]| (?:là|la|is|est) ")
OWN_NUMBER = re.compile(r"[ .:#°]{0,3}(?:(?:số|so|no|n)(?![^\W_])[ .:#°]{0,3})?[A-Z]{0,2}\d", re.IGNORECASE)
ENDS = re.compile(r"[.!?]\s+[^\W\d_a-z]|\n\s*\n")


class Page:
    """A text in composed Unicode (NFC), and the same without marks and capitals, letter by letter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = plain(text)
        self.personal: set[int] = set()  # where the findings so far begin
        self.numbers: list[Number] | None = None  # read once, by khue.gateway.privacy.numbers

    def spaced(self) -> "Page":
        """With blanks for the strokes that join the words of file names; the words are the same."""
        if "_" not in self.text:
            return self
        page = Page(self.text.replace("_", " "))
        page.words, page.plains, page.places = self.words, self.plains, self.places
        return page

    @cached_property
    def words(self) -> list[Word]:
        return words(self.text, self.plain)

    @cached_property
    def plains(self) -> list[str]:
        return [word.plain for word in self.words]

    def marks(self, lexicon: Lexicon[T]) -> list[Mark[T]]:
        return lexicon.marks(self.words, self.plains, self.text, self.places)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Of each plain word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.plains):
            found[word].append(at)
        return dict(found)

    @cached_property
    def labels(self) -> list[Mark[Kind | None]]:
        return [mark for mark in self.marks(labels()) if mark.meaning is not None or self._is_as_written(mark)]

    def _is_as_written(self, mark: Mark[Kind | None]) -> bool:
        """đội trưởng is no DOI: a word alone that says "another number" is taken as it is written."""
        return mark.first != mark.last or not self.has_marks or self.words[mark.first].text.lower() in other_numbers()

    @cached_property
    def is_folded(self) -> bool:
        """Vietnamese typed without its marks: more of its small words stand here than English or French ones."""
        if self.has_marks:
            return False
        small = [word.text for word in self.words[:2000]]
        vietnamese, western = sum(word in TELLING for word in small), sum(word in WESTERN for word in small)
        return vietnamese > western or vietnamese == western and not SURNAMES.isdisjoint(small)

    def means(self, first: int, last: int, known: frozenset[str]) -> bool:
        """Whether the words are a phrase as it is written, not only when its marks are taken away."""
        if self.is_folded:
            return True
        if first == last:
            return self.words[first].text.lower() in known
        return " ".join([word.text.lower() for word in self.words[first : last + 1]]) in known

    @cached_property
    def has_marks(self) -> bool:
        """Whether Vietnamese letters stand in it: "ba" is then three, and "bà" a lady."""
        return MARKED.search(self.text) is not None

    def label_before(self, place: int) -> Mark[Kind | None] | None:
        """The nearest label to the left in the same sentence."""
        at = bisect_right(self._label_starts, place) - 1
        while at >= 0 and self.labels[at].end > place:
            at -= 1
        if at < 0:
            return None
        label = self.labels[at]
        between = self.text[label.end : place] if place - label.end <= REACH else None
        return label if between is not None and not ENDS.search(between) else None

    def label_after(self, place: int) -> Mark[Kind | None] | None:
        """A label that follows at once: "079… (CCCD)"; not one that has a number of its own."""
        at = bisect_right(self._label_starts, place - 1)
        if at == len(self.labels) or self.labels[at].start - place > 6:
            return None
        label = self.labels[at]
        is_taken = OWN_NUMBER.match(self.text, label.end)
        return label if FOLLOWS.match(self.text, place) and not is_taken else None

    @cached_property
    def _label_starts(self) -> list[int]:
        return [label.start for label in self.labels]
