"""khue prototype …: small tools made from a description, and the checks of such files."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="Small tools: make one from a description, check a file.")

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Language = Annotated[str, typer.Option(help="vi, en or fr; default: that of the description.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="prototype")


@group.command()
def new(
    description: Annotated[str, typer.Argument(help="What it is to do. Lines with → are examples that it must pass.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    pattern: Annotated[str, typer.Option(help="A pattern to begin with; “-”: none.")] = "",
    language: Language = "",
    as_json: AsJson = False,
) -> None:
    """Make a tool. Exit 0: all its examples work; 1: some do not; 2: nothing was made."""
    with session(model=True, embeddings=True):
        from khue.domains.people import api as people
        from khue.domains.prototypes import api
        from khue.kernel.errors import UserError

        try:
            made = api.make(description, by=people.operator(), key=pattern, language=language)
        except UserError as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(2) from refusal
        out.write_text(made.html, encoding="utf-8")
        findings = api.check(made.html).findings
    checks = [_example(one) for one in made.checks or ()] + [_finding(one) for one in findings]
    result = {
        "title": made.title,
        "pattern": made.pattern or None,
        "checks": checks,
        "ran": made.checks is not None,
        "attempts": made.attempts,
        "first_seconds": made.first_s,
        "seconds": made.seconds,
        "file": str(out),
    }
    _say(result, as_json)
    raise typer.Exit(0 if all(one["passed"] for one in checks) else 1)


@group.command()
def check(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A tool as a file.")],
    example: Annotated[
        list[str] | None, typer.Option(help="“3 copies → 24,000 ₫”; may be given several times.")
    ] = None,
    language: Language = "vi",
    as_json: AsJson = False,
) -> None:
    """Check a file. Exit 0: nothing must be changed, and the examples work; 1 otherwise."""
    with session():
        from khue.domains.prototypes import api

        found = api.check(path.read_text(encoding="utf-8"), examples="\n".join(example or []), language=language)
    checks = [_finding(one) for one in found.findings] + [_example(one) for one in found.examples or ()]
    _say({"file": str(path), "checks": checks, "ran": found.examples is not None}, as_json)
    raise typer.Exit(0 if found.is_good else 1)


def _example(check: Any) -> dict[str, Any]:
    return {"kind": "example", "text": check.text, "passed": check.passed, "detail": check.detail}


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "finding",
        "code": finding["code"],
        "level": finding["level"],
        "text": finding["message"],
        "passed": finding["level"] != "stop",
        "detail": finding["remedy"],
    }


def _say(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    for one in result["checks"]:
        typer.echo(f"{'ok  ' if one['passed'] else 'FAIL'} {one['kind']:<8} {one['text']}")
        if one["detail"]:
            typer.echo(f"     {one['detail']}")
    if not result["ran"]:
        typer.echo("There is no browser on this machine: examples were not run.", err=True)
    if "seconds" in result:
        typer.echo(f"{result['file']}: {result['title']}, {result['attempts']} attempts, {result['seconds']} s")
