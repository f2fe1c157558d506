"""What a model is told for a brief, section by section, and how its words are read.

It never sees a figure. In the readings of the results each stands as a mark ({a}, {b} …); the model copies marks into
its sentences and code puts the figures in, each with its cell. A sentence with a figure of its own is left out.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from khue.domains.analysis.briefing.binding import Bound, Cell, bind

MOST_READINGS = 6
MOST_MARKS = 24
MARK = re.compile(r"\{([a-z])\}")
# the end of a sentence, but not within “1.234”
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_FIGURE = re.compile(r"\d")
Schema = dict[str, Any]
Turns = list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """What was asked of a step, and the first line of how its result reads."""

    asked: str
    words: str


@dataclass(frozen=True)
class Marked:
    """Readings with marks in place of figures; `stands[mark]` is the figure as it is written, and its cell."""

    title: str
    lines: tuple[str, ...]
    stands: Mapping[str, Bound]
    language: str


def marked(title: str, readings: Sequence[Reading], cells: Sequence[Cell], language: str) -> Marked:
    stands: dict[str, Bound] = {}
    lines = []
    for reading in readings[-MOST_READINGS:]:
        made, end = [], 0
        for one in bind(reading.words, cells, language):
            if one.cell is None or len(stands) == MOST_MARKS:
                continue
            mark = ascii_lowercase[len(stands)]
            stands[mark] = one
            made += [reading.words[end : one.start], f"{{{mark}}}"]
            end = one.end
        lines.append(f"- {''.join([*made, reading.words[end:]])}")
    # what stands in a cell is no instruction and cannot end the part that is set apart
    safe = tuple(line.replace("<<<", "‹").replace(">>>", "›") for line in lines)
    return Marked(title, safe, stands, language)


# What is asked ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Of one language."""

    rules: str
    problem: str
    options: str
    choose: str
    unknown: str


WORDS = {
    "vi": Words(
        "Bạn giúp một công chức viết bản tóm tắt chính sách bằng tiếng Việt. Chỉ dựa vào các kết quả trong <<< >>>. "
        "Trong đó {a}, {b} … thay cho con số: muốn nêu con số nào thì chép đúng ký hiệu đó, không tự viết chữ số nào. "
        "Câu ngắn, cụ thể, không lặp lại.",
        "Viết phần “Vấn đề”: hai câu. Câu đầu nói điều gì đang không ổn và ở đâu, câu sau nói vì sao người dân hoặc cơ "
        "quan chịu thiệt.",
        "Đề xuất ba phương án khác hẳn nhau để giải quyết vấn đề này. Mỗi phương án: name là tên ngắn; what là việc cụ "
        "thể sẽ làm; gains là được gì; risks là điều có thể không thành.",
        "Nên chọn phương án nào? choice là tên phương án; why là một hoặc hai câu lý do dựa vào kết quả.",
        "chưa có số liệu",
    ),
    "en": Words(
        "You help an official to write a policy brief in English. Rest on the results between <<< and >>> only. There "
        "{a}, {b} … stand for figures: to state a figure copy its mark; never write a digit yourself. Short, concrete "
        "sentences, nothing twice.",
        "Write the part “Problem”: two sentences. The first says what is wrong and where, the second who bears the "
        "harm and why.",
        "Propose three options that differ clearly. For each: name, a short name; what, the concrete thing to do; "
        "gains, what is won; risks, what may fail.",
        "Which option should be chosen? choice is the name of the option; why is one or two sentences of reasons from "
        "the results.",
        "not in the data",
    ),
    "fr": Words(
        "Vous aidez un agent public à rédiger en français une note de politique publique. Fondez-vous uniquement sur "
        "les résultats entre <<< et >>>. {a}, {b} … y remplacent des chiffres : pour citer un chiffre, recopiez sa "
        "marque ; n’écrivez jamais de chiffre vous-même. Phrases courtes et concrètes, sans répétition.",
        "Rédigez la partie « Problème » : deux phrases. La première dit ce qui ne va pas et où, la seconde qui en "
        "pâtit et pourquoi.",
        "Proposez trois options nettement différentes. Pour chacune : name, un nom court ; what, l’action concrète ; "
        "gains, ce qu’on y gagne ; risks, ce qui peut échouer.",
        "Quelle option choisir ? choice est le nom de l’option ; why, une ou deux phrases de raisons tirées des "
        "résultats.",
        "non disponible",
    ),
}


def words_of(language: str) -> Words:
    return WORDS.get(language, WORDS["en"])


def _text(most: int) -> Schema:
    return {"type": "string", "maxLength": most}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


PROBLEM = _object(problem=_text(500))
OPTIONS = _object(
    options={
        "type": "array", "minItems": 2, "maxItems": 3,
        "items": _object(name=_text(80), what=_text(220), gains=_text(180), risks=_text(180)),
    }
)  # fmt: skip


def recommendation(names: Sequence[str]) -> Schema:
    return _object(choice={"type": "string", "enum": list(names)}, why=_text(400))


def turns(said: Marked, asked: str, *before: str) -> Turns:
    """`before`: sections that stand already."""
    shown = "\n".join(said.lines)
    parts = [said.title, f"<<<\n{shown}\n>>>", *(one for one in before if one), asked]
    return [("system", words_of(said.language).rules), ("user", "\n\n".join(parts))]


# What it said -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filled:
    """`stands`: figures of the text with their cells, as `bind` takes those of before."""

    text: str
    stands: tuple[Bound, ...]


def filled(text: str, said: Marked) -> Filled:
    """Whole sentences with their figures; without those that state one of their own, repeat one, or break off."""
    kept: list[str] = []
    used: dict[str, Bound] = {}
    for sentence in _sentences(text):
        marks = MARK.findall(sentence)
        if _FIGURE.search(sentence) or any(mark not in said.stands for mark in marks) or sentence in kept:
            continue
        kept.append(sentence)
        used |= {mark: said.stands[mark] for mark in marks}
    return Filled(MARK.sub(lambda mark: used[mark[1]].text, " ".join(kept)), tuple(used.values()))


def _sentences(text: str) -> list[str]:
    found = [part.strip() for part in _END.split(text.strip()) if part.strip()]
    # what the limit of its length cut off has no end
    return [one for at, one in enumerate(found) if at < len(found) - 1 or len(found) == 1 or one[-1] in ".!?…"]


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
