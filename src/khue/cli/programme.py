"""khue programme …: programmes as folders and ZIPs."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from uuid import UUID

import django
import typer

from khue.cli.session import session

if TYPE_CHECKING:
    from khue.domains.academy.api import Course, FaultyCourse

group = typer.Typer(no_args_is_help=True, help="Programmes: check a folder, load it, export it, clone it.")

Source = Annotated[str, typer.Argument(help="A folder, a ZIP, or the id of a loaded programme (id, or id@1.2).")]
Folder = Annotated[Path, typer.Argument(exists=True, help="A folder or a ZIP.")]
Organisation = Annotated[str, typer.Option(help="Short name of the organisation; default: that of the operator.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]
DATE = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="programme")


@group.command()
def check(path: Folder, as_json: AsJson = False) -> None:
    """Say everything that is wrong in a folder or ZIP: file, line, what to do. Exit 0: nothing is."""
    django.setup()
    course = _read(path, as_json)
    if as_json:
        typer.echo(json.dumps({"ok": True, "faults": [], **_summary(course)}, ensure_ascii=False))
    else:
        typer.echo(_words(course))


@group.command()
def load(path: Folder, organisation: Organisation = "", as_json: AsJson = False) -> None:
    """Store a version for an organisation. The same content again changes nothing."""
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        course = _read(path, as_json)
        try:
            done = api.load(course, by=None, organisation_id=_organisation(organisation))
        except UserError as refusal:
            _end(str(refusal))
        _say_loaded(done, course, as_json)


@group.command()
def export(
    source: Source,
    to: Annotated[Path | None, typer.Option(help="The ZIP to write; default: <id>-<version>.zip.")] = None,
    organisation: Organisation = "",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Write a course in a box: one ZIP with a manifest that another server loads."""
    with session():
        from khue.domains.academy import api

        course = _course(source, organisation, as_json)
    target = to or Path(f"{course.programme.id}-{course.programme.version}.zip")
    if target.exists() and not overwrite:
        _end(f"{target} is there already. Name another with --to, or say --overwrite.")
    target.write_bytes(api.box(course))
    if as_json:
        typer.echo(json.dumps({"file": str(target), **_summary(course)}, ensure_ascii=False))
    else:
        typer.echo(f"{target}: {_words(course)}")


@group.command()
def clone(
    source: Source,
    organisation: Annotated[str, typer.Option(help="Short name of the organisation that gets the copy.")] = "",
    starts_on: Annotated[
        datetime | None, typer.Option(formats=DATE, help="First day of the new run; the timetable counts from it.")
    ] = None,
    cohort: Annotated[str, typer.Option(help="Open a cohort with this name; needs --starts-on.")] = "",
    new_id: Annotated[str, typer.Option("--id", help="Another id for the copy.")] = "",
    to: Annotated[
        Path | None, typer.Option(help="Write the copy to this new folder, to edit it, and load it later.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Copy a programme for another run: to an organisation, or to a folder (--to)."""
    if cohort and not starts_on:
        _end("A cohort needs its first day: --starts-on 2027-03-01.")
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        try:
            day: date | None = starts_on.date() if starts_on else None
            copy = api.cloned_course(_course(source, "", as_json), starts_on=day, new_id=new_id)
            if to:
                api.write_folder(copy, to)
                typer.echo(f"{to}: {_words(copy)}")
                return
            place = _organisation(organisation)
            done = api.load(copy, by=None, organisation_id=place)
            if cohort and day:
                opened = api.open_cohort(done.version_id, by=None, organisation_id=place, name=cohort, starts_on=day)
                typer.echo(f"Cohort: {opened}", err=True)
        except FileExistsError:
            _end(f"{to} is there already. Name a folder that is not.")
        except UserError as refusal:
            _end(str(refusal))
        _say_loaded(done, copy, as_json)


def _course(source: str, organisation: str, as_json: bool) -> "Course":
    from khue.domains.academy import api

    if Path(source).exists():
        return _read(Path(source), as_json)
    slug, _at, number = source.partition("@")
    try:
        return api.course_of(slug, organisation_id=_organisation(organisation) if organisation else None, number=number)
    except api.UnknownProgramme:
        _end(f"{source}: no such folder or ZIP, and no such programme is loaded.")


def _read(path: Path, as_json: bool) -> "Course":
    from khue.domains.academy import api

    try:
        return api.read_course(path)
    except api.FaultyCourse as error:
        _say_faults(error, as_json)
        raise typer.Exit(1) from None


def _organisation(slug: str) -> UUID:
    from khue.domains.people import api as people

    try:
        return people.organisation_id(slug) if slug else people.operator().organisation_id
    except (LookupError, people.NoMembership) as error:
        _end(f"There is no organisation “{slug}”." if slug else str(error))


def _say_faults(error: "FaultyCourse", as_json: bool) -> None:
    if as_json:
        faults = [{"file": fault.file, "line": fault.line, "text": fault.text} for fault in error.faults]
        typer.echo(json.dumps({"ok": False, "faults": faults}, ensure_ascii=False))
    else:
        typer.echo(str(error), err=True)


def _say_loaded(done: Any, course: "Course", as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"new": done.is_new, "version_id": str(done.version_id), **_summary(course)}))
    else:
        typer.echo(f"{'Loaded' if done.is_new else 'There already'}: {_words(course)}")


def _summary(course: "Course") -> dict[str, Any]:
    items = sum(len(folder.quiz.items) for folder in course.topics if folder.quiz)
    return {
        "programme": course.programme.id,
        "version": course.programme.version,
        "digest": course.digest,
        "languages": list(course.programme.languages),
        "topics": len(course.topics),
        "quiz_items": items,
        "labs": len(course.labs),
        "files": len(course.files),
    }


def _words(course: "Course") -> str:
    found = _summary(course)
    return (
        f"{found['programme']} {found['version']} ({', '.join(found['languages'])}): {found['topics']} topics, "
        f"{found['quiz_items']} quiz items, {found['labs']} labs, {found['files']} files, digest {found['digest'][:12]}"
    )


def _end(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)
