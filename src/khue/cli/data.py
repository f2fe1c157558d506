"""khue data …: load a file as data, ask it."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from khue.cli import data_databases, data_figures
from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="Data: load a spreadsheet, ask it in your own words.")

Name = Annotated[str, typer.Argument(help="Its short name.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def register(app: typer.Typer) -> None:
    data_figures.register(group)
    data_databases.register(group)
    app.add_typer(group, name="data")


@group.command()
def load(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX, XLS, ODS or Parquet.")],
    name: Annotated[str, typer.Option(help="Short name: small letters, digits, hyphens.")],
    origin: Annotated[str, typer.Option(help="Where the figures come from.")] = "",
    as_json: AsJson = False,
) -> None:
    """Read a file and say what is in it. Data of the same name are replaced. Exit 2: it cannot be read."""
    with session():
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            made = api.load(path, by=people.operator(), name=name, origin=origin)
        except UserError as refusal:
            _end(str(refusal))
    if as_json:
        typer.echo(json.dumps(made.profile, ensure_ascii=False))
    else:
        _say(made.profile)


def _say(profile: dict[str, Any]) -> None:
    typer.echo(f"{profile['name']}: {profile['data_class']}")
    for table in profile["tables"]:
        typer.echo(f"{table['name']} ({table['title']}): {table['rows']} rows, {table['duplicates']} of them twice")
        for column in table["columns"]:
            notes = [f"{column['missing']} missing"] if column["missing"] else []
            notes += [f"{column['outliers']} outliers"] if column["outliers"] else []
            notes += [f"personal: {', '.join(column['personal'])}"] if column["personal"] else []
            typer.echo(f"  {column['name']:<30} {column['type']:<9} {column['role']:<10} {'; '.join(notes)}")
        for line in table["remarks"]:
            typer.echo(f"  {line}")
    for line in profile["remarks"]:
        typer.echo(line)


@group.command()
def ask(
    name: Name,
    question: Annotated[str, typer.Argument(help="In Vietnamese, English or French.")],
    as_json: AsJson = False,
) -> None:
    """Ask the data. Exit 0: answered; 1: the data cannot answer it; 2: wrong use."""
    if not question.strip():
        _end("Write a question.")
    with session(model=True, embeddings=True):
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            answer = api.ask(name, question, by=people.operator())
        except api.NoSuchDataset:
            _end(f"There are no data {name!r} that you may read.")
        except UserError as refusal:
            if as_json:
                typer.echo(json.dumps(_unanswered(refusal), ensure_ascii=False))
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from refusal
    if as_json:
        typer.echo(json.dumps(_answered(answer), ensure_ascii=False))
    else:
        typer.echo(f"{answer.reading}\n\n{answer.words}\n{answer.sql}\n")
        typer.echo("\t".join(answer.result.names))
        for row in answer.result.rows[:50]:
            typer.echo("\t".join("" if value is None else str(value) for value in row))


def _answered(answer: Any) -> dict[str, Any]:
    return {
        "sql": answer.sql,
        "columns": [{"name": column.name, "type": column.type} for column in answer.result.columns],
        "rows": [list(row) for row in answer.result.rows],
        "chart": answer.chart or None,
        "reading": answer.reading,
        "checked": answer.checked,
        "words": answer.words,
        "by": answer.by,
    }


def _unanswered(refusal: Any) -> dict[str, Any]:
    return {
        "sql": "", "columns": [], "rows": [], "chart": None, "reading": str(refusal), "checked": False,
        "missing": list(getattr(refusal, "missing", ())),
    }  # fmt: skip


def _end(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
