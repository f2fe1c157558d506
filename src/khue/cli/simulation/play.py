"""Everybody plays the programme, scene by scene, some at a time."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from khue.cli.simulation import acts, certificates, labs, sprint
from khue.cli.simulation.answers import Known
from khue.cli.simulation.figures import Figures
from khue.cli.simulation.player import Act, Player
from khue.cli.simulation.staff import Staff
from khue.cli.simulation.trainer import Trainer
from khue.gateway.browser import Browser, Connections, Lost, NoSuchForm

if TYPE_CHECKING:
    from khue.domains.academy.api import Seat, Simulation


@dataclass(frozen=True)
class Played:
    """`done`: what the server confirmed, by kind. `client_cpu_s`: what the play itself took of the processor."""

    figures: Figures
    done: dict[str, int]
    seconds: float
    client_cpu_s: float


@dataclass
class Company:
    players: Sequence[Player]
    coordinator: Trainer
    lecturers: Sequence[Staff]
    figures: Figures
    room: asyncio.Semaphore

    async def each(self, *what: Act) -> None:
        await asyncio.gather(*(self._one(player, what) for player in self.players))

    async def _one(self, player: Player, what: Sequence[Act]) -> None:
        async with self.room:
            for act in what:
                await self.once(act.__name__, act(player))

    async def once(self, name: str, act: Awaitable[None]) -> None:
        """What goes wrong is on record; the play goes on."""
        try:
            await act
        except Lost:
            return  # on record already
        except NoSuchForm as missing:
            self.figures.fail(name.replace("_", " ").strip(), str(missing))

    def teams(self) -> list[list[Player]]:
        here = sorted((player for player in self.players if player.team), key=lambda player: player.team)
        return [list(team) for _name, team in groupby(here, key=lambda player: player.team)]


async def course(company: Company) -> None:
    alone = (acts.open_account, acts.check_in, acts.look_around, acts.survey_before, acts.read, labs.labs)
    await company.each(*alone)


async def assessment(company: Company) -> None:
    """Fellow participants, then two graders one after the other, and once more what was not passed."""
    await company.each(labs.reviews)
    await company.once("marking", labs.mark(company.coordinator))
    await _graded(company)
    await company.each(labs.labs_again)
    await _graded(company)


async def _graded(company: Company) -> None:
    for number, lecturer in enumerate(company.lecturers[:2]):
        await company.once("grading", labs.grade(lecturer, is_second=number > 0))


async def mini_sprint(company: Company) -> None:
    address = await sprint.open_sprint(company.coordinator)
    if not address:
        return
    await company.each(sprint.find_team)
    teams = company.teams()
    for team in teams:
        # in turn: who finds the last place of a problem would else be left to chance
        await company.once("choose", sprint.choose(team[0]))
    await asyncio.gather(*(_team(company, team, is_sent_back=place == 1) for place, team in enumerate(teams)))
    await company.once("demo day", sprint.demo_day(company.coordinator, company.lecturers, address))
    await company.each(sprint.see_result)


async def _team(company: Company, team: Sequence[Player], *, is_sent_back: bool) -> None:
    async with company.room:
        await company.once("stages", sprint.work(team, company.coordinator, is_sent_back=is_sent_back))


async def ending(company: Company) -> None:
    await company.each(acts.surveys_after)
    await company.once("certificates", certificates.give(company.coordinator))
    await company.each(certificates.take_home)


SCENES: tuple[Callable[[Company], Awaitable[None]], ...] = (course, assessment, mini_sprint, ending)


def play(
    simulation: "Simulation",
    seats: Sequence["Seat"],
    known: Known,
    *,
    server: str,
    seed: int,
    at_once: int,
    pause_s: float = 0.0,
    questions: int = 1,
) -> Played:
    """`pause_s`: the mean time between two pages of one person; `questions`: of each in a lab of Ask."""
    return asyncio.run(_play(simulation, seats, known, server, seed, at_once, pause_s, questions))


async def _play(
    simulation: "Simulation", seats: Sequence["Seat"], known: Known, server: str, seed: int, at_once: int,
    pause_s: float, questions: int,
) -> Played:  # fmt: skip
    figures, began, cpu = Figures(), time.perf_counter(), time.process_time()

    async def pause(chance: random.Random) -> None:
        if pause_s:
            await asyncio.sleep(min(chance.expovariate(1 / pause_s), 4 * pause_s))

    async with Connections(server, most=at_once + 4) as lines:
        trainer = Trainer(simulation.coordinator, simulation, Browser(lines, figures.hear), figures, seed)
        lecturers = [
            Staff(username, simulation, Browser(lines, figures.hear), figures, seed)
            for username in simulation.lecturers
        ]
        for one in (trainer, *lecturers):
            await one.sign_in()
        players = [
            Player(seat, number, simulation, trainer, figures, Browser(lines, figures.hear),
                   Browser(lines, figures.hear), random.Random(f"{seed} {number}"), pause, known, questions)  # noqa: S311
            for number, seat in enumerate(seats)
        ]  # fmt: skip
        company = Company(players, trainer, lecturers, figures, asyncio.Semaphore(at_once))
        for scene in SCENES:
            await company.once(scene.__name__, scene(company))
    done = sum((Counter(one.done) for one in (*players, trainer, *lecturers)), Counter[str]())
    return Played(figures, dict(done), time.perf_counter() - began, time.process_time() - cpu)
