"""The person before the room, who shows the code that changes."""

import asyncio
import re
import time
from typing import TYPE_CHECKING
from uuid import UUID

from khue.cli.simulation.figures import Figures
from khue.cli.simulation.staff import Staff
from khue.gateway.browser import Browser

if TYPE_CHECKING:
    from khue.domains.academy.api import Simulation

CODE = re.compile(r'class="code-letters"><code>(\w+)</code>')
# a code is shown for 20 seconds; the screen is looked at again sooner
FRESH_S = 8.0


class Trainer(Staff):
    """Of every session, at every place."""

    def __init__(self, username: str, simulation: "Simulation", browser: Browser, figures: Figures, seed: int) -> None:
        super().__init__(username, simulation, browser, figures, seed)
        self._seen: dict[tuple[UUID, UUID], tuple[float, str]] = {}
        self._looking = asyncio.Lock()

    async def code(self, session: UUID, place: UUID | None) -> str:
        """What the screen at this place shows now."""
        where = session, self._where(place)
        async with self._looking:
            at, code = self._seen.get(where, (0.0, ""))
            if time.monotonic() - at > FRESH_S:
                address = f"/learn/sessions/{where[0]}/places/{where[1]}/"
                page = await self.browser.get(address, "trainer: screen with the code")
                found = CODE.search(page.text)
                code = found[1] if found else ""
                self._seen[where] = (time.monotonic(), code)
        return code

    async def address(self, session: UUID, place: UUID | None) -> str:
        """What the QR leads to."""
        return f"/learn/here/{session}/{self._where(place)}/{await self.code(session, place)}/"

    def _where(self, place: UUID | None) -> UUID:
        return place or next(iter(self.simulation.places.values()))
