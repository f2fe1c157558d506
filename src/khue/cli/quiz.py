"""khue quiz …: quizzes to and from QTI 2.1, QTI 3.0, GIFT and Moodle XML."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID

import typer

from khue.cli.session import say, session

if TYPE_CHECKING:
    from khue.domains.academy.api import ExportedQuiz, ImportedQuiz

group = typer.Typer(no_args_is_help=True, help="Quizzes as QTI 2.1, QTI 3.0, GIFT or Moodle XML.")


class Form(StrEnum):
    QTI21 = "qti21"
    QTI3 = "qti3"
    GIFT = "gift"
    MOODLE = "moodle"


class Language(StrEnum):
    VI = "vi"
    EN = "en"
    FR = "fr"


InForm = Annotated[Form, typer.Option("--format", help="Of the file.")]
In = Annotated[Language, typer.Option("--language", help="Of the texts in the file: a file holds one.")]
Key = Annotated[str, typer.Option("--quiz", help="Key of the quiz in the programme, as mo-dau-quiz.")]
Organisation = Annotated[str, typer.Option(help="Short name of the organisation; default: that of the operator.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="quiz")


@group.command()
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write.")],
    form: InForm,
    programme: Annotated[str, typer.Option(help="Id of a loaded programme.")],
    quiz: Key = "",
    language: In = Language.VI,
    organisation: Organisation = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a programme's quiz, or all its quizzes, and say what the format could not hold."""
    if file.exists() and not overwrite:
        _end(f"{file} is there already. Name another file, or say --overwrite.")
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        place = _organisation(organisation) if organisation else None
        try:
            done = api.export_quiz(programme, form=form, quiz=quiz, language=language, organisation_id=place)
        except api.UnknownProgramme:
            _end(f"No programme “{programme}” is loaded.")
        except UserError as refusal:
            _end(str(refusal))
        file.write_bytes(done.octets)
        _say_written(file, done, as_json)


@group.command("import")
def bring(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file to read.")],
    form: InForm,
    programme: Annotated[str, typer.Option(help="Id of a loaded programme to which the questions belong.")] = "",
    quiz: Key = "",
    language: In = Language.VI,
    organisation: Organisation = "",
    as_json: AsJson = False,
) -> None:
    """Bring the questions of a file into a quiz, or a new one, and name what was left out. Exit 1: nothing came."""
    if quiz and not programme:
        _end("Say with --programme whose quiz it is.")
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        try:
            done = api.import_quiz(
                file.read_bytes(),
                form=form,
                by=None,
                organisation_id=_organisation(organisation),
                programme=programme,
                quiz=quiz,
                language=language,
            )
        except api.UnknownProgramme:
            _end(f"No programme “{programme}” is loaded.")
        except UserError as refusal:
            _end(str(refusal))
        _say_brought(file, done, as_json)
    if not (done.added or done.updated or done.unchanged):
        raise typer.Exit(1)


def _organisation(slug: str) -> UUID:
    from khue.domains.people import api as people

    try:
        return people.organisation_id(slug) if slug else people.operator().organisation_id
    except (LookupError, people.NoMembership) as error:
        _end(f"There is no organisation “{slug}”." if slug else str(error))


def _say_written(file: Path, done: "ExportedQuiz", as_json: bool) -> None:
    if as_json:
        losses = [{"question": key, "lost": words} for key, words in done.losses]
        _json({"file": str(file), "questions": done.items, "octets": len(done.octets), "losses": losses})
        return
    typer.echo(f"{file}: {done.items} questions")
    for key, words in done.losses:
        say(f"  not in the file, {key or 'of the quiz'}: {words}")


def _say_brought(file: Path, done: "ImportedQuiz", as_json: bool) -> None:
    if as_json:
        left_out = [{"where": where, "problem": words} for where, words in done.problems]
        outcome: dict[str, object] = {
            "added": done.added,
            "updated": done.updated,
            "unchanged": done.unchanged,
            "problems": left_out,
        }
        _json(outcome | {"file": str(file), "quiz": str(done.quiz_id), "name": done.name})
        return
    counts = f"{len(done.added)} added, {len(done.updated)} updated, {len(done.unchanged)} unchanged"
    typer.echo(f"{file} → “{done.name}”: {counts}")
    for where, words in done.problems:
        say(f"  {where}: {words}")


def _json(told: dict[str, object]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False))


def _end(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)
