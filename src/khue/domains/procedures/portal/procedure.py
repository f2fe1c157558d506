"""A record of the national portal as a structure, with what was lost on the way."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from khue.domains.procedures.portal.channels import channels
from khue.domains.procedures.portal.documents import documents
from khue.domains.procedures.portal.legal_bases import legal_bases
from khue.domains.procedures.portal.lists import names, related
from khue.domains.procedures.portal.mending import mended
from khue.domains.procedures.portal.results import results, split_conditions
from khue.domains.procedures.portal.shapes import (
    Channel,
    LegalBasis,
    PaperCase,
    Parsed,
    Related,
    Results,
    Step,
)
from khue.domains.procedures.portal.steps import steps

PARSERS: dict[str, Callable[[str], Parsed[Any]]] = {
    "cap_thuc_hien": names,
    "doi_tuong_thuc_hien": names,
    "co_quan_co_tham_quyen": names,
    "co_quan_duoc_uy_quyen": names,
    "co_quan_phoi_hop": names,
    "co_quan_thuc_hien": names,
    "thu_tuc_lien_quan": related,
    "trinh_tu_thuc_hien": steps,
    "cach_thuc_thuc_hien": channels,
    "thanh_phan_ho_so": documents,
    "can_cu_phap_ly": legal_bases,
    "yeu_cau_dieu_kien": steps,
    "ket_qua_xu_ly": results,
}
REQUIRED = ("ma_thu_tuc", "ten_thu_tuc")


class NotAProcedure(ValueError):
    """A line that is not a record of the portal."""


@dataclass(frozen=True)
class Procedure:
    code: str
    name: str
    decision: str
    url: str
    kind: str
    sector: str
    ministry: str
    address: str
    levels: tuple[str, ...]
    applicants: tuple[str, ...]
    authorities: tuple[str, ...]
    delegates: tuple[str, ...]
    partners: tuple[str, ...]
    agencies: tuple[str, ...]
    related: tuple[Related, ...]
    steps: tuple[Step, ...]
    channels: tuple[Channel, ...]
    papers: tuple[PaperCase, ...]
    legal_bases: tuple[LegalBasis, ...]
    conditions: tuple[Step, ...]
    results: Results
    # portal field → text that could not be placed, as it stands
    remains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # portal field → characters of it not found in the structure; fields without loss have 0
    lost: Mapping[str, int] = field(default_factory=dict)


def parse(record: Mapping[str, Any]) -> Procedure:
    """Raises NotAProcedure for a record without a code and a name."""
    texts = {key: unicodedata.normalize("NFC", value) for key, value in record.items() if isinstance(value, str)}
    if missing := [key for key in REQUIRED if not texts.get(key, "").strip()]:
        raise NotAProcedure(f"no {', '.join(missing)}")
    present = [name for name in PARSERS if texts.get(name)]
    texts = mended(texts)
    conditions, tail = split_conditions(texts.get("yeu_cau_dieu_kien", ""))
    if tail and not texts.get("ket_qua_xu_ly"):
        texts |= {"yeu_cau_dieu_kien": conditions, "ket_qua_xu_ly": tail}
    parsed = {name: parser(texts.get(name, "")) for name, parser in PARSERS.items()}

    def text(name: str) -> str:
        return texts.get(name, "").strip()

    return Procedure(
        code=text("ma_thu_tuc"),
        name=text("ten_thu_tuc"),
        decision=text("so_quyet_dinh"),
        url=text("detail_url"),
        kind=text("loai_thu_tuc"),
        sector=text("linh_vuc"),
        ministry=text("agency"),
        address=text("dia_chi_tiep_nhan"),
        levels=parsed["cap_thuc_hien"].value,
        applicants=parsed["doi_tuong_thuc_hien"].value,
        authorities=parsed["co_quan_co_tham_quyen"].value,
        delegates=parsed["co_quan_duoc_uy_quyen"].value,
        partners=parsed["co_quan_phoi_hop"].value,
        agencies=parsed["co_quan_thuc_hien"].value,
        related=parsed["thu_tuc_lien_quan"].value,
        steps=parsed["trinh_tu_thuc_hien"].value,
        channels=parsed["cach_thuc_thuc_hien"].value,
        papers=parsed["thanh_phan_ho_so"].value,
        legal_bases=parsed["can_cu_phap_ly"].value,
        conditions=parsed["yeu_cau_dieu_kien"].value,
        results=parsed["ket_qua_xu_ly"].value,
        remains={name: field.remains for name, field in parsed.items() if field.remains},
        lost={name: parsed[name].lost for name in present},
    )
