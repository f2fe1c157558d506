"""Tools from their description by the embedded model: do their examples pass in a browser.

KHUE_BENCH_HALF: report (the half that was not looked at while tuning at first), tune (the other), blind (written when
both had been seen; the default). KHUE_BENCH_MINUTES: when no further task is begun (default: 60). Nothing is stored;
each call is on the ledger.
"""

import json
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
HALF = os.environ.get("KHUE_BENCH_HALF", "blind")
# plain prompting may write as much as a free tool of the studio; 0: it is not measured
PLAIN_TOKENS = int(os.environ.get("KHUE_BENCH_PLAIN_TOKENS", 700))
# of how many tasks, spread over all: it takes its time
PLAIN_TASKS = int(os.environ.get("KHUE_BENCH_PLAIN_TASKS", 8))
OF_KIND = {
    "tune": "five of twenty fit no pattern exactly",
    "report": "five of twenty fit no pattern exactly; seen since",
    "blind": "three of twenty fit no pattern exactly; written when the others had been seen, before this tuning",
}
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
{tried} tasks of the set “{half}” ({kind}), each with its examples, run in Chromium. With patterns and parts: as the
studio does it, and after at most two repairs driven by the failing examples. Plain prompting: the same model, the
same description and examples, one HTML file of at most {plain} tokens, without patterns, parts or repairs;
{plain_tried} tasks, spread over the set. First visible piece: from the description to the first running preview (the
pattern with its example; of a tool written anew the first closed elements). Small edits: rename, colour and one
sentence, in the language of the task, on the tools made from patterns; by rules, without the model, where these
understand it ({by_rules} of {edits}). Wishes that rules do not know: ten of a half of edits.yaml, on a pattern’s own
example, done as wished when what was wished stands in the parameters and what it replaces does not. Seconds are those
of the machine as it was: see the load.
"""


Way = Callable[[Any, dict[str, Any]], "Row"]


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
        from khue.domains.people.api import scratch_actor

        until = time.monotonic() + MINUTES * 60
        with scratch_actor() as by:
            made = _each(tasks, by, until, "studio", _studio)
            plain = _each(_spread_over(tasks, PLAIN_TASKS), by, until, "plain", _plain)
            wished = _wishes(by) if HALF != "blind" else []
    _write(made, plain, wished)


def _spread_over(tasks: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [tasks[at * len(tasks) // count] for at in range(min(count, len(tasks)))]


def _each(tasks: Sequence[dict[str, Any]], by: Any, until: float, way: str, make: Way) -> list[Row]:
    found = []
    for task in tasks:
        if time.monotonic() > until:
            break
        found.append(_said(make(by, task), way, task["key"]))
    return found


def _said(row: Row, way: str, key: str) -> Row:
    print(f"{way:8} {key:28} {row.pattern or '-':22} {row.passed_at} {row.first_s} {row.seconds:.1f}", flush=True)
    return row


def _studio(by: Any, task: dict[str, Any]) -> Row:
    from khue.domains.prototypes import api
    from khue.kernel.errors import UserError

    try:
        trial = api.make(task["description"], by=by, language=task["language"], examples="\n".join(task["examples"]))
    except UserError as error:
        print(error)
        return Row(False, 0, 0.0, 0.0, "")
    first = trial.passed_at == 1
    return Row(first, trial.passed_at, trial.first_s, trial.seconds, trial.pattern, _edits(trial, task["language"], by))


def _edits(trial: Any, language: str, by: Any) -> list[tuple[float, bool]]:
    """(seconds, whether the model was asked) of each."""
    from khue.domains.prototypes.actions import calls, changing
    from khue.gateway.api import Caller, DataClass

    found = []
    for wish in EDITS[language] if trial.pattern else ():
        ask = calls.Ask(Caller(by.person_id, by.organisation_id, "prototype", purpose="change"), DataClass.INTERNAL)
        began = time.monotonic()
        for _event in changing.change(trial.source, wish, "", language, ask):
            pass
        found.append((time.monotonic() - began, bool(ask.ledger)))
    return found


def _wishes(by: Any) -> list[tuple[float, bool, bool]]:
    """(seconds, whether it became what was wished, whether the model was asked) of each wish of this half."""
    told = yaml.safe_load((TASKS / "edits.yaml").read_text(encoding="utf-8"))
    found = []
    for one in told[0 if HALF == "tune" else 1 :: 2]:
        row = _wished(by, one)
        found.append(row)
        print(f"wish     {one['wish'][:50]:52} {row[0]:.1f} {row[1]} {row[2]}", flush=True)
    return found


def _wished(by: Any, one: dict[str, Any]) -> tuple[float, bool, bool]:
    from khue.domains.prototypes.actions import calls, changing
    from khue.domains.prototypes.patterns import pattern
    from khue.gateway.api import Caller, DataClass

    source = {"pattern": one["pattern"], "parameters": pattern(one["pattern"]).example[one["language"]]}
    caller = Caller(by.person_id, by.organisation_id, "prototype", purpose="change")
    ask = calls.Ask(caller, DataClass.INTERNAL)
    began = time.monotonic()
    made = _end(changing.change(source, one["wish"], "", one["language"], ask))
    after = json.dumps(made.source["parameters"] if made else {}, ensure_ascii=False)
    right = all(text in after for text in one["has"]) and not any(text in after for text in one["gone"])
    if not right:
        print(after)
    return time.monotonic() - began, bool(made) and right, bool(ask.ledger)


def _end(work: Any) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def _plain(by: Any, task: dict[str, Any]) -> Row:
    from khue.domains.prototypes.actions import trying
    from khue.domains.prototypes.writing import html
    from khue.gateway import api as gateway

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


def _write(made: Sequence[Row], plain: Sequence[Row], wished: Sequence[tuple[float, bool, bool]]) -> None:
    edits = [edit for row in made for edit in row.edits]
    by_rules = sum(not asked for _seconds, asked in edits)
    rows = [
        ("patterns and parts, first try", _share([row.passed_first for row in made])),
        ("patterns and parts, after at most two repairs", _share([row.passed_at > 0 for row in made])),
        ("plain prompting of the same model", _share([row.passed_first for row in plain])),
        ("first visible piece, seconds (median, worst)", _spread([row.first_s for row in made])),
        ("until the tool stands, repairs included, seconds (median, worst)", _spread([row.seconds for row in made])),
        ("small edit, seconds (median, worst)", _spread([seconds for seconds, _asked in edits])),
        ("wish that rules do not know: done as wished", _share([right for _seconds, right, _asked in wished])),
        ("wish that rules do not know, seconds (median, worst)", _spread([one[0] for one in wished])),
    ]
    facts = {
        "tried": len(made),
        "half": HALF,
        "kind": OF_KIND[HALF],
        "plain": PLAIN_TOKENS,
        "plain_tried": len(plain),
        "edits": len(edits),
        "by_rules": by_rules,
    }
    results.write(
        "prototypes" if HALF == "report" else f"prototypes-{HALF}",
        f"Tools from their description: the set “{HALF}”",
        results.table(("what", "figure"), rows) + "\n" + NOTES.format(**facts),
    )


def _share(passed: Sequence[bool]) -> str:
    return f"{sum(passed)} of {len(passed)} ({sum(passed) / len(passed):.0%})" if passed else "not measured"


def _spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f}, {max(seconds):.1f}" if seconds else "not measured"
