"""The person before the room: signs in and shows the code that changes."""

import asyncio
import re
import time
from typing import TYPE_CHECKING
from uuid import UUID

from khue.gateway.browser import Browser

if TYPE_CHECKING:
    from khue.domains.academy.api import Simulation

CODE = re.compile(r'class="code-letters"><code>(\w+)</code>')
# a code is shown for 20 seconds; the screen is looked at again sooner
FRESH_S = 8.0


class Trainer:
    def __init__(self, simulation: "Simulation", browser: Browser) -> None:
        self.simulation, self.browser = simulation, browser
        self._seen: dict[UUID, tuple[float, str]] = {}
        self._looking = asyncio.Lock()

    async def sign_in(self) -> None:
        door = await self.browser.get("/accounts/login/", "trainer: page")
        typed = {"login": self.simulation.coordinator, "password": self.simulation.password}
        await self.browser.submit(door, "trainer: signs in", ending="/accounts/login/", more=typed)

    async def code(self, place: UUID | None) -> str:
        """What the screen at this place shows now."""
        where = place or next(iter(self.simulation.places.values()))
        async with self._looking:
            at, code = self._seen.get(where, (0.0, ""))
            if time.monotonic() - at > FRESH_S:
                address = f"/learn/sessions/{self.simulation.session_id}/places/{where}/"
                page = await self.browser.get(address, "trainer: screen with the code")
                found = CODE.search(page.text)
                code = found[1] if found else ""
                self._seen[where] = (time.monotonic(), code)
        return code

    async def address(self, place: UUID | None) -> str:
        """What the QR leads to."""
        where = place or next(iter(self.simulation.places.values()))
        return f"/learn/here/{self.simulation.session_id}/{where}/{await self.code(where)}/"
