"""Records whose fields were cut where their text names another field ("… theo mục 9.3 (Thành phần hồ sơ) và nộp …").

What follows the name was collected as that other field, so it does not begin as such a field does; what the other
field really held is not in the record. The text goes back to where it was cut.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from khue.domains.procedures.portal import documents, legal_bases, results


@dataclass(frozen=True)
class Cut:
    """`name` stands in the text of `host`; what follows it stands in `field` unless that `is_itself`."""

    field: str
    name: str
    host: str
    is_itself: Callable[[str], bool]


def _is_papers(text: str) -> bool:
    return documents.HEADER in text or " " not in text.strip()


def _is_bases(text: str) -> bool:
    return text.startswith((legal_bases.HEADER, legal_bases.UNSTATED))


def _is_results(text: str) -> bool:
    return results.CODE_LABEL in text or results.UNSTATED in text or " " not in text.strip()


CUTS = (
    Cut("ket_qua_xu_ly", "Kết quả xử lý", "thanh_phan_ho_so", _is_results),
    Cut("can_cu_phap_ly", "Căn cứ pháp lý", "cach_thuc_thuc_hien", _is_bases),
    Cut("thanh_phan_ho_so", "Thành phần hồ sơ", "trinh_tu_thuc_hien", _is_papers),
)


def mended(texts: Mapping[str, str]) -> dict[str, str]:
    """The fields of a record, those that were cut made whole and those that held the rest empty."""
    whole = dict(texts)
    for cut in CUTS:
        rest = whole.get(cut.field, "")
        if rest and not cut.is_itself(rest) and _continues(whole.get(cut.host, ""), rest):
            before = whole[cut.host] if whole[cut.host].endswith("(") else f"{whole[cut.host]} "
            after = rest if rest[0] in ");:.," else f" {rest}"
            whole[cut.host] = f"{before}{cut.name}{after}"
            whole[cut.field] = ""
    return whole


def _continues(before: str, rest: str) -> bool:
    """Whether a sentence was cut here: it ends open, or goes on with a stop or a small letter."""
    return bool(before) and (before.endswith(("(", ":", "+", "mục", "Mục")) or rest[0] in ");:.," or rest[0].islower())
