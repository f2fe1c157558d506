"""What a visitor waits for and gets with the model: the card, the first word, the whole answer, judged as the test
bench judges; beside it Haystack's pipeline with the same model on the same procedures."""

import gzip
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import results

# records in the library besides those that are asked for
OTHERS = 20
OUTSIDE, HOSTILE = 6, 3
DEFINITION = {
    "name": {"vi": "Trợ lý đo"},
    "languages": ["vi", "en", "fr"],
    "knowledge": {"procedures": {}},
    "handover": {"contact": {"name": "Một cửa", "phone": "024"}},
}
HEAD = (
    "system", "questions", "right source", "right content", "sentences backed", "declines what it should",
    "card ms", "first word s", "whole s", "tokens read",
)  # fmt: skip
NOTES = """
One visitor after another, in one process, embeddings included, over the records of the procedures asked for and
{others} more. The questions ask for a fee or a time limit (half "report" of benchmarks/corpora/procedures, the record's
figures read by hand), {outside} are outside and {hostile} are hostile. Times: half of them below / slowest twentieth.
"First word": of the model, from sending the question; the card is read long before that. Answers of Khuê are judged as
its test bench judges them. Haystack: three passages of 200 words found by BM25, the same model, no card; "declines":
its answer says that there is no information.
"""


@dataclass(frozen=True)
class Asked:
    text: str
    kind: str
    language: str
    codes: tuple[str, ...] = ()
    figures: str = ""


@dataclass(frozen=True)
class Got:
    """`ms`: card, first word, whole; None where there was none."""

    asked: Asked
    judged: Any
    ms: tuple[float | None, float | None, float | None]
    tokens: int


def section(path: Path, questions: Callable[[], list[Asked]], *, peers: int, say: Any) -> str:
    from khue.cli.session import session

    with session(embeddings=True, model=True), library(path, asked := questions()) as (by, records):
        say(f"{len(records)} procedures, {len(asked)} questions")
        ours = [answered(one, by) for one in (asked[0], *asked)][1:]  # the first warms up
        say("answered")
        lines = [line("**Khuê**", ours)]
        able = [one for one in asked if one.kind == "answerable"][:peers]
        away = [one for one in asked if one.kind == "outside"][: peers // 2]
        if peers and (theirs := beside(records, [*able, *away])):
            lines.append(theirs)
    notes = NOTES.format(others=OTHERS, outside=OUTSIDE, hostile=HOSTILE)
    return f"{results.table(HEAD, lines)}\n{notes}\n{failed(ours)}"


@contextmanager
def library(path: Path, asked: Sequence[Asked]) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The records asked for and some more, as a library of nobody else's, with all vectors."""
    from khue.domains.knowledge import api as knowledge
    from khue.domains.people.api import scratch_actor
    from khue.domains.procedures import api as procedures

    chosen = records(path, {code for one in asked for code in one.codes})
    with scratch_actor() as by, tempfile.TemporaryDirectory() as folder:
        place = knowledge.create_collection(
            "procedures of the benchmark", by=by, scratch=True, data_class=knowledge.DataClass.PUBLIC
        )
        lines = Path(folder) / "some.jsonl"
        lines.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in chosen))
        try:
            procedures.ingest(lines, collection=place.id, by=by)
            procedures.embed_names(priority="question")
            knowledge.embed_waiting(collection=place.id)
            yield by, chosen
        finally:
            knowledge.delete_collection(place.id, by=by)


def records(path: Path, codes: set[str]) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        every = [json.loads(one) for one in file]
    others = [one for one in every if one["ma_thu_tuc"] not in codes]
    return [one for one in every if one["ma_thu_tuc"] in codes] + others[:: max(1, len(others) // OTHERS)][:OTHERS]


def answered(one: Asked, by: Any) -> Got:
    from khue.domains.assistants.actions import answering
    from khue.domains.assistants.benching.judging import Expected, judge
    from khue.domains.assistants.definition.shape import Definition

    shape = Definition.model_validate(DEFINITION)
    began = time.perf_counter()
    said = answering.reply(shape, by=by, question=one.text)
    card = (time.perf_counter() - began) * 1000 if said.card else None
    first: float | None = None
    if said.outcome == "answering":
        for event in answering.words(said, shape, by=by):
            if first is None and isinstance(event, answering.Unchecked):
                first = (time.perf_counter() - began) * 1000
    whole = (time.perf_counter() - began) * 1000
    answer = said.answer | {"card": said.card, "choices": said.choices}
    judged = judge(Expected(one.kind, one.language, "; ".join(one.codes), one.figures), answer)
    return Got(one, judged, (card, first, whole if first else None), said.answer.get("used", {}).get("prompt", 0))


def line(name: str, got: Sequence[Got]) -> Sequence[object]:
    from khue.domains.assistants.benching.judging import totals

    found = totals([(one.asked.kind, one.judged) for one in got])
    card, first, whole = ([one.ms[at] for one in got if one.ms[at] is not None] for at in range(3))
    tokens = [one.tokens for one in got if one.tokens]
    return (
        name, len(got), share(found.right_source), share(found.right_answer), share(found.supported),
        share(found.abstained), spread(card, 1), spread(first, 1000), spread(whole, 1000),
        f"{np.median(tokens):.0f}" if tokens else "-",
    )  # fmt: skip


def share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"


def spread(values: Sequence[float | None], unit: float) -> str:
    if not values:
        return "-"
    half, most = np.percentile(np.array(values, float) / unit, [50, 95])
    return f"{half:.0f} / {most:.0f}" if unit == 1 else f"{half:.1f} / {most:.1f}"


def failed(got: Sequence[Got]) -> str:
    bad = [f"“{one.asked.text}” ({one.asked.kind}; {one.judged.why or 'source or decline'})" for one in got]
    bad = [words for words, one in zip(bad, got, strict=True) if not one.judged.passed]
    return f"Not as expected: {'; '.join(bad)}." if bad else "All as expected."


# The peer --------------------------------------------------------------------------------------


def beside(chosen: Sequence[dict[str, Any]], asked: Sequence[Asked]) -> Sequence[object] | None:
    """None where Haystack is not installed (`make bench` installs it)."""
    from khue.domains.assistants.benching.judging import stands_in
    from khue.domains.procedures import portal

    parsed = [portal.parse(one) for one in chosen]
    texts = [f"{one.name}\n" + "\n\n".join("\n".join(s.lines) for s in portal.sections(one)) for one in parsed]
    try:
        from benchmarks.peers import haystack_rag

        find = haystack_rag.retriever([one.code for one in parsed], texts, 3)
    except ImportError:
        return None
    sources, contents, declined, first, whole, tokens = [], [], [], [], [], []
    for one in asked:
        chunks = find(one.text)
        reply = haystack_rag.reply(one.text, [text for _, text in chunks])
        first.append(reply.first_token_ms)
        whole.append(reply.total_ms)
        tokens.append(reply.prompt_tokens)
        if one.kind == "answerable":
            sources.append(bool({code for code, _ in chunks} & set(one.codes)))
            contents.append(all(stands_in(figure, reply.text) for figure in one.figures.split("; ")))
        else:
            declined.append(bool(re.search("không có thông tin", reply.text, re.IGNORECASE)))
    return (
        "Haystack, plain RAG", len(asked), share(np.mean(sources)), share(np.mean(contents)), "-",
        share(np.mean(declined)) if declined else "-", "-", spread(first, 1000), spread(whole, 1000),
        f"{np.median(tokens):.0f}",
    )  # fmt: skip
