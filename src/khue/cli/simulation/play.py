"""Everybody plays all acts, some at a time."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from khue.cli.simulation.acts import ACTS, Act, Player
from khue.cli.simulation.figures import Figures
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


def play(
    simulation: "Simulation",
    seats: Sequence["Seat"],
    *,
    server: str,
    seed: int,
    at_once: int,
    pause_s: float = 0.0,
    acts: Sequence[Act] = ACTS,
) -> Played:
    """`pause_s`: the mean time between two pages of one person."""
    return asyncio.run(_play(simulation, seats, server, seed, at_once, pause_s, acts))


async def _play(
    simulation: "Simulation", seats: Sequence["Seat"], server: str, seed: int, at_once: int, pause_s: float,
    acts: Sequence[Act],
) -> Played:  # fmt: skip
    figures, began, cpu = Figures(), time.perf_counter(), time.process_time()

    async def pause(chance: random.Random) -> None:
        if pause_s:
            await asyncio.sleep(min(chance.expovariate(1 / pause_s), 4 * pause_s))

    async with Connections(server, most=at_once + 4) as lines:
        trainer = Trainer(simulation, Browser(lines, figures.hear))
        await trainer.sign_in()
        players = [
            Player(seat, number, simulation, trainer, figures, Browser(lines, figures.hear),
                   Browser(lines, figures.hear), random.Random(f"{seed} {number}"), pause)  # noqa: S311
            for number, seat in enumerate(seats)
        ]  # fmt: skip
        room = asyncio.Semaphore(at_once)
        await asyncio.gather(*(_one(player, acts, room) for player in players))
    done = sum((Counter(player.done) for player in players), Counter[str]())
    return Played(figures, dict(done), time.perf_counter() - began, time.process_time() - cpu)


async def _one(player: Player, acts: Sequence[Act], room: asyncio.Semaphore) -> None:
    async with room:
        for act in acts:
            try:
                await act(player)
            except Lost:
                continue  # on record already
            except NoSuchForm as missing:
                player.figures.fail(act.__name__.replace("_", " "), str(missing))
