"""A participant, and what they have done so far."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from khue.cli.simulation.answers import Known
from khue.cli.simulation.figures import Confirms, Figures
from khue.cli.simulation.trainer import Trainer
from khue.gateway.browser import Browser

if TYPE_CHECKING:
    from khue.domains.academy.api import Seat, Simulation

PASSWORD = "bốn chữ không ai đoán {n}"  # noqa: S105 - of people who do not exist
# of those who take part so many read before they answer
STUDIOUS = 0.85
# every so many come to the first session only
SELDOM_THERE = 11


@dataclass
class Player(Confirms):
    """With a computer and a telephone. `chance` is their own: what they choose depends on the seed only, whoever else
    is faster. `questions`: how many they put to the documents in a lab of Ask."""

    seat: "Seat"
    number: int
    simulation: "Simulation"
    trainer: Trainer
    figures: Figures
    computer: Browser
    telephone: Browser
    chance: random.Random
    pause: Callable[[random.Random], Awaitable[None]]
    known: Known
    questions: int = 1
    done: dict[str, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    surveys: list[str] = field(default_factory=list)
    labs: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    sprint: str = ""
    team: str = ""

    def __post_init__(self) -> None:
        self.is_studious = self.chance.random() < STUDIOUS

    @property
    def password(self) -> str:
        return PASSWORD.format(n=self.number)

    @property
    def programme(self) -> str:
        return f"/learn/programmes/{self.simulation.version_id}/"

    @property
    def sessions(self) -> tuple[UUID, ...]:
        """Those that they come to."""
        every = self.simulation.session_ids
        return every[:1] if self.number % SELDOM_THERE == SELDOM_THERE - 1 else every


Act = Callable[[Player], Awaitable[None]]
