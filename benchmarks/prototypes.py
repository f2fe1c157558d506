"""Tools from their description by the embedded model: do their examples pass in a browser.

The half of the tasks that was not looked at while tuning (prototype_tasks/report.yaml); KHUE_BENCH_HALF=tune: the
other. KHUE_BENCH_MINUTES: when no further task is begun (default: 60). Nothing is stored; each call is on the ledger.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import results

TASKS = Path(__file__).parent / "prototype_tasks"
MINUTES = float(os.environ.get("KHUE_BENCH_MINUTES", 60))
HALF = os.environ.get("KHUE_BENCH_HALF", "report")
# plain prompting may write as much as a free tool of the studio
PLAIN_TOKENS = int(os.environ.get("KHUE_BENCH_PLAIN_TOKENS", 700))
PLAIN = (
    "Write one self-contained HTML file with inline CSS and JavaScript that is the tool described, in its language. "
    "Answer with the HTML only."
)
EDITS = {
    "vi": (
        "Đổi tên thành Công cụ thử",
        "Làm nút màu xanh lá",
        "Thêm một câu giới thiệu: Dùng thử, chưa phải bản chính",
    ),
    "en": ("Rename it to Trial tool", "Make the button green", "Add an introduction: For trial only"),
    "fr": ("Renomme-le en Outil d’essai", "Mets le bouton en vert", "Ajoute une introduction : pour essai seulement"),
}
NOTES = """
{tried} tasks of the half “{half}” (five of twenty of each half fit no pattern exactly), each with its examples, run in
Chromium. With patterns and parts: as the studio does it, and after at most two repairs driven by the failing examples.
Plain prompting: the same model, the same description and examples, one HTML file of at most {plain} tokens, without
patterns, parts or repairs; {plain_tried} tasks. First visible piece: from the description to the first running preview
(the pattern with its example; of a tool written anew the first closed elements). Small edits: rename, colour and one
sentence, in the language of the task, on the tools made from patterns; by rules, without the model, where these
understand it ({by_rules} of {edits}). Seconds are those of the machine as it was: see the load.
"""


@dataclass(frozen=True)
class Row:
    passed_first: bool
    passed_at: int
    first_s: float
    seconds: float
    pattern: str
    edits: Sequence[tuple[float, bool]] = ()


def run() -> None:
    from khue.cli.session import session

    tasks = yaml.safe_load((TASKS / f"{HALF}.yaml").read_text(encoding="utf-8"))
    with session(model=True, embeddings=True):
        until = time.monotonic() + MINUTES * 60
        made = _each(tasks, _studio, until)
        plain = _each(tasks, _plain, until)
    _write(made, plain)


def _each(tasks: Sequence[dict[str, Any]], try_: Callable[[dict[str, Any]], Row], until: float) -> list[Row]:
    found = []
    for task in tasks:
        if time.monotonic() > until:
            break
        row = try_(task)
        found.append(row)
        print(
            f"{try_.__name__:8} {task['key']:28} {row.pattern or '-':22} {row.passed_at} {row.first_s} {row.seconds}",
            flush=True,
        )
    return found


def _studio(task: dict[str, Any]) -> Row:
    from khue.domains.people import api as people
    from khue.domains.prototypes import api
    from khue.kernel.errors import UserError

    by = people.operator()
    try:
        trial = api.make(task["description"], by=by, language=task["language"], examples="\n".join(task["examples"]))
    except UserError as error:
        print(error)
        return Row(False, 0, 0.0, 0.0, "")
    first = trial.passed_at == 1
    return Row(first, trial.passed_at, trial.first_s, trial.seconds, trial.pattern, _edits(trial, task["language"], by))


def _edits(trial: Any, language: str, by: Any) -> list[tuple[float, bool]]:
    """(seconds, whether the model was asked) of each."""
    from khue.domains.prototypes.actions import generating
    from khue.gateway.api import Caller, DataClass

    found = []
    for wish in EDITS[language] if trial.pattern else ():
        ask = generating.Ask(
            Caller(by.person_id, by.organisation_id, "prototype", purpose="change"), DataClass.INTERNAL
        )
        began = time.monotonic()
        for _event in generating.change(trial.source, wish, "", language, ask):
            pass
        found.append((time.monotonic() - began, bool(ask.ledger)))
    return found


def _plain(task: dict[str, Any]) -> Row:
    from khue.domains.people import api as people
    from khue.domains.prototypes.actions import trying
    from khue.domains.prototypes.writing import html
    from khue.gateway import api as gateway

    by = people.operator()
    examples = "\n".join(task["examples"])
    turns = [gateway.Turn("system", PLAIN), gateway.Turn("user", f"{task['description']}\n{examples}")]
    caller = gateway.Caller(by.person_id, by.organisation_id, "prototype", purpose="bench")
    began = time.monotonic()
    options = gateway.Options(max_tokens=PLAIN_TOKENS)
    with gateway.chat(turns, caller=caller, data_class=gateway.DataClass.INTERNAL, options=options) as stream:
        reply = stream.text()
    checks = trying.tried(html.bare(reply.text) or "<p></p>", examples) or ()
    passed = bool(checks) and all(check.passed for check in checks)
    return Row(passed, int(passed), 0.0, time.monotonic() - began, "")


def _write(made: Sequence[Row], plain: Sequence[Row]) -> None:
    edits = [edit for row in made for edit in row.edits]
    by_model = [seconds for seconds, asked in edits if asked]
    rows = [
        ("patterns and parts, first try", _share([row.passed_first for row in made])),
        ("patterns and parts, after at most two repairs", _share([row.passed_at > 0 for row in made])),
        ("plain prompting of the same model", _share([row.passed_first for row in plain])),
        ("first visible piece, seconds (median, worst)", _spread([row.first_s for row in made])),
        ("until the tool stands, repairs included, seconds (median, worst)", _spread([row.seconds for row in made])),
        ("small edit, seconds (median, worst)", _spread([seconds for seconds, _asked in edits])),
        ("small edit by the model, seconds (median, worst)", _spread(by_model)),
    ]
    facts = {
        "tried": len(made),
        "half": HALF,
        "plain": PLAIN_TOKENS,
        "plain_tried": len(plain),
        "edits": len(edits),
        "by_rules": len(edits) - len(by_model),
    }
    results.write(
        "prototypes",
        "Tools from their description",
        results.table(("what", "figure"), rows) + "\n" + NOTES.format(**facts),
    )


def _share(passed: Sequence[bool]) -> str:
    return f"{sum(passed)} of {len(passed)} ({sum(passed) / len(passed):.0%})" if passed else "not measured"


def _spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f}, {max(seconds):.1f}" if seconds else "not measured"
