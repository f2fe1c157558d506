"""Quizzes: whether other systems read our files alike, how fast answers are marked, and a server killed while they
arrive.

The items are all quizzes of the shipped programmes and one sample of each kind, in Vietnamese. Readers are programs of
others, installed for this run only: onyx2moodle (QTI 2.1), citolab-qti-convert (QTI 3.0, whose items it turns into 2.1
for the former), moodle-xml-parser (Moodle XML, choices only) and, where Node.js is there, gift-pegjs (GIFT).
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

from benchmarks import results
from benchmarks.stage import Stage

READERS = ["onyx2moodle==0.1.0", "citolab-qti-convert==0.2.0", "moodle-xml-parser==0.3.1"]
GIFT_READER = "gift-pegjs@1.0.2"
MARKS = 20_000
PEOPLE = int(os.environ.get("KHUE_BENCH_PEOPLE", "100"))
PER_SECOND = 200.0
READ = Path(__file__).parent / "peers" / "quiz_readers.py"
GIFT = """const g = require('gift-pegjs'), fs = require('fs');
console.log(JSON.stringify(g.parse(fs.readFileSync(process.argv[1], 'utf8'))));"""


def run() -> None:
    django.setup()
    items = _items()
    with tempfile.TemporaryDirectory() as folder:
        rows = _read_elsewhere(items, Path(folder))
    marked = _marking(items)
    body = [
        f"{len(items)} items: " + ", ".join(f"{n} {kind}" for kind, n in Counter(i.kind.value for i in items).items()),
        results.table(["file", "read by", "items it knows", "read alike", "what it does not know"], rows),
        marked,
        _storm(),
    ]
    results.write("quizzes", "Quizzes", "\n\n".join(body))


def _items() -> list[Any]:
    """Of the shipped programmes, with keys that differ across quizzes."""
    from django.conf import settings

    from khue.domains.academy import api
    from khue.domains.academy.interchange import monolingual
    from khue.domains.academy.quizzing import notation
    from khue.domains.academy.tests.quizzing import samples

    found = samples.items()
    for folder in sorted((settings.CONTENT / "programmes").iterdir()):
        for topic in api.read_course(folder).topics:
            for given in topic.quiz.model_dump(mode="json", exclude_none=True)["items"] if topic.quiz else []:
                item = notation.item(given)
                found.append(replace(item, key=f"{folder.name[:12]}-{topic.key[:30]}-{item.key}"[:80].strip("-")))
    return [monolingual.in_language(item, "vi") for item in found]


def _read_elsewhere(items: list[Any], folder: Path) -> list[list[object]]:
    from khue.domains.academy.interchange.formats import FORMATS, write
    from khue.domains.academy.interchange.paper import Paper

    for form in FORMATS:
        (folder / form).write_bytes(write(Paper("Bài kiểm tra", tuple(items)), form).octets)
    python = _reader_python(folder)
    told = json.loads(
        subprocess.run([python, str(READ), str(folder)], check=True, capture_output=True, text=True).stdout
    )
    rows = [
        _row("QTI 2.1", "onyx2moodle 0.1.0", items, told["qti21"], {"ordering"}),
        _row("QTI 3.0", "citolab-qti-convert 0.2.0, onyx2moodle", items, told["qti3"], {"ordering"}),
        _row(
            "Moodle XML",
            "moodle-xml-parser 0.3.1",
            items,
            told["moodle"],
            {"ordering", "matching", "number", "short", "essay"},
        ),
    ]
    if shutil.which("npm"):
        rows.append(_row("GIFT", GIFT_READER.replace("@", " "), items, _gift(folder), {"ordering"}))
    return rows


def _reader_python(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", *READERS], check=True, stdout=subprocess.DEVNULL)
    return str(python)


def _row(label: str, reader: str, items: list[Any], told: dict[str, Any], unknown: set[str]) -> list[object]:
    """Alike: the prompt's words, the choices or sides in their order, and what is right, are what we wrote."""
    known = [item for item in items if item.kind.value not in unknown]
    alike = [
        item for item in known if told.get(_name(item, told)) == _expected(item, told.get(_name(item, told)) or {})
    ]
    for item in known:
        if item not in alike:
            sys.stderr.write(f"{label}: {item.key}: {told.get(_name(item, told))}\n")
    share = f"{len(alike)} of {len(known)} ({len(alike) / len(known):.1%})"
    return [label, reader, len(known), share, ", ".join(sorted(unknown))]


def _name(item: Any, told: dict[str, Any]) -> str:
    """Readers of lists know items by their text, readers of packages by their identifier."""
    from khue.domains.academy.interchange.qti_elements import named

    return named(item.key) if named(item.key) in told else item.prompt["vi"]


def _expected(item: Any, told: dict[str, Any]) -> dict[str, Any]:
    """In the shape that peers/quiz_readers.py gives, with as much of it as the reader says."""
    from khue.domains.academy.interchange import markup
    from khue.domains.academy.quizzing.items import Choice, Essay, Matching, Number, Short

    body = item.body

    def plain(words: Any) -> str:
        return _words(markup.as_inline(words["vi"]) if told.get("html") else words["vi"])

    found: dict[str, Any] = {"html": told.get("html", False)}
    if isinstance(body, Choice):
        found["choices"] = [[plain(option.text), round(option.share, 2)] for option in body.options]
    elif isinstance(body, Matching):
        rights = {entry.key: plain(entry.text) for entry in body.rights}
        found["pairs"] = sorted([plain(left.text), rights[dict(body.pairs)[left.key]]] for left in body.lefts)
    elif isinstance(body, Number):
        best = max(body.keys, key=lambda key: key.share)
        found["number"] = best.value
    elif isinstance(body, Short):
        found["accepted"] = sorted(key.text for key in body.keys if key.share == 1)
    elif isinstance(body, Essay):
        found["essay"] = True
    return found


def _words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def _gift(folder: Path) -> dict[str, Any]:
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), GIFT_READER]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    environment = os.environ | {"NODE_PATH": str(folder / "node_modules")}
    command = ["node", "-e", GIFT, str(folder / "gift")]
    read = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    return {question["stem"]["text"]: _gift_question(question) for question in read if "stem" in question}


def _gift_question(question: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"html": False}
    kind = question["type"]
    if kind == "MC":
        found["choices"] = [
            [_words(c["text"]["text"]), 1.0 if c["isCorrect"] else round((c["weight"] or 0) / 100, 2)]
            for c in question["choices"]
        ]
    elif kind == "Matching":
        pairs = question["matchPairs"]
        found["pairs"] = sorted(
            [_words(p["subquestion"]["text"]), _words(p["subanswer"])] for p in pairs if p["subquestion"]["text"]
        )
    elif kind == "Numerical":
        first = question["choices"]["text"] if isinstance(question["choices"], dict) else question["choices"][0]["text"]
        found["number"] = first["number"]
    elif kind == "Short":
        found["accepted"] = sorted(c["text"]["text"] for c in question["choices"] if c["weight"] in (None, 100))
    elif kind == "Essay":
        found["essay"] = True
    return found


def _marking(items: list[Any]) -> str:
    from khue.domains.academy.quizzing import scoring
    from khue.domains.academy.tests.attempts.test_take import RIGHT

    known = [item for item in items if item.key in RIGHT]
    started = time.perf_counter()
    for number in range(MARKS):
        item = known[number % len(known)]
        scoring.mark(item, RIGHT[item.key])
    each = (time.perf_counter() - started) / MARKS
    return f"Marking an answer: {each * 1e6:.0f} µs, the mean of {MARKS:,} over the kinds ({1 / each:,.0f} a second)."


def _wrong(storm: Any, there: dict[str, Any]) -> tuple[int, int]:
    """Answers that were said to be saved and are not, or not the last of them; and rows beyond one an answer."""
    rows = {(attempt, position): serial for attempt, position, serial, given in there["answers"] if given}
    lost = sum(rows.get(key) != serial for key, serial in storm.acknowledged.items())
    return lost, len(there["answers"]) - len({(attempt, position) for attempt, position, _, _ in there["answers"]})


def _each(after: dict[str, float], before: dict[str, float], part: str, storm: Any) -> float:
    return (after[part] - before[part]) / len(storm.acknowledged) * 1000


def _storm() -> str:
    """As tests/running/test_quiz_storm.py, with more people; nothing may be lost or double."""
    from tests.running import quiz_storm
    from tests.running.installation import Installation, eventually

    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "home", KHUE_WEB_PROCESSES="2").up()
        try:
            people = quiz_storm.prepare(installation, PEOPLE)
            before, began = Stage(installation).cpu(), time.process_time()
            quiet = quiz_storm.blow(installation, people, per_second=PER_SECOND)
            client, after = time.process_time() - began, Stage(installation).cpu()
            after_quiet = _wrong(quiet, quiz_storm.stored(installation))
            struck = quiz_storm.blow(
                installation, people, per_second=PER_SECOND, then=lambda: installation.part("web").kill()
            )
            assert eventually(installation.serves)
            after_struck = _wrong(struck, quiz_storm.stored(installation))
        finally:
            installation.stop()
    head = ["answers", "sent a second", "saved a second", "p50 ms", "p95 ms", "tries that failed", "lost", "double"]
    lines = [
        [len(storm.acknowledged), f"{PER_SECOND:.0f}", f"{len(storm.acknowledged) / storm.seconds:.0f}",
         f"{storm.percentile(0.5):.0f}", f"{storm.percentile(0.95):.0f}", storm.failed_tries, *wrong]
        for storm, wrong in ((quiet, after_quiet), (struck, after_struck))
    ]  # fmt: skip
    note = (
        f"Answers of {PEOPLE} people arriving through HTTP at two web processes, the second time with them "
        "killed (SIGKILL) half way: times are until the server said “saved”, tries again included. An answer took "
        f"{_each(after, before, 'web', quiet):.1f} ms of the processor in the web processes and "
        f"{_each(after, before, 'database', quiet):.1f} in the database; the play, on the same two cores, "
        f"{client / len(quiet.acknowledged) * 1000:.1f}."
    )
    return f"{note}\n\n{results.table(head, lines)}"
