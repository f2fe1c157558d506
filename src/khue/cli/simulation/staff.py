"""People of the academy: those who run the cohort, grade, mark and judge."""

import zlib
from typing import TYPE_CHECKING

from khue.cli.simulation.figures import Confirms, Figures
from khue.gateway.browser import Browser

if TYPE_CHECKING:
    from khue.domains.academy.api import Simulation


class Staff(Confirms):
    """`seed` decides what they think of a work, with the work itself: whoever comes first changes nothing."""

    def __init__(self, username: str, simulation: "Simulation", browser: Browser, figures: Figures, seed: int) -> None:
        self.username, self.simulation, self.browser = username, simulation, browser
        self.figures, self.seed = figures, seed
        self.done: dict[str, int] = {}

    async def sign_in(self) -> None:
        door = await self.browser.get("/accounts/login/", "trainer: page")
        typed = {"login": self.username, "password": self.simulation.password}
        await self.browser.submit(door, "trainer: signs in", ending="/accounts/login/", more=typed)

    def happens(self, one_in: int, *of: object) -> bool:
        """By the seed and by what it is about."""
        return zlib.crc32(f"{self.seed} {of}".encode()) % one_in == 0
