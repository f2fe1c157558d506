"""khue simulate …: plays a cohort through HTTP against the running server, to see what it bears."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from django.conf import settings

from khue.cli.session import say, session

if TYPE_CHECKING:
    from khue.cli.simulation.play import Played
    from khue.domains.academy.api import Course, Simulation

group = typer.Typer(no_args_is_help=True, help="Play a cohort through a running server, and remove it again.")
SHOWN = 20


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="simulate")


@group.command()
def cohort(
    participants: Annotated[int, typer.Option(min=1, max=20_000)] = 65,
    campuses: Annotated[int, typer.Option(min=1, max=63)] = 4,
    seed: Annotated[int, typer.Option(help="Names, provinces, choices and answers follow from it.")] = 1,
    server: Annotated[str, typer.Option(help="Address of this installation; default: where `khue up` serves.")] = "",
    programme: Annotated[
        str, typer.Option(help="Folder, ZIP, or name of a shipped programme.")
    ] = "ai-for-public-governance",
    at_once: Annotated[int, typer.Option(min=1, max=1000, help="People before their screens at one time.")] = 20,
    pause: Annotated[float, typer.Option(min=0, help="Mean seconds between two pages of one person.")] = 0.0,
    questions: Annotated[int, typer.Option(min=1, max=20, help="Put by each in a lab that asks documents.")] = 1,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave it there to look at; khue simulate remove ends it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """A whole programme, from the list of participants to certificates that a stranger checks: accounts, check-in,
    reading, quizzes, labs, fellow participants, graders, the mini sprint with its demo day. Exit 0: no error and
    nothing lost; 1: else."""
    _check_served(server)
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        try:
            course = api.read_course(_folder(programme))
            stage = api.open_simulation(course, name=str(seed), campuses=campuses)
        except (UserError, api.FaultyCourse) as refusal:
            typer.echo(f"{refusal} khue simulate remove", err=True)
            raise typer.Exit(2) from None
        try:
            play = _Play(server or _address(), seed, at_once, pause, questions)
            report = _report(stage, course, participants, play)
        finally:
            if not keep:
                api.remove_simulation(stage.name)
        report["kept"] = {"username": stage.coordinator, "password": stage.password} if keep else None
        typer.echo(json.dumps(report, ensure_ascii=False) if as_json else _in_words(report))
        raise typer.Exit(1 if report["errors"] or report["lost"] else 0)


@group.command()
def remove() -> None:
    """Remove every simulation that was kept."""
    with session():
        from khue.domains.academy import api

        for name in api.simulations_kept():
            typer.echo(f"{name}: {api.remove_simulation(name)} people removed.")


def _folder(programme: str) -> Path:
    there = Path(programme)
    return there if there.exists() else settings.CONTENT / "programmes" / programme


def _address() -> str:
    from khue.cli.up import address

    return address()


def _check_served(server: str) -> None:
    from khue.cli import parts

    if not server and not parts.is_served():
        typer.echo("Nothing serves here. Start it first: khue up", err=True)
        raise typer.Exit(2)


@dataclass(frozen=True)
class _Play:
    server: str
    seed: int
    at_once: int
    pause_s: float
    questions: int


def _report(stage: "Simulation", course: "Course", participants: int, how: _Play) -> dict[str, Any]:
    from django.db import connections

    from khue.cli.simulation import people
    from khue.cli.simulation.answers import Known
    from khue.cli.simulation.play import play
    from khue.domains.academy import api

    octets = people.roll(
        participants,
        name=stage.name,
        seed=how.seed,
        provinces=people.provinces(settings.CONTENT),
        places=list(stage.places),
    )
    enrolled = api.enrol_from_list(octets, name="mo-phong.csv", programme=stage.programme, cohort=stage.cohort, by=None)
    say(f"{stage.cohort}: {len(enrolled.accepted)} enrolled at {len(stage.places)} campuses; playing …")
    seats = api.simulated_seats(stage)
    connections.close_all()
    played = play(stage, seats, Known(course), **asdict(how))
    stored = api.stored_of_simulation(stage)
    return asdict(how) | {
        "programme": course.programme.id,
        "participants": participants,
        "campuses": len(stage.places),
        "cohort": stage.cohort,
        "list": {"accepted": len(enrolled.accepted), "refused": len(enrolled.refused)},
        "seconds": round(played.seconds, 1),
        "requests": sum(len(times) for times in played.figures.times.values()),
        "client_cpu_s": round(played.client_cpu_s, 1),
        "actions": played.figures.table(),
        "errors": played.figures.errors[:SHOWN],
        "error_count": played.figures.failed,
        "confirmed": played.done,
        "stored": stored,
        "lost": _lost(played, stored),
    }


# what was confirmed → what must then be stored, no less and no more
KEPT = {
    "check-ins": "checked_in",
    "topics": "topics_read",
    "quizzes": "quizzes_handed_in",
    "answers": "answers",
    "survey replies": "survey_replies",
    "labs": "labs_handed_in",
    "grades": "grades",
    "reviews": "reviews",
    "problems chosen": "problems_chosen",
    "canvas fields": "canvas_fields",
    "stages": "stages_handed_in",
    "gates": "gates_decided",
    "sheets": "sheets",
    "comparisons": "comparisons",
    "certificates": "certificates",
}


def _lost(played: "Played", stored: dict[str, int]) -> dict[str, int]:
    """Confirmed and not stored (above 0), or stored more often than confirmed (below 0)."""
    found = {name: played.done.get(name, 0) - stored[kept] for name, kept in KEPT.items()}
    return {name: missing for name, missing in found.items() if missing}


def _in_words(report: dict[str, Any]) -> str:
    lines = [
        f"{report['participants']} people at {report['campuses']} campuses, {report['at_once']} at once: "
        f"{report['requests']} pages in {report['seconds']} s, {report['error_count']} errors; "
        f"the play itself took {report['client_cpu_s']} s of the processor",
        f"{'':31}{'count':>8}{'errors':>8}{'p50 ms':>9}{'p95 ms':>9}{'longest':>9}",
    ]
    for name, row in report["actions"].items():
        times = "".join(f"{row[key]:9.1f}" for key in ("p50_ms", "p95_ms", "longest_ms"))
        lines.append(f"{name:31}{row['count']:8}{row['errors']:8}{times}")
    lines += [f"  {error}" for error in report["errors"]]
    lines += [f"{what:31}{count:8}" for what, count in report["stored"].items()]
    lines += [f"not as confirmed: {report['lost']}"] if report["lost"] else []
    if report["kept"]:
        lines.append(f"to look at it: {report['kept']['username']}  {report['kept']['password']}")
    return "\n".join(lines)
