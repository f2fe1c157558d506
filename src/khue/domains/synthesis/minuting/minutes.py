"""What was decided, who does what by when, and what was said, each with its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from khue.domains.synthesis.minuting.dates import Day, due
from khue.domains.synthesis.minuting.lines import Line, lines

_NOT = r"(?:chưa|không|chẳng|đề nghị chưa|tạm chưa|nếu|giả sử|có nên|hay là)\s+(?:\w+\s+){0,2}?"
_DECIDES = re.compile(
    r"(?<!\w)(?:thống nhất|quyết định|kết luận|nhất trí|đồng ý|thông qua|chốt(?: lại)?|chấp thuận|biểu quyết"
    r"|(?:we |it was )?(?:decided?|agreed)|est décidé|a décidé|convenu)(?!\w)",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    rf"(?<!\w){_NOT}"
    r"(?:thống nhất|quyết định|kết luận|nhất trí|đồng ý|thông qua|chốt)|\?\s*$",
    re.IGNORECASE,
)
# "theo Quyết định số", "quyết định của Thủ tướng": a document or somebody else's
_CITES = re.compile(r"(?:quyết định|kết luận)\s+(?:số|của|này)", re.IGNORECASE)
# with what a task begins: who gets it stands before
_DOES = "(?:chủ trì|phụ trách|chịu trách nhiệm|làm đầu mối|{})".format(
    "phối_hợp bố_trí lập chuẩn_bị gửi làm rà_soát xây_dựng soạn hoàn_thành hoàn_thiện báo_cáo trình tổ_chức liên_hệ "
    "kiểm_tra thực_hiện tham_mưu theo_dõi cập_nhật đăng mời in mua viết tổng_hợp hướng_dẫn triển_khai khảo_sát sửa "
    "bảo_đảm đôn_đốc ban_hành thông_báo thống_kê cử nghiên_cứu đề_xuất dự_thảo rút kiểm_kê thu_thập lắp xử_lý trả_lời "
    "giải_quyết xin bàn_giao nộp họp đi cung_cấp xem_xét tiếp_tục thay mở".replace(" ", "|").replace("_", " ")
)
_OWNER = r"(?P<owner>[A-ZĐÀ-Ỹa-zđà-ỹ][^,;:.]{1,80}?)"
_GIVES = re.compile(
    rf"(?<!\w)(?:giao(?:\s+(?:cho|nhiệm vụ cho))?|phân công(?:\s+cho)?|đề nghị|yêu cầu|nhờ)\s+{_OWNER}[\s,]+"
    rf"(?P<what>{_DOES}(?!\w).{{4,}})$",
    re.IGNORECASE,
)
# not "tiếp nhận", "xác nhận", "ghi nhận"
_ACCEPTS = r"(?<!tiếp )(?<!xác )(?<!ghi )(?<!công )(?<!chứng )(?<!chấp )(?<!thừa )(?<!cảm )nhận"
_TAKES = re.compile(
    rf"^{_OWNER}\s+(?:sẽ|{_ACCEPTS}|có trách nhiệm|phụ trách|chủ trì|chịu trách nhiệm)\s+(?P<what>.{{6,}})$",
    re.IGNORECASE,
)
LONGEST_OWNER = 10
_SELF = re.compile(
    r"(?<!\w)(?:tôi|em|mình|chúng tôi|phòng tôi|bên tôi|bên em)\s+(?:sẽ|xin nhận|nhận|phụ trách)\s+(?P<what>.{6,})$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZĐÀ-Ỹ\-])")
_LABEL = re.compile(r"^(?:nhiệm vụ|việc|task|action|todo)\s*:\s*", re.IGNORECASE)
MOST_POINTS = 60


@dataclass(frozen=True)
class Decision:
    text: str
    line: int
    who: str = ""


@dataclass(frozen=True)
class Task:
    """`due`: the day in ISO form where one could be counted; `due_words` as they were said."""

    owner: str
    what: str
    line: int
    due: str = ""
    due_words: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Point:
    """What one speaker said at a stretch, or one heading's part. `text`: their words until a model's are checked."""

    who: str
    quote: str
    lines: tuple[int, ...]
    heading: str = ""


@dataclass(frozen=True)
class Minutes:
    told: dict[str, str]
    points: tuple[Point, ...]
    decisions: tuple[Decision, ...]
    tasks: tuple[Task, ...]
    open: tuple[Decision, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def minutes(notes: str, held_on: Day | None) -> Minutes:
    found = list(lines(notes))
    told: dict[str, str] = {}
    for one in found:
        if one.kind == "told":
            told[one.who] = f"{told[one.who]}; {one.text}" if one.who in told else one.text
    said = [one for one in found if one.kind in {"said", "noted"}]
    tasks = [task for one in said for text in sentences(one.text) if (task := _task(text, one, held_on))]
    of_tasks = {(task.line, task.quote) for task in tasks}
    return Minutes(
        told=told,
        points=tuple(_points(found))[:MOST_POINTS],
        decisions=tuple(
            Decision(text, one.number, one.who)
            for one in said
            for text in sentences(one.text)
            if decides(text) and (one.number, text) not in of_tasks
        ),
        tasks=tuple(tasks),
        open=tuple(
            Decision(text, one.number, one.who) for one in said for text in sentences(one.text) if leaves_open(text)
        ),
    )


def sentences(text: str) -> list[str]:
    return [part.strip(" -") for part in _SENTENCE.split(text) if part.strip(" -")]


def decides(text: str) -> bool:
    plain = _CITES.sub(" ", text)
    return bool(_DECIDES.search(plain)) and not _UNDECIDED.search(plain)


def leaves_open(text: str) -> bool:
    """ "Chưa thống nhất về kinh phí": said so that nobody takes it for a decision."""
    return bool(
        re.search(
            r"(?<!\w)(?:chưa|không)\s+(?:thống nhất|nhất trí|quyết định|chốt|đồng ý|thông qua)", text, re.IGNORECASE
        )
    )


def _task(text: str, line: Line, held_on: Day | None) -> Task | None:
    bare = _LABEL.sub("", text)
    if bare.endswith("?"):
        return None
    given = _named(_GIVES.search(bare))
    own = _SELF.search(bare) if line.who else None
    taken = _named(_TAKES.match(bare))
    limit = due(bare, held_on)
    if given and (limit or re.search(r"(?i)(?<!\w)(?:giao|phân công)(?!\w)", bare)):
        owner, what = given["owner"], given["what"]
    elif own:
        owner, what = line.who, own["what"]
    elif taken and limit:
        owner, what = taken["owner"], taken["what"]
    else:
        return None
    return Task(
        owner=owner.strip(" ,"), what=what.strip(" ,.;"), line=line.number, quote=text,
        due=limit.day.isoformat() if limit and limit.day else "", due_words=limit.words if limit else "",
    )  # fmt: skip


def _named(found: re.Match[str] | None) -> re.Match[str] | None:
    """Whoever gets a task is named: a word of the owner begins with a capital, and it is no sentence."""
    if found is None or _DECIDES.match(found["owner"]) or len(found["owner"].split()) > LONGEST_OWNER:
        return None
    return found if any(word[:1].isupper() for word in found["owner"].split()) else None


def _points(found: Sequence[Line]) -> Iterator[Point]:
    heading = ""
    held: list[Line] = []
    for one in found:
        if one.kind == "told" or one.text.isupper():
            continue
        new = one.kind in {"heading", "noted"} or (held and one.who and one.who != held[0].who)
        if new and held:
            yield _point(held, heading)
            held = []
        if one.kind == "heading":
            heading = one.text
        else:
            held.append(one)
    if held:
        yield _point(held, heading)


def _point(held: Sequence[Line], heading: str) -> Point:
    return Point(held[0].who, " ".join(one.text for one in held), tuple(one.number for one in held), heading)
