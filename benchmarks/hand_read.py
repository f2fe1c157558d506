"""A sample of sentences that were shown as supported, read beside the words that they cite.

`python -m benchmarks hand_read` writes the table from hand_read.yaml. To draw a new sample: run `grounding`, then
`KHUE_BENCH_DRAW=50 python -m benchmarks hand_read` prints that many of each set to read, quotations left out.
"""

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks import results

READ = Path(__file__).with_name("hand_read.yaml")
SEED = 11
HEAD = ("set", "question", "sentence", "written by", "what the reader found")
NOTES = """Sentences that the page showed as supported in the runs of "Grounding", read one by one by its developers
beside the sentences they cite: all that the model wrote, and quotations drawn by chance. "follows": all that it says
stands there; "says less exactly": nothing false, but something that the source adds is left out; "does not follow": it
says or suggests something that stands nowhere in what it cites; "word for word": a quotation that bears on the
question. Sentences are named by the question (its number in the set) and their place in its answer; texts of the sets
are not repeated. It is the second reading, of questions that nobody had seen answered before. The first (another 100)
found one sentence that did not follow (one entry of a list given for another) and led to the rule that a claim must
take up something of what was asked; this one led to the rule that it must not only repeat what was asked."""


def run() -> None:
    if wanted := int(os.environ.get("KHUE_BENCH_DRAW", "0")):
        from django.conf import settings

        for path in sorted((settings.KHUE_HOME / "run").glob("grounding_*.jsonl")):
            for row in drawn(path, wanted):
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    read = yaml.safe_load(READ.read_text(encoding="utf-8"))
    counts = Counter((by, found.split(":")[0]) for rows in read.values() for _, _, by, found in rows)
    parts = [f"{n} of the {by}: {found}" for (by, found), n in counts.most_common()]
    total = f"{sum(counts.values())} sentences; {'; '.join(parts)}"
    rows = [(name, *row) for name, rows in read.items() for row in rows]
    body = f"**{total}.**\n\n{results.table(HEAD, rows)}\n\n{' '.join(NOTES.split())}"
    results.write("hand_read", "Supported sentences, read one by one", body)


def drawn(path: Path, wanted: int) -> list[dict[str, Any]]:
    shown = list(_supported(path))
    return random.Random(SEED).sample(shown, min(wanted, len(shown)))


def _supported(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        for number, sentence in enumerate(asked["sentences"], 1):
            if sentence["supported"] and not sentence["quoted"]:
                cited = [citation["quote"] for citation in sentence["citations"]]
                yield {
                    "set": path.stem.removeprefix("grounding_"),
                    "question": asked["question"],
                    "number": number,
                    "sentence": sentence["text"],
                    "cited": cited,
                    "answerable": asked["answerable"],
                }
