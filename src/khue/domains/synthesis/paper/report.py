"""A synthesis as a báo cáo: every sentence with document and page, tables as annexes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from khue.domains.drafting import api as drafting
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.figures.writing import written

MILLION = 1_000_000
COLUMNS = 4
MOST_ROWS = 450
LONGEST = 900
BETWEEN = {
    "text and table": "lời văn khác bảng",
    "reports": "các bản báo cáo khác nhau",
    "last period": "khác báo cáo kỳ trước",
    "change": "tỷ lệ tăng, giảm không khớp số liệu",
}
Block = dict[str, Any]


def docx(synthesis: Mapping[str, Any], *, agency: str, day: date) -> bytes:
    return drafting.compiled(json.dumps(document(synthesis, agency=agency, day=day), default=str).encode()).octets


def document(synthesis: Mapping[str, Any], *, agency: str, day: date) -> dict[str, Any]:
    """`synthesis` as api.Synthesised gives it."""
    return {
        "type": "bao-cao",
        "agency": agency,
        "date": day.isoformat(),
        "subject": _subject(synthesis["title"]),
        "body": list(_body(synthesis)),
        "annexes": list(_annexes(synthesis)),
    }


def _subject(title: str) -> str:
    """ "Báo cáo tổng hợp …" → "tổng hợp …": the type stands above it."""
    bare = title.strip()
    return bare[8:].strip() if bare.lower().startswith("báo cáo ") else bare


def cited(citations: Sequence[Mapping[str, Any]]) -> str:
    """ "(Hà Tĩnh, tr. 3; Huế, khoảng tr. 5)"; many units after the first few are counted."""
    named = [_where(one) for one in citations[:6]]
    more = len(citations) - len(named)
    return f"({'; '.join(named)}{f' và {more} đơn vị khác, xem Phụ lục' if more > 0 else ''})"


def _where(one: Mapping[str, Any]) -> str:
    if not one["page"]:
        return str(one["place"])
    return f"{one['place']}, {'' if one['told'] else 'khoảng '}tr. {one['page']}"


def _body(found: Mapping[str, Any]) -> Iterator[Block]:
    read = [one for one in found["reports"] if one["state"] == "read"]
    pages = sum(one["pages"] for one in read)
    period = f", kỳ báo cáo: {Period.of(found['period']).label}" if found["period"] else ""
    checked = "Mỗi câu dẫn đơn vị và trang của báo cáo gốc; số liệu, mâu thuẫn, phần chưa báo cáo ở các phụ lục."
    yield {"text": f"Báo cáo này được tổng hợp từ {len(read)} báo cáo ({pages} trang){period}. {checked}"}
    for section in found["sections"]:
        yield {"kind": "roman", "title": section["title"][:900]}
        for sentence in section["sentences"]:
            yield {"text": _sentence(sentence)[: LONGEST * 2]}
        if not section["sentences"]:
            yield {"text": "Không báo cáo nào nêu nội dung này."}
        if section["silent"]:
            yield {"text": f"Chưa nêu nội dung này: {', '.join(section['silent'][:40])}."}
    if found["recommendations"]:
        yield {"kind": "roman", "title": "Kiến nghị của các đơn vị"}
        for one in found["recommendations"][:40]:
            whom = f"Với {one['whom']}: " if one["whom"] else ""
            text = f"{whom}{one['what'].rstrip(' .;')} {cited(one['by'])}."
            yield {"kind": "item", "text": text[:1].upper() + text[1:LONGEST]}


def _sentence(one: Mapping[str, Any]) -> str:
    """The model's words only where reports state them, figures as they were counted; a quotation stands in quotation
    marks."""
    text = one["text"].rstrip(" .;")
    if one["state"] in {"merged", "counted"}:
        return f"{text} {cited(one['citations'])}."
    return f"“{text}” {cited(one['citations'][:1])}."


def _annexes(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _figures(found["table"])
    if found["contradictions"]:
        yield {"title": "Những chỗ chưa thống nhất", "body": [_contradictions(found["contradictions"])]}
    silent = list(_silent(found))
    if silent:
        yield {"title": "Đơn vị chưa báo cáo, nội dung chưa nêu", "body": silent}
    if found["events"]:
        rows = [["Ngày", "Đơn vị, trang", "Nội dung"]]
        rows += [[_day(e["day"]), _where(e), e["quote"][:400]] for e in found["events"][:120]]
        yield {"title": "Mốc thời gian", "body": [{"kind": "table", "rows": rows}]}
    rows = [["STT", "Đơn vị", "Tệp", "Số trang"]]
    rows += [[str(at), one["place"] or "–", one["file"], str(one["pages"] or one["error"][:120])]
             for at, one in enumerate(found["reports"], 1)]  # fmt: skip
    yield {"title": "Các báo cáo được tổng hợp", "body": [{"kind": "table", "rows": rows}]}


def _figures(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Units as rows, a few indicators as columns, one table after another."""
    rows = [row for row in table["rows"] if len(row["cells"]) > 1] or list(table["rows"])
    if not rows:
        return
    places = list(dict.fromkeys(place for row in rows for place in row["cells"]))
    blocks: list[Block] = []
    for at in range(0, min(len(rows), 40), COLUMNS):
        part = rows[at : at + COLUMNS]
        units = [_unit(row) for row in part]
        head = [
            "Đơn vị",
            *(
                f"{row['indicator']} ({unit}), {Period.of(row['period']).label}"
                for row, (unit, _times) in zip(part, units, strict=True)
            ),
        ]
        lines = [
            [place, *(_cell(row["cells"].get(place), times) for row, (_unit, times) in zip(part, units, strict=True))]
            for place in places
        ]
        blocks.append({"kind": "table", "rows": [head, *lines[:MOST_ROWS]]})
    yield {"title": "Số liệu theo đơn vị", "body": blocks}


def _unit(row: Mapping[str, Any]) -> tuple[str, int]:
    """Sums of money in millions, where that leaves nothing out: a column is narrow."""
    values = [one["value"] for said in row["cells"].values() for one in said]
    if row["unit"] == "đồng" and values and all(value % MILLION == 0 for value in values):
        return "triệu đồng", MILLION
    return row["unit"], 1


def _cell(said: Sequence[Mapping[str, Any]] | None, times: int = 1) -> str:
    """Values that do not agree stand beside each other."""
    if not said:
        return "–"
    return " / ".join(dict.fromkeys(written(one["value"] / times) for one in said[:3])) + (
        f" (tr. {said[0]['page']})" if said[0]["page"] else ""
    )


def _contradictions(found: Sequence[Mapping[str, Any]]) -> Block:
    rows = [["Đơn vị", "Chỉ tiêu", "Kỳ", "Các số liệu", "Loại"]]
    for one in found[:300]:
        said = "; ".join(f"{f['written']} (tr. {f['page'] or '–'}, {_source(f)})" for f in one["said"])
        computed = f"; tính ra {written(one['computed'])}%" if one["computed"] is not None else ""
        rows.append(
            [one["place"], one["indicator"], Period.of(one["period"]).label, said + computed, BETWEEN[one["between"]]]
        )
    return {"kind": "table", "rows": rows}


def _source(figure: Mapping[str, Any]) -> str:
    return "bảng" if figure["source"] == "table" else "lời văn"


def _silent(found: Mapping[str, Any]) -> Iterator[Block]:
    if found["missing"]:
        yield {"text": f"Chưa có báo cáo: {', '.join(found['missing'])}."}
    for section in found["sections"]:
        if section["silent"]:
            yield {"kind": "item", "text": f"{section['title']}: {', '.join(section['silent'])}."}
    for indicator, those in found["lacking"].items():
        yield {"kind": "item", "text": f"Không có số liệu “{indicator}”: {', '.join(those)}."}


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
