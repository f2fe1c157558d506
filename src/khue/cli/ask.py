"""khue ask: a question to the library, answered as on the page."""

import json
import sys
from typing import Annotated, Any
from uuid import UUID

import typer

from khue.cli.session import session


def ask(
    question: Annotated[str, typer.Argument(help="In Vietnamese, English or French.")],
    collection: Annotated[str, typer.Option(help="Ask in this collection only.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Asks the library. Exit 0: answered; 1: no backed answer, or it broke off; 2: wrong use."""
    if not question.strip():
        typer.echo("Write a question.", err=True)
        raise typer.Exit(2)
    with session(model=True, embeddings=True):
        result, failure = _answer(question, collection, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    if failure:
        typer.echo(failure, err=True)
    raise typer.Exit(1 if failure or result["abstained"] else 0)


def _answer(question: str, collection: str, *, quiet: bool) -> tuple[dict[str, Any], str]:
    """The result, and what went wrong if anything did; the conversation is dropped afterwards."""
    from khue.domains.knowledge import api
    from khue.domains.people import api as people
    from khue.kernel.errors import UserError

    try:
        by = people.operator()
        exchange = api.begin(by=by, question=question, collections=_scope(collection, by))
    except UserError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from problem
    failure = ""
    try:
        for event in api.stream(exchange_id=exchange.id, by=by):
            if isinstance(event, api.Failed):
                failure = event.message
            elif isinstance(event, api.Piece) and not quiet:
                sys.stderr.write(event.text)
                sys.stderr.flush()
        answer = api.answer(by=by, exchange_id=exchange.id)
    finally:
        api.drop_conversation(by=by, conversation_id=exchange.conversation_id)
    if not quiet:
        sys.stderr.write("\n\n")
        _print(answer)
    return _as_json(answer), failure


def _scope(name: str, by: Any) -> list[UUID]:
    from khue.domains.knowledge import api

    if not name:
        return []
    found = api.collection(name, by=by)
    if found is None:
        typer.echo(f"There is no collection named {name!r} that you may read.", err=True)
        raise typer.Exit(2)
    return [found.id]


def _as_json(answer: Any) -> dict[str, Any]:
    citation = ("document", "title", "page", "quote", "start", "end")
    return {
        "answer": answer.answer,
        "abstained": answer.abstained,
        "language": answer.language,
        "sentences": [
            {
                "text": sentence["text"],
                "supported": sentence["supported"],
                "citations": [{name: cited[name] for name in citation} for cited in sentence["citations"]],
            }
            for sentence in answer.sentences
        ],
        "evidence": [{name: item[name] for name in ("document", "title", "score", "text")} for item in answer.evidence],
        "timings": {name: answer.timings.get(name) for name in ("evidence_ms", "first_token_ms", "total_ms")},
        "model": answer.model,
    }


def _print(answer: Any) -> None:
    if answer.abstained:
        typer.echo(answer.answer)
    for sentence in answer.sentences:
        marks = "".join(f" [{cited['n']}]" for cited in sentence["citations"])
        doubt = "" if sentence["supported"] else f"  (not backed: {sentence['reason']})"
        typer.echo(f"{sentence['text']}{marks}{doubt}")
    typer.echo("")
    for item in answer.evidence:
        place = ", ".join(part for part in (item["heading"], f"p. {item['page']}" if item["page"] else "") if part)
        typer.echo(f"[{item['n']}] {item['title']}{' · ' + place if place else ''}: {item['quote']}")


def register(app: typer.Typer) -> None:
    app.command()(ask)
