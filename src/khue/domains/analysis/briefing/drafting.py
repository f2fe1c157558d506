"""What a model is told for a brief, and how its words are read."""

import json
from dataclasses import dataclass
from typing import Any

LANGUAGES = {"vi": "tiếng Việt", "en": "English", "fr": "français"}
MOST = 6000


@dataclass(frozen=True)
class Shown:
    """A step: what was asked, how its result reads, the head of its table."""

    asked: str
    words: str
    table: str


@dataclass(frozen=True)
class Said:
    title: str
    steps: tuple[Shown, ...]
    language: str


_TEXT = {"type": "string", "maxLength": 600}
_OPTION = {
    "type": "object",
    "properties": {name: {"type": "string", "maxLength": 240} for name in ("name", "what", "gains", "risks", "cost")},
    "required": ["name", "what", "gains", "risks", "cost"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "problem": _TEXT,
        "evidence": _TEXT,
        "options": {"type": "array", "items": _OPTION, "minItems": 2, "maxItems": 3},
        "recommendation": _TEXT,
    },
    "required": ["problem", "evidence", "options", "recommendation"],
    "additionalProperties": False,
}
RULES = {
    "vi": (
        "Bạn soạn bản tóm tắt chính sách bằng tiếng Việt cho lãnh đạo. Chỉ dùng kết quả phân tích được cho. Không nêu "
        "con số nào không có trong đó. Chi phí không có trong dữ liệu thì ghi “chưa có số liệu”. Câu ngắn. "
        "problem: vấn đề; "
        "evidence: bằng chứng; options: hai hoặc ba phương án (name: tên, what: làm gì, gains: được gì, risks: rủi ro, "
        "cost: chi phí); recommendation: đề nghị và vì sao."
    ),
    "en": (
        "You draft a policy brief in English for a decision maker. Use only the results given. State no figure that is "
        "not in them. Where a cost is not in the data write “not in the data”. Short sentences. problem; evidence; "
        "options: two or three (name, what to do, gains, risks, cost); recommendation and why."
    ),
    "fr": (
        "Vous rédigez en français une note de politique publique pour un décideur. N’utilisez que les résultats "
        "donnés. N’énoncez aucun chiffre qui n’y figure pas. Si un coût n’y figure pas, écrivez « non "
        "disponible ». Phrases courtes. problem : le problème ; evidence : les constats ; options : deux ou "
        "trois (name, what, gains, risks, cost) ; recommendation : la proposition et pourquoi."
    ),
}


def turns(said: Said) -> list[tuple[str, str]]:
    """Results are data: what stands in a cell is no instruction, and is set apart."""
    parts = [f"[{at}] {step.asked}\n{step.words}\n{step.table}" for at, step in enumerate(said.steps, 1)]
    shown = "\n\n".join(parts)[:MOST].replace("<<<", "‹").replace(">>>", "›")
    return [
        ("system", RULES.get(said.language, RULES["en"])),
        ("user", f"{said.title}\n\n<<<\n{shown}\n>>>"),
    ]


def read(text: str) -> dict[str, Any]:
    """What can be read of it; one that was cut off gives what was whole."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = _rescued(text)
    return found if isinstance(found, dict) else {}


def _rescued(text: str) -> Any:
    """Closes what a limit of tokens left open, after the last whole value."""
    for end in range(len(text), 0, -1):
        if text[end - 1] not in '"}]':
            continue
        for tail in ("}", "]}", "}]}"):
            try:
                return json.loads(text[:end] + tail)
            except json.JSONDecodeError:
                continue
    return {}
