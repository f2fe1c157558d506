"""A guide of questions, read from a description that says what follows a yes and what a no. Without a model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.examples import Example, Press, UnreadableExample
from khue.domains.prototypes.rules import plain

YES, NO = {"yes", "co", "oui", "dung"}, {"no", "khong", "non", "sai"}
IF = r"\b(?:if|nếu|si)\s+(?:(?:the answer is|câu trả lời là|thì|là|c’est|c'est)\s+)?"
ELSE = "sinon|otherwise|ngược lại|nếu không thì"
ANSWER = re.compile(
    rf"(?:{IF}[\"“«]?(?P<if>yes|no|not|có|không|oui|non)\b[\"”»]?|\b(?P<else>{ELSE})\b|"
    r"\b(?P<bare>có|không|yes|no|oui|non)\s*:)\s*[:,]?\s*(?:thì\s+|then\s+|alors\s+)?",
    re.IGNORECASE,
)
QUESTION = re.compile(r"[^.?!;:]*\?")
LEADS = re.compile(
    r"^(?:.*\b(?:hỏi|ask|asks|demander?|demandez|câu hỏi|question)\b[^:?]*:?\s*|.*:\s*)", re.IGNORECASE | re.DOTALL
)
TRIMMED = " \t\n,;:–-"
MOST = 12


@dataclass
class _Step:
    id: str
    text: str
    ways: dict[bool, str]


def guide(idea: str, examples: str) -> list[dict[str, str]] | None:
    """Steps as the pattern of guides has them; None where a question lacks an answer or the examples say otherwise."""
    steps = _read(" ".join(idea.split()))
    if not 1 <= len(steps) <= MOST or any(len(one.ways) < 2 for one in steps):
        return None
    return [_row(one) for one in steps] if _holds(steps, examples) else None


def _row(one: _Step) -> dict[str, str]:
    return {"id": one.id, "text": one.text, "if_yes": one.ways[True], "if_no": one.ways[False]}


def _read(idea: str) -> list[_Step]:
    """Question after question; what stands behind an answer is what to do, or leads to the question that follows."""
    questions = list(QUESTION.finditer(idea))
    steps: list[_Step] = []
    for at, found in enumerate(questions):
        until = questions[at + 1].start() if at + 1 < len(questions) else len(idea)
        follows = chr(ord("a") + at + 1) if at + 1 < len(questions) else ""
        step = _Step(chr(ord("a") + at), _asked(found[0]), {})
        _answers(step, idea[found.end() : until], follows, idea[until : questions[at + 1].end()] if follows else "")
        steps.append(step)
    return steps


def _asked(text: str) -> str:
    bare = ANSWER.sub("", LEADS.sub("", text), count=1) or text
    bare = bare.strip(TRIMMED)
    return f"{bare[:1].upper()}{bare[1:]}"[:160]


def _answers(step: _Step, behind: str, follows: str, question: str) -> None:
    """`question`: the one that follows, with the words that lead to it, which may begin with the answer."""
    text = behind + question
    marks = list(ANSWER.finditer(text))
    for at, mark in enumerate(marks):
        is_yes = _is_yes(mark, step)
        said = text[mark.end() : marks[at + 1].start() if at + 1 < len(marks) else len(text)]
        leads = bool(follows) and "?" in said
        to = follows if leads else _done(said)
        if is_yes in step.ways:
            # a second tree: whose answer this is, code cannot tell
            step.ways = {}
            return
        if to:
            step.ways[is_yes] = to
    if follows and len(step.ways) == 1 and follows not in step.ways.values():
        # the one answer that nobody spoke of goes on to the next question
        step.ways[not next(iter(step.ways))] = follows


def _is_yes(mark: re.Match[str], step: _Step) -> bool:
    if mark["else"]:
        return False not in step.ways if plain(mark["else"]) == "neu khong thi" else True not in step.ways
    return plain(mark["if"] or mark["bare"]) in YES


def _done(said: str) -> str:
    """Up to the end of the sentence."""
    bare = re.split(r"[.;!](?:\s|$)", said.strip(TRIMMED), maxsplit=1)[0].strip(TRIMMED)
    return f"{bare[:1].upper()}{bare[1:]}"[:160]


def _holds(steps: Sequence[_Step], examples: str) -> bool:
    """Whether the way that an example presses ends where it says."""
    try:
        lines = acceptance.read(examples)
    except UnreadableExample:
        return True
    known = {one.id: one for one in steps}
    return all(_ends(line, steps[0].id, known) for line in lines)


def _ends(line: Example, first: str, known: Mapping[str, _Step]) -> bool:
    here = first
    for step in line.steps:
        said = plain(step.name) if isinstance(step, Press) else ""
        if here not in known or said not in YES | NO:
            return False
        here = known[here].ways[said in YES]
    shown = plain(known[here].text if here in known else here)
    return all((plain(one.text) in shown) != one.absent for one in line.expects)
