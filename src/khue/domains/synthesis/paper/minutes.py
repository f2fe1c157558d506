"""Minutes of a meeting as a biên bản of the decree: what was said, decided and given to whom, with the lines."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

NONE = "[điền]"
Block = dict[str, Any]


def document(meeting: Mapping[str, Any], *, agency: str) -> dict[str, Any]:
    """`meeting`: {"title", "held_on", "minutes"}. What the notes do not tell is left as a gap."""
    told = meeting["minutes"]["told"]
    day = f"{meeting['held_on']:%d/%m/%Y}" if isinstance(meeting["held_on"], date) else ""
    particulars = {
        "start": told.get("start") or (f"ngày {day}" if day else NONE),
        **{name: told.get(name) or NONE for name in ("venue", "present", "chair", "clerk", "end")},
    }
    return {
        "type": "bien-ban",
        "agency": agency,
        "subject": _subject(meeting["title"]),
        "particulars": particulars,
        "body": list(_body(meeting["minutes"])),
        "signature": {"position": "Chủ trì", "name": _name(told.get("chair", ""))},
        "secretary": _name(told.get("clerk", "")),
    }


def _subject(title: str) -> str:
    bare = title.strip()
    return bare[9:].strip() if bare.lower().startswith("biên bản ") else bare


def _name(told: str) -> str:
    """ "Ông Nguyễn Văn An, Phó Chủ tịch" → "Nguyễn Văn An"."""
    first = told.split(",")[0].split("-")[0].strip()
    for title in ("đồng chí ", "đ/c ", "ông ", "bà "):
        if first.lower().startswith(title):
            return first[len(title) :]
    return first


def _body(minutes: Mapping[str, Any]) -> Iterator[Block]:
    yield {"kind": "roman", "title": "Diễn biến cuộc họp"}
    heading = ""
    for point in minutes["points"]:
        if point["heading"] and point["heading"] != heading:
            heading = point["heading"]
            yield {"kind": "clause", "title": heading[:900]}
        who = f"{point['who']}: " if point["who"] else ""
        yield {"kind": "item", "text": f"{who}{point['text'].rstrip(' .;')[:3000]} ({_lines(point['lines'])})."}
    yield {"kind": "roman", "title": "Kết luận, quyết định"}
    for one in minutes["decisions"]:
        yield {"kind": "item", "text": f"{one['text'].rstrip(' .;')} ({_lines([one['line']])})."}
    if not minutes["decisions"]:
        yield {"text": "Ghi chép không có kết luận nào."}
    for one in minutes["open"]:
        yield {"kind": "item", "text": f"Chưa kết luận: {one['text'].rstrip(' .;')} ({_lines([one['line']])})."}
    yield {"kind": "roman", "title": "Phân công nhiệm vụ"}
    if minutes["tasks"]:
        rows = [["STT", "Người, đơn vị", "Việc", "Thời hạn", "Dòng"]]
        rows += [
            [str(at), one["owner"], one["what"], _due(one), str(one["line"])]
            for at, one in enumerate(minutes["tasks"], 1)
        ]
        yield {"kind": "table", "rows": rows}
    else:
        yield {"text": "Ghi chép không giao việc cho ai."}


def _lines(numbers: list[int]) -> str:
    return f"dòng {numbers[0]}" if len(numbers) == 1 else f"dòng {numbers[0]}-{numbers[-1]}"


def _due(task: Mapping[str, Any]) -> str:
    if not task["due"]:
        return task["due_words"] or NONE
    return "/".join(reversed(task["due"].split("-")))
