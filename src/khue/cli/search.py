"""khue search, khue index: what the library holds about something, and the index of its words."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from khue.cli.session import session

index = typer.Typer(no_args_is_help=True, help="The index of words; it follows the library by itself.")


def search(
    query: Annotated[str, typer.Argument(help="A question, some words, or a code.")],
    collection: Annotated[list[str] | None, typer.Option(help="Only in this collection; may be repeated.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Finds passages. Exit 0: some were found; 1: none; 2: wrong use."""
    with session(embeddings=True):
        hits = _search(query, collection or [], k)
    if as_json:
        typer.echo(json.dumps([_record(hit) for hit in hits], ensure_ascii=False))
    else:
        _show(hits)
    raise typer.Exit(0 if hits else 1)


def _search(query: str, names: list[str], k: int) -> Any:
    from khue.domains.knowledge import api
    from khue.domains.people import api as people
    from khue.gateway.classes import DataClass
    from khue.kernel.errors import UserError

    try:
        by = people.operator()
    except UserError as refusal:
        raise _wrong(str(refusal)) from refusal
    places = {name: api.collection(name, by=by) for name in names}
    for name, place in places.items():
        if place is None:
            raise _wrong(f"There is no collection named “{name}”.")
    chosen = [place.id for place in places.values() if place] or None
    return api.search(query, actor=by, collections=chosen, highest_class=DataClass.CONFIDENTIAL, k=k).hits


def _wrong(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


def _record(hit: Any) -> dict[str, Any]:
    return {
        "document": str(hit.document),
        "passage": hit.passage,
        "title": hit.title,
        "score": round(hit.score, 4),
        "text": hit.text,
    }


def _show(hits: Any) -> None:
    console = Console()
    for number, hit in enumerate(hits, 1):
        page = f", {hit.page}" if hit.page else ""
        console.print(Text(f"{number}. {hit.title}{page}  {hit.score:.2f}", style="bold"))
        console.print(Text(f"{hit.text}\n"))


@index.callback()
def index_() -> None:
    pass


@index.command()
def rebuild() -> None:
    """Builds it anew from the database, while the one in use goes on serving."""
    with session(), Progress(console=Console(stderr=True), transient=True) as progress:
        from khue.domains.knowledge import api

        task = progress.add_task("passages", total=None)
        count = api.rebuild_index(lambda done: progress.update(task, completed=done))
    typer.echo(f"{count} passages.")


def register(app: typer.Typer) -> None:
    app.command()(search)
    app.add_typer(index, name="index")
