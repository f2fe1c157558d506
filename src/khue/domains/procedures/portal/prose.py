"""A procedure as the sections of a readable text, so that a passage of it answers a question by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from khue.domains.procedures.portal import wording
from khue.domains.procedures.portal.channels import UNSTATED
from khue.domains.procedures.portal.procedure import Procedure
from khue.domains.procedures.portal.shapes import Channel, Fee, Paper, PaperCase, Step

HOW = {
    "Trực tuyến": "Nộp trực tuyến",
    "Trực tiếp": "Nộp trực tiếp",
    "Dịch vụ bưu chính": "Nộp qua dịch vụ bưu chính",
}
LONG_NOTE = 100
NOTHING = {UNSTATED, "Không", "Không.", "không", "Không có", "Không có."}


@dataclass(frozen=True)
class Section:
    """`title` "" only for what could not be placed under any."""

    title: str
    lines: tuple[str, ...]


def sections(procedure: Procedure) -> list[Section]:
    """In the order in which people ask; empty ones left out."""
    drafts = [
        ("Thông tin chung", _overview(procedure)),
        ("Cách thức thực hiện, thời hạn, phí và lệ phí", _channels(procedure.channels)),
        ("Thành phần hồ sơ", _papers(procedure.papers)),
        ("Trình tự thực hiện", _steps(procedure.steps)),
        ("Đối tượng thực hiện", [_joined("Thủ tục này dành cho", procedure.applicants)]),
        ("Cơ quan thực hiện", _agencies(procedure)),
        ("Yêu cầu, điều kiện thực hiện", _steps(procedure.conditions)),
        ("Kết quả thực hiện", _results(procedure)),
        ("Căn cứ pháp lý", [f"{basis.title} ({basis.code})." for basis in procedure.legal_bases]),
        ("Nội dung khác trên cổng", _remains(procedure)),
    ]
    made = (Section(title, tuple(line for line in lines if line)) for title, lines in drafts)
    return [section for section in made if section.lines]


def _overview(procedure: Procedure) -> Iterator[str]:
    yield f"Thủ tục “{procedure.name}” có mã số {procedure.code}."
    if procedure.decision:
        yield f"Quyết định công bố: {procedure.decision}."
    if procedure.sector:
        yield f"Lĩnh vực: {procedure.sector}."
    if procedure.levels:
        yield f"Cấp thực hiện: {', '.join(procedure.levels)}."
    if procedure.kind:
        yield f"Loại thủ tục: {procedure.kind}."
    if procedure.related:
        yield f"Thủ tục liên quan: {'; '.join(item.name for item in procedure.related)}."


def _channels(channels: tuple[Channel, ...]) -> Iterator[str]:
    """Descriptions and notes that are the same on several ways to apply stand once."""
    said: set[str] = set()
    for channel in channels:
        time = wording.time(channel) or "cổng không nêu"
        fees = "; ".join(filter(None, (_fee(fee, said) for fee in channel.fees)))
        yield f"{HOW[channel.form]}: thời hạn giải quyết {time}; phí, lệ phí: {fees or 'cổng không nêu'}."
        if channel.description and channel.description not in said | NOTHING:
            said.add(channel.description)
            yield from _lines(channel.description)


def _fee(fee: Fee, said: set[str]) -> str:
    note = "" if fee.note in NOTHING else " ".join(fee.note.split()).rstrip(".")
    if len(note) > LONG_NOTE and note in said:
        note = "ghi chú như trên"
    said.add(note)
    amount = wording.fee(fee)
    return f"{amount} ({note})" if amount and note else amount or note


def _papers(cases: tuple[PaperCase, ...]) -> Iterator[str]:
    for case in cases:
        if case.case:
            yield case.case if case.case.endswith(":") else f"{case.case}:"
        yield from (_paper(paper) for paper in case.papers)


def _paper(paper: Paper) -> str:
    """A row with no original and no copy often heads the rows after it."""
    name = " ".join(paper.name.split()).rstrip(" .;") or "(không ghi tên giấy tờ)"
    marked = name[0] in "-+*•(" or name[0].isdigit() or name[1:2] in {")", "."}
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    quantity = ", ".join(f"{count} {word}" for count, word in counts if count)
    forms = f"; mẫu: {', '.join(paper.forms)}" if paper.forms else ""
    end = "" if name.endswith(":") else "."
    return f"{'' if marked else '- '}{name}{f' ({quantity})' if quantity else ''}{forms}{end}"


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        first, *rest = list(_lines(step.text)) or [""]
        opening = f"{step.label} {first}".strip()
        if opening not in NOTHING:
            yield opening
        yield from rest


def _agencies(procedure: Procedure) -> Iterator[str]:
    yield _joined("Cơ quan thực hiện:", procedure.agencies)
    yield _joined("Cơ quan có thẩm quyền:", procedure.authorities)
    yield _joined("Cơ quan được ủy quyền:", procedure.delegates)
    yield _joined("Cơ quan phối hợp:", procedure.partners)
    if procedure.address and procedure.address != UNSTATED:
        first, *rest = _lines(procedure.address)
        yield f"Địa chỉ tiếp nhận hồ sơ: {first}"
        yield from rest


def _results(procedure: Procedure) -> Iterator[str]:
    found = procedure.results
    for result in found.results:
        name = " ".join(result.name.split()).rstrip(" .;")
        yield f"{name} (mã kết quả {result.code})."
    if found.keywords:
        yield f"Từ khóa: {found.keywords}."
    if found.description:
        yield from _lines(found.description)


def _remains(procedure: Procedure) -> Iterator[str]:
    for texts in procedure.remains.values():
        for text in texts:
            yield from _lines(text)


def _joined(opening: str, names: Iterable[str]) -> str:
    listed = "; ".join(names)
    return f"{opening} {listed}." if listed else ""


def _lines(text: str) -> Iterator[str]:
    """Lines with their inner white space made even."""
    yield from filter(None, (" ".join(line.split()) for line in text.splitlines()))
