"""People of the academy: those who run the cohort, grade, mark and judge."""

import zlib
from typing import TYPE_CHECKING

from khue.cli.simulation.figures import Figures
from khue.gateway.browser import Browser, Page

if TYPE_CHECKING:
    from khue.domains.academy.api import Simulation


class Staff:
    """`seed` decides what they think of a work, with the work itself: whoever comes first changes nothing."""

    def __init__(self, username: str, simulation: "Simulation", browser: Browser, figures: Figures, seed: int) -> None:
        self.username, self.simulation, self.browser = username, simulation, browser
        self.figures, self.seed = figures, seed
        self.done: dict[str, int] = {}

    async def sign_in(self) -> None:
        door = await self.browser.get("/accounts/login/", "trainer: page")
        typed = {"login": self.username, "password": self.simulation.password}
        await self.browser.submit(door, "trainer: signs in", ending="/accounts/login/", more=typed)

    def note(self, what: str) -> None:
        """Something that the server has confirmed."""
        self.done[what] = self.done.get(what, 0) + 1

    def confirm(self, what: str, is_so: bool, name: str, page: Page) -> None:
        if is_so and page.is_good:
            self.note(what)
        elif page.is_good:
            self.figures.fail(name, f"unexpected page {page.path}")

    def happens(self, one_in: int, *of: object) -> bool:
        """By the seed and by what it is about."""
        return zlib.crc32(f"{self.seed} {of}".encode()) % one_in == 0
