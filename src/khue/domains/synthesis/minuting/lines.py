"""Lines of notes: who speaks, what is said, what is told of the meeting itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STAMP = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*[-–]?\s*)?"
_SPEAKER = re.compile(
    rf"^{_STAMP}(?P<who>(?:(?:ông|bà|đ/c|đồng chí|anh|chị|cô|chú|mr|mrs|ms|m\.|mme)\.?\s+)?[A-ZĐÀ-Ỹ][^:.!?]{{0,70}}?)"
    rf"\s*(?:[\[(]\d{{1,2}}:\d{{2}}(?::\d{{2}})?[\])])?\s*:\s+(?P<said>\S.*)$",
    re.IGNORECASE,
)
_TELLS = {
    "start": r"(?:thời gian(?: bắt đầu)?|bắt đầu|khai mạc|time|date et heure)",
    "venue": r"(?:địa điểm|nơi họp|venue|lieu)",
    "chair": r"(?:chủ trì|chủ tọa|người chủ trì|chair|présidence)",
    "clerk": r"(?:thư ký|người ghi|secretary|secrétaire)",
    "present": r"(?:thành phần(?: tham dự| dự họp)?|tham dự|có mặt|dự họp|present|présents)",
    "end": r"(?:kết thúc(?: lúc| vào)?|bế mạc|ends?|fin)",
    "subject": r"(?:nội dung(?: họp| cuộc họp)?|chủ đề|về việc|cuộc họp|họp|subject|objet)",
}
_TOLD = {key: re.compile(rf"^\W*{form}\s*[:：]\s*(?P<said>\S.*)$", re.IGNORECASE) for key, form in _TELLS.items()}
_HEADING = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2})[.)]\s+\S.{2,100}$")


@dataclass(frozen=True)
class Line:
    """`number` counts from 1 all lines of the notes, also empty ones. `kind`: told (of the meeting), heading, said."""

    number: int
    kind: str
    who: str
    text: str


def lines(notes: str) -> Iterator[Line]:
    for number, raw in enumerate(notes.splitlines(), 1):
        text = " ".join(raw.split())
        if not text:
            continue
        told = next(((key, m["said"]) for key, form in _TOLD.items() if (m := form.match(text))), None)
        if told:
            yield Line(number, "told", told[0], told[1])
            continue
        if _HEADING.match(text) and not text.endswith((".", ";", "!", "?")):
            yield Line(number, "heading", "", re.sub(r"^\s*\S+\s+", "", text))
            continue
        spoken = _SPEAKER.match(text)
        if spoken and len(spoken["who"].split()) <= 10:
            yield Line(number, "said", spoken["who"].strip(" -–"), spoken["said"])
        else:
            yield Line(number, "said", "", re.sub(r"^[-+*•]\s*", "", text))
